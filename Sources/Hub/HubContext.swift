// The context statement: who asks, as the database knows them now. Its one row also answers the
// profile and the security of the login, so that those sections cost no statement of their own.

import Execution

/// The request's first statement. No row: the session ended, or the person is no member any more.
/// Who is in no company asks with the zero uuid, and has neither role nor country version.
let hubContext = Section(
  "context",
  columns: [
    Column("session_id", expression: "s.id"),
    Column("role", expression: "m.role"),
    Column("language", expression: "a.language"),
    Column("country_version", expression: "m.country_version"),
    Column("catalogue_revision", expression: "k.revision"),
    Column("account_id", expression: "a.id"),
    Column("first_name", expression: "a.first_name"),
    Column("last_name", expression: "a.last_name"),
    Column(
      "display_name", expression: "coalesce(nullif(a.display_name, ''), a.first_name)",
      isNeverNull: true),
    Column("phone", expression: "a.phone"),
    Column("country", expression: "a.country"),
    Column("photo_url", expression: "a.photo_url"),
    Column("revision", expression: "a.revision"),
    Column("updated_at", expression: "a.updated_at"),
    Column("email", expression: "a.email"),
    Column("pending_email", expression: "a.pending_email"),
    Column("has_password", expression: "a.has_password"),
    Column("password_changed_at", expression: "a.password_changed_at"),
    Column("google_email", expression: "g.email"),
    Column("google_linked_at", expression: "g.linked_at"),
    Column("authenticated_at", expression: "s.authenticated_at"),
    Column("second_factor_confirmed_at", expression: "f.confirmed_at"),
    Column("recovery_codes_left", expression: "f.recovery_codes_left"),
    Column("is_fresh", expression: "is_fresh(s.authenticated_at)", isNeverNull: true),
  ],
  alias: "a",
  from: """
    session s
    JOIN account a ON a.id = s.account_id
    LEFT JOIN membership m ON m.tenant_id = $1 AND m.account_id = s.account_id
    LEFT JOIN account_google g ON g.account_id = s.account_id
    LEFT JOIN second_factor f ON f.account_id = s.account_id
    CROSS JOIN catalogue_revision k
    WHERE s.id = $3 AND s.account_id = $2 AND s.revoked_at IS NULL
      AND s.expires_at > now() AND s.idle_expires_at > now()
      AND (m.role IS NOT NULL OR $1 = '00000000-0000-0000-0000-000000000000')
    """,
  parameters: [.tenant, .account, .session])
