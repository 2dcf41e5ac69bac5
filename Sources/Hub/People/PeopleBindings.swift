// Who belongs to what: the person's companies, and the company's people.

import Execution

/// Of a list at once; the next ones come behind the cursor of the last.
private let pageRowsMax = 200

/// The roles by solution of a membership, without those that wait for a solution to come back; of
/// another company than the token's nobody here knows which are switched off.
private let solutionRoles = Column(
  "solution_roles",
  expression: """
    (SELECT coalesce(json_agg( \
    json_build_object('solution', r.solution, 'role', r.role) ORDER BY r.solution), '[]') \
    FROM solution_role r WHERE r.tenant_id = m.tenant_id AND r.account_id = m.account_id \
    AND NOT EXISTS (SELECT FROM company_solution s WHERE s.tenant_id = r.tenant_id \
    AND s.solution = r.solution AND s.state = 'INACTIVE'))
    """, isNeverNull: true)

private let memberships = Section(
  "memberships",
  columns: [
    "tenant_id", "company_name", "role", solutionRoles,
    Column("is_current", expression: "m.tenant_id = $2", isNeverNull: true),
    Column("cursor", expression: "m.tenant_id || m.company_name", isNeverNull: true),
  ],
  alias: "m",
  from: """
    membership m WHERE m.account_id = $1 \
    AND \(behind("$3", "m.company_name", "m.tenant_id"))
    ORDER BY m.company_name, m.tenant_id
    LIMIT \(pageRowsMax)
    """,
  parameters: [.account, .tenant, .argument("after")])

private let people = Section(
  "people",
  columns: [
    "account_id", "display_name", "email", "role", "joined_at", solutionRoles,
    Column("cursor", expression: "m.account_id || m.display_name", isNeverNull: true),
  ],
  alias: "m",
  from: """
    membership m WHERE m.tenant_id = $1 \
    AND \(behind("$2", "m.display_name", "m.account_id"))
    ORDER BY m.display_name, m.account_id
    LIMIT \(pageRowsMax)
    """,
  parameters: [.tenant, .argument("after")])

/// Whether a row comes behind a cursor, which is its last row's id and name: so that it holds its
/// place where that row is gone. Null is before all. Ids are compared as texts, whose order is
/// theirs, so that no text that somebody makes up is refused.
private func behind(_ cursor: String, _ name: String, _ id: String) -> String {
  """
  (\(cursor)::text IS NULL \
  OR (\(name), \(id)::text) > (substr(\(cursor)::text, 37), left(\(cursor)::text, 36)))
  """
}

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
        "cursor": .column("cursor"),
      ],
      "Person": [
        "id": .column("account_id"),
        "displayName": .column("display_name"),
        "email": .column("email"),
        "role": .column("role"),
        "solutionRoles": .objects(column: "solution_roles"),
        "joinedAt": .column("joined_at"),
        "cursor": .column("cursor"),
      ],
      "SolutionRole": ["solution": .member, "role": .member],
      "PeoplePayload": ["people": .root(.rows(people)), "userErrors": .member],
      "ExportMyDataPayload": ["document": .member, "userErrors": .member],
      "DeleteAccountPayload": ["companies": .member, "userErrors": .member],
    ])
}
