// The section Integraciones: the catalogue of the country version, met with what the company has
// connected. What is offered no longer stays visible while it is connected.

import Execution

private let connections = Section(
  "integration_connections",
  columns: [
    "integration", "connected_at", "state",
    Column("connected_by", expression: "i.connected_by_name"),
  ],
  alias: "i",
  from: "integration_connection i WHERE i.tenant_id = $1",
  parameters: [.tenant])

func integrationBindings() -> AreaBindings {
  let integrations = Merge(
    offered: HubCatalogue.integrations, retired: HubCatalogue.otherIntegrations,
    section: connections, codeColumn: "integration",
    filters: [.entry("category", argument: "category"), .hasRow(argument: "connected")])
  return AreaBindings(
    query: permitted([
      "integrations": .merged(integrations),
      "integration": .mergedOne(integrations, argument: "code"),
    ]),
    objects: [
      "Integration": [
        "code": .entry("code"),
        "name": .entry("name"),
        "description": .entry("description"),
        "category": .entry("category"),
        "status": .column("state", absent: "AVAILABLE", retired: "RETIRED"),
        "connectedAt": .column("connected_at"),
        "connectedBy": .column("connected_by"),
        "credentialFields": .entryList("credentialFields", HubCatalogue.credentialFieldShape),
      ],
      "CredentialField": [
        "name": .entry("name"),
        "label": .entry("label"),
        "secret": .entry("secret"),
        "required": .entry("required"),
      ],
    ])
}
