// The section Seguridad: the login, out of the context row, and the sessions that are open.

import Execution

/// A person opens sessions as often as they like; an answer tells of the latest.
private let sessionsMax = 100

private let sessions = Section(
  "sessions",
  columns: [
    "id", "device", "created_at", "last_seen_at",
    Column("browser", expression: "browser_of(s.device)"),
    Column("system", expression: "system_of(s.device)"),
    Column("address_range", expression: "nullif(s.address_range, '')"),
    Column("is_current", expression: "s.id = $2", isNeverNull: true),
  ],
  alias: "s",
  from: """
    session s WHERE s.account_id = $1 AND s.revoked_at IS NULL
      AND s.expires_at > now() AND s.idle_expires_at > now()
    ORDER BY s.last_seen_at DESC, s.id
    LIMIT \(sessionsMax)
    """,
  parameters: [.account, .session])

private let eventsMax = 100

/// What happened to the login, whoever did it.
private let events = Section(
  "login_events",
  columns: [
    Column("id", expression: "e.id::text", isNeverNull: true), "type", "at", "actor_kind",
    Column("email", expression: "coalesce(e.details ->> 'after', e.details ->> 'email')"),
    Column("device", expression: "e.details ->> 'device'"),
  ],
  alias: "e",
  from: "account_event e WHERE e.account_id = $1 ORDER BY e.id DESC LIMIT \(eventsMax)",
  parameters: [.account])

func securityBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted(["security": .context]),
    mutations: [
      signIn(hub), completeSignIn(hub), enrolSecondFactor(hub), confirmSecondFactor(hub),
      disableSecondFactor(hub), undoSecondFactor(hub), regenerateRecoveryCodes(hub),
      refreshSession(hub), signOut(hub), switchCompany(hub), changePassword(hub),
      revokeSession(), revokeOtherSessions(), reauthenticate(hub),
    ],
    objects: [
      "Security": [
        "email": .column("email"),
        "pendingEmail": .column("pending_email"),
        "hasPassword": .column("has_password"),
        "passwordChangedAt": .column("password_changed_at"),
        "authenticatedAt": .column("authenticated_at"),
        "isFresh": .column("is_fresh"),
        "google": .embedded(presence: "google_email"),
        "secondFactor": .embedded(presence: "second_factor_confirmed_at"),
        "sessions": .rows(sessions),
        "events": .rows(events),
      ],
      "SecurityEvent": [
        "id": .column("id"), "type": .column("type"), "at": .column("at"),
        "actorKind": .column("actor_kind"), "email": .column("email"),
        "device": .column("device"),
      ],
      "SecondFactor": [
        "confirmedAt": .column("second_factor_confirmed_at"),
        "recoveryCodesLeft": .column("recovery_codes_left"),
      ],
      "EnrolSecondFactorPayload": ["enrolment": .member, "userErrors": .member],
      "SecondFactorEnrolment": ["secret": .member, "uri": .member],
      "RecoveryCodesPayload": [
        "recoveryCodes": .member, "security": .root(.context), "userErrors": .member,
      ],
      "GoogleLink": [
        "email": .column("google_email"),
        "linkedAt": .column("google_linked_at"),
      ],
      "Session": [
        "id": .column("id"),
        "device": .column("device"),
        "browser": .column("browser"),
        "system": .column("system"),
        "addressRange": .column("address_range"),
        "createdAt": .column("created_at"),
        "lastSeenAt": .column("last_seen_at"),
        "isCurrent": .column("is_current"),
      ],
      "SignInPayload": [
        "session": .member, "challenge": .member, "companies": .member, "userErrors": .member,
      ],
      "SessionTokens": [
        "accessToken": .member, "refreshToken": .member, "deviceToken": .member,
        "expiresAt": .member,
      ],
      "SignInChallenge": ["token": .member, "methods": .member],
      "CompanyChoice": ["id": .member, "name": .member],
      "SignOutPayload": ["userErrors": .member],
      "SecurityPayload": ["security": .root(.context), "userErrors": .member],
      "ChangeEmailPayload": [
        "security": .root(.context), "consequences": .member, "userErrors": .member,
      ],
    ])
}
