// Who a solution's backend is: the service token's row enters, the solution it acts for leaves.

import Execution

/// The first statement where a service token asks. No row: it is unknown, over or revoked.
let hubService = Section(
  "service",
  columns: [
    Column("solution", expression: "s.solution", isNeverNull: true),
    Column("name", expression: "s.name", isNeverNull: true),
    Column("expires_at", expression: "s.expires_at", isNeverNull: true),
  ],
  alias: "s",
  from: "service_of($1) AS s",
  parameters: [.serviceToken])

func serviceBindings() -> AreaBindings {
  AreaBindings(
    query: permitted(["service": .row(hubService)]),
    objects: [
      "Service": [
        "solution": .column("solution"), "name": .column("name"),
        "expiresAt": .column("expires_at"),
      ]
    ])
}
