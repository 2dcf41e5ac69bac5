// The launcher: the catalogue of the country version met with what the company uses and the person
// may open, and the links beside it.

import Execution

func launcherBindings(_ hub: HubServices) -> AreaBindings {
  let link: [String: FieldBinding] = [
    "name": .column("name"), "icon": .column("icon"),
    "url": .address(column: "url", of: hub.publicURL),
  ]
  return AreaBindings(
    query: permitted(["launcher": .row(managing)]),
    mutations: [launchSolution(hub)],
    objects: [
      "Launcher": [
        "solutions": .root(.merged(openable)),
        "manage": .embedded(presence: nil),
        "related": .rows(related),
      ],
      "LauncherSolution": [
        "code": .entry("code"), "name": .entry("name"), "icon": .entry("icon"),
        "url": .address(column: "launch_path", of: hub.publicURL),
        "status": .column("status"), "role": .column("role"),
      ],
      "LauncherLink": link,
      "LaunchSolutionPayload": ["url": .member, "name": .member, "userErrors": .member],
    ])
}

/// The solutions that the person may open: the catalogue says in which order. Nothing is shown that
/// has no row here.
private let openable = Merge(
  offered: HubCatalogue.solutions,
  section: Section(
    "openable_solutions",
    columns: [
      "solution",
      Column("role", expression: "opening_role($1, $2, s.solution)", isNeverNull: true),
      Column(
        "status", expression: "solution_status(s.state, s.trial_ends_at, now())",
        isNeverNull: true),
      Column("launch_path", expression: "'/launch/' || s.solution", isNeverNull: true),
    ],
    alias: "s",
    from: """
      company_solution s
      WHERE s.tenant_id = $1 AND opening_role($1, $2, s.solution) IS NOT NULL
      """,
    parameters: [.tenant, .account]),
  codeColumn: "solution", filters: [.withRow])

private let linkColumns: [Column] = [
  Column("name", expression: "coalesce(l.names->>a.language, l.names->>'es')", isNeverNull: true),
  "icon", "url",
]

private let managing = Section(
  "launcher", columns: linkColumns, alias: "l",
  from: "launcher_link l JOIN account a ON a.id = $1 WHERE l.kind = 'MANAGE'",
  parameters: [.account])

private let related = Section(
  "launcher_related", columns: linkColumns, alias: "l",
  from: """
    launcher_link l JOIN account a ON a.id = $1 WHERE l.kind = 'RELATED' ORDER BY l.position
    """,
  parameters: [.account])
