// The log of a company's data: pages of it, forwards for who follows it, backwards for who looks
// something up.

import Execution

/// A function of the database; in parentheses its columns are no table's.
private func page(_ name: String, _ call: String, _ arguments: [String]) -> Section {
  Section(
    name,
    columns: [
      Column("events", expression: "(p.events)", isNeverNull: true),
      Column("cursor", expression: "(p.cursor)", isNeverNull: true),
      Column("has_more", expression: "(p.has_more)", isNeverNull: true),
    ],
    alias: "p", from: call, parameters: [.tenant] + arguments.map(ParameterSource.argument))
}

private let events = page(
  "events", "event_page($1, $2, $3, $4, $5) p", ["after", "types", "excludeOrigin", "first"])

private let auditLog = page(
  "audit_log", "audit_page($1, $2, $3, $4, $5, $6) p",
  ["before", "types", "actor", "subject", "first"])

func eventBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted([
      "auditLog": .row(auditLog),
      "events": .row(events),
    ]),
    subscriptions: [followEvents(hub)],
    objects: [
      "EventPage": [
        "events": .objects(column: "events"),
        "cursor": .column("cursor"),
        "hasMore": .column("has_more"),
      ],
      "Event": [
        "cursor": .member, "type": .member, "subject": .member, "at": .member, "actor": .member,
        "origin": .member, "changes": .member, "isErased": .member, "hash": .member,
      ],
      "EventActor": ["kind": .member, "id": .member, "name": .member],
      "EventChange": ["field": .member, "before": .member, "after": .member],
    ])
}
