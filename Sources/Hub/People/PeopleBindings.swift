// Who belongs to what: the person's companies, and the company's people.

import Execution

/// The roles by solution of a membership.
private let solutionRoles = Column(
  "solution_roles",
  expression: """
    (SELECT coalesce(json_agg( \
    json_build_object('solution', r.solution, 'role', r.role) ORDER BY r.solution), '[]') \
    FROM solution_role r WHERE r.tenant_id = m.tenant_id AND r.account_id = m.account_id)
    """, isNeverNull: true)

private let memberships = Section(
  "memberships",
  columns: [
    "tenant_id", "company_name", "role", solutionRoles,
    Column("is_current", expression: "m.tenant_id = $2", isNeverNull: true),
  ],
  alias: "m",
  from: "membership m WHERE m.account_id = $1 ORDER BY m.company_name, m.tenant_id",
  parameters: [.account, .tenant])

private let people = Section(
  "people",
  columns: ["account_id", "display_name", "email", "role", "joined_at", solutionRoles],
  alias: "m",
  from: "membership m WHERE m.tenant_id = $1 ORDER BY m.display_name, m.account_id",
  parameters: [.tenant])

func peopleBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted([
      "memberships": .rows(memberships),
      "people": .rows(people),
    ]),
    mutations: [changeRole(), removePerson(), leaveCompany(hub), deleteAccount(), exportMyData()],
    objects: [
      "Membership": [
        "companyId": .column("tenant_id"),
        "companyName": .column("company_name"),
        "role": .column("role"),
        "solutionRoles": .objects(column: "solution_roles"),
        "isCurrent": .column("is_current"),
      ],
      "Person": [
        "id": .column("account_id"),
        "displayName": .column("display_name"),
        "email": .column("email"),
        "role": .column("role"),
        "solutionRoles": .objects(column: "solution_roles"),
        "joinedAt": .column("joined_at"),
      ],
      "SolutionRole": ["solution": .member, "role": .member],
      "PeoplePayload": ["people": .root(.rows(people)), "userErrors": .member],
      "ExportMyDataPayload": ["document": .member, "userErrors": .member],
      "DeleteAccountPayload": ["companies": .member, "userErrors": .member],
    ])
}
