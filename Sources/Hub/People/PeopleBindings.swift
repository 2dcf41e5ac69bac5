// Who belongs to what: the person's companies, and the company's people.

import Execution

private let memberships = Section(
  "memberships",
  columns: [
    "tenant_id", "company_name", "role",
    Column("is_current", expression: "m.tenant_id = $2", isNeverNull: true),
  ],
  alias: "m",
  from: "membership m WHERE m.account_id = $1 ORDER BY m.company_name, m.tenant_id",
  parameters: [.account, .tenant])

private let people = Section(
  "people",
  columns: ["account_id", "display_name", "email", "role", "joined_at"],
  alias: "m",
  from: "membership m WHERE m.tenant_id = $1 ORDER BY m.display_name, m.account_id",
  parameters: [.tenant])

func peopleBindings() -> AreaBindings {
  AreaBindings(
    query: permitted([
      "memberships": .rows(memberships),
      "people": .rows(people),
    ]),
    objects: [
      "Membership": [
        "companyId": .column("tenant_id"),
        "companyName": .column("company_name"),
        "role": .column("role"),
        "isCurrent": .column("is_current"),
      ],
      "Person": [
        "id": .column("account_id"),
        "displayName": .column("display_name"),
        "email": .column("email"),
        "role": .column("role"),
        "joinedAt": .column("joined_at"),
      ],
    ])
}
