// Who was asked into the company, and how they join.

import Execution

/// A company asks as often as it likes; an answer tells of the latest.
private let invitationsMax = 200

private let invitations = Section(
  "invitations",
  columns: [
    "id", "email", "role", "invited_by_name", "invited_at", "expires_at",
    Column(
      "status",
      expression: "invitation_status(i.accepted_at, i.revoked_at, i.expires_at, now())",
      isNeverNull: true),
    Column(
      "solution_roles",
      expression: """
        (SELECT coalesce(jsonb_agg( \
        jsonb_build_object('solution', given.key, 'role', given.value) ORDER BY given.key), '[]') \
        FROM jsonb_each_text(i.solution_roles) AS given)
        """, isNeverNull: true),
  ],
  alias: "i",
  from: """
    invitation i WHERE i.tenant_id = $1
    ORDER BY i.invited_at DESC, i.id
    LIMIT \(invitationsMax)
    """,
  parameters: [.tenant])

func invitationBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted(["invitations": .rows(invitations)]),
    mutations: [
      invitePerson(), resendInvitation(), revokeInvitation(), acceptInvitation(hub),
    ],
    objects: [
      "Invitation": [
        "id": .column("id"),
        "email": .column("email"),
        "role": .column("role"),
        "solutionRoles": .objects(column: "solution_roles"),
        "invitedBy": .column("invited_by_name"),
        "invitedAt": .column("invited_at"),
        "expiresAt": .column("expires_at"),
        "status": .column("status"),
      ],
      "InvitationsPayload": ["invitations": .root(.rows(invitations)), "userErrors": .member],
      "AcceptInvitationPayload": ["company": .member, "userErrors": .member],
    ])
}
