// The section Integraciones: the catalogue as the member sees it, met with what the company has
// connected. What is offered no longer stays visible while it is connected.

import Execution

/// A row for each connection, and one of nulls for each integration that the company's plans
/// withhold. What is seldom there is computed by functions, which cost nothing where it is not.
private let connections = Section(
  "integration_connections",
  columns: [
    "integration", "state", "connected_at", "checked_at", "failure",
    Column("connected_by", expression: "i.connected_by_name"),
    Column(
      "failure_message",
      expression: """
        CASE WHEN i.failure IS NOT NULL \
        THEN integration_failure_message(i.failure, i.integration) END
        """, isNeverNull: true),
    Column(
      "settings",
      expression:
        "CASE WHEN i.settings = '{}' THEN '[]' ELSE integration_settings(i.settings) END"),
  ],
  alias: "i",
  from: """
    integration_connection i WHERE i.tenant_id = $1 \
    UNION ALL SELECT p.integration, null, null, null, null, null, null, null \
    FROM integration_plan p WHERE is_withheld_by_plan($1, p.integration)
    """,
  parameters: [.tenant])

/// The ways to choose which integrations to see, with how many there are of each.
private let filters = Section(
  "integration_filters",
  columns: [
    "category",
    Column(
      "label", expression: "coalesce(f.labels->>a.language, f.labels->>'es')", isNeverNull: true),
    Column("count", expression: "o.total", isNeverNull: true),
    Column("connected_count", expression: "o.connected", isNeverNull: true),
  ],
  alias: "f",
  from: """
    integration_filter f CROSS JOIN (SELECT reader_language() AS language) a \
    CROSS JOIN LATERAL (SELECT count(*) AS total, count(*) FILTER (WHERE s.is_connected) AS \
    connected FROM integrations_of($1, reader_account()) s \
    WHERE f.category IS NULL OR s.category = f.category) o ORDER BY f.position
    """,
  parameters: [.tenant])

func integrationBindings(_ hub: HubServices) -> AreaBindings {
  let integrations = Merge(
    offered: HubCatalogue.integrations, retired: HubCatalogue.otherIntegrations,
    section: connections, codeColumn: "integration", withheldWhereNull: "state",
    filters: [.entry("category", argument: "category"), .hasRow(argument: "connected")])
  return AreaBindings(
    query: permitted([
      "integrations": .merged(integrations),
      "integration": .mergedOne(integrations, argument: "code"),
      "integrationFilters": .rows(filters),
    ]),
    mutations: [
      connectIntegration(hub), updateIntegrationSettings(hub), disconnectIntegration(),
      checkIntegration(hub),
    ],
    objects: [
      "Integration": [
        "code": .entry("code"),
        "name": .entry("name"),
        "description": .entry("description"),
        "category": .entry("category"),
        "documentationUrl": .entry("documentationUrl"),
        "countries": .entryList("countries", HubCatalogue.countryShape),
        "status": .column("state", absent: "AVAILABLE", retired: "RETIRED"),
        "failure": .embedded(presence: "failure"),
        "connectedAt": .column("connected_at"),
        "connectedBy": .column("connected_by"),
        "checkedAt": .column("checked_at"),
        "credentialFields": .entryList("credentialFields", HubCatalogue.credentialFieldShape),
        "settingFields": .entryList("settingFields", HubCatalogue.settingFieldShape),
        "settings": .objects(column: "settings"),
      ],
      "IntegrationCountry": ["code": .entry("code")],
      "IntegrationFailure": [
        "code": .column("failure"),
        "message": .column("failure_message"),
      ],
      "CredentialField": [
        "name": .entry("name"),
        "label": .entry("label"),
        "secret": .entry("secret"),
        "required": .entry("required"),
        "pattern": .entry("pattern"),
      ],
      "SettingField": [
        "name": .entry("name"),
        "label": .entry("label"),
        "kind": .entry("kind"),
        "pattern": .entry("pattern"),
      ],
      "IntegrationSetting": ["name": .member, "value": .member],
      "IntegrationFilter": [
        "category": .column("category"),
        "label": .column("label"),
        "count": .column("count"),
        "connectedCount": .column("connected_count"),
      ],
      "IntegrationPayload": [
        "integration": .root(.mergedNamed(integrations, member: "code")),
        "token": .member,
        "consequences": .member,
        "userErrors": .member,
      ],
    ])
}
