// The rows of the catalogue of integrations come in; what leaves is what each member sees of it,
// and what a connection is held against and verified by.

import Execution
import JSON

extension CatalogueQuery {
  /// The statements of the integrations' tables.
  var integrationSQL: String {
    switch self {
    case .integrations:
      """
      SELECT l.code, i.code, i.name, coalesce(i.descriptions->>l.code, i.descriptions->>'es'), \
      i.category, i.documentation_url, i.token_scopes \
      FROM integration i CROSS JOIN language l ORDER BY i.position
      """
    case .integrationCountries:
      """
      SELECT c.country_version, c.integration FROM integration_country c \
      JOIN country_version v ON v.code = c.country_version ORDER BY v.position
      """
    case .integrationRoles:
      "SELECT integration, role FROM integration_role"
    case .credentialFields:
      """
      SELECT f.integration, l.code, f.name, coalesce(f.labels->>l.code, f.labels->>'es'), \
      f.secret, f.required, f.pattern, f.is_tax_id \
      FROM integration_credential_field f CROSS JOIN language l ORDER BY f.position
      """
    case .settingFields:
      """
      SELECT f.integration, l.code, f.name, coalesce(f.labels->>l.code, f.labels->>'es'), \
      f.kind, f.pattern FROM integration_setting_field f CROSS JOIN language l ORDER BY f.position
      """
    case .verifiers:
      """
      SELECT integration, method, url, headers, basic_user, basic_password, body_kind, body, \
      array_to_json(good_statuses), array_to_json(refused_statuses), \
      array_to_json(answer_path), answer_value FROM integration_verifier
      """
    case .revision, .languages, .countryVersions, .timezones, .solutions, .fields, .forms,
      .identificationTypes, .regimes, .kindsOfPerson, .choices, .plans:
      sql
    }
  }
}

extension CatalogueTables {
  // MARK: What members see

  /// The integrations that are offered and those that are not, for a member's place. Those that
  /// the role does not see are in neither.
  func integrationLists() -> (
    (CatalogueSnapshot.ViewKey) -> (offered: [CatalogueEntry], others: [CatalogueEntry])
  ) {
    let offers = Dictionary(grouping: table(.integrationCountries)) { $0.text(0) }
      .mapValues { Set($0.map { $0.text(1) }) }
    let roles = Dictionary(grouping: table(.integrationRoles)) { $0.text(0) }
      .mapValues { Set($0.map { $0.text(1) }) }
    let entries = Dictionary(
      uniqueKeysWithValues: table(.languages).map { ($0.text(0), integrationEntries($0.text(0))) })
    return { key in
      let seen = (entries[key.language] ?? []).filter { roles[$0.code]?.contains(key.role) ?? true }
      let offered = offers[key.countryVersion] ?? []
      return (
        seen.filter { offered.contains($0.code) }.map(\.entry),
        seen.filter { !offered.contains($0.code) }.map(\.entry)
      )
    }
  }

  private func integrationEntries(_ language: String) -> [(code: String, entry: CatalogueEntry)] {
    func fields(_ query: CatalogueQuery) -> [String: [CatalogueRow]] {
      Dictionary(grouping: table(query).filter { $0.text(1) == language }) { $0.text(0) }
    }
    let (credentials, settings) = (fields(.credentialFields), fields(.settingFields))
    let countries = Dictionary(grouping: table(.integrationCountries)) { $0.text(1) }
    return table(.integrations).filter { $0.text(0) == language }.map { row in
      let code = row.text(1)
      let entry = HubCatalogue.integrations.shape.entry(
        code: code,
        [
          "code": .string(code), "name": .string(row.text(2)),
          "description": .string(row.text(3)), "category": .string(row.text(4)),
          "documentationUrl": .string(row.text(5)),
        ],
        lists: [
          "countries": (countries[code] ?? []).map { country in
            HubCatalogue.countryShape.entry(
              code: country.text(0), ["code": .string(country.text(0))])
          },
          "credentialFields": (credentials[code] ?? []).map(credentialFieldEntry),
          "settingFields": (settings[code] ?? []).map(settingFieldEntry),
        ])
      return (code, entry)
    }
  }

  private func credentialFieldEntry(_ row: CatalogueRow) -> CatalogueEntry {
    HubCatalogue.credentialFieldShape.entry(
      code: row.text(2),
      [
        "name": .string(row.text(2)), "label": .string(row.text(3)),
        "secret": .bool(row.flag(4)), "required": .bool(row.flag(5)),
        "pattern": .string(row.text(6)),
      ])
  }

  private func settingFieldEntry(_ row: CatalogueRow) -> CatalogueEntry {
    HubCatalogue.settingFieldShape.entry(
      code: row.text(2),
      [
        "name": .string(row.text(2)), "label": .string(row.text(3)), "kind": .string(row.text(4)),
        "pattern": .string(row.text(5)),
      ])
  }

  // MARK: What a connection is held against

  func integrationDefinitions() -> [String: IntegrationDefinition] {
    let language = table(.languages).first?.text(0) ?? ""
    func fields(_ query: CatalogueQuery) -> [String: [CatalogueRow]] {
      Dictionary(grouping: table(query).filter { $0.text(1) == language }) { $0.text(0) }
    }
    let (credentials, settings) = (fields(.credentialFields), fields(.settingFields))
    let verifiers = Dictionary(
      table(.verifiers).map { ($0.text(0), CredentialVerifier($0)) },
      uniquingKeysWith: { first, _ in first })
    var definitions: [String: IntegrationDefinition] = [:]
    for row in table(.integrations) {
      let code = row.text(1)
      definitions[code] = IntegrationDefinition(
        code: code, name: row.text(2), makesToken: row.optional(6) != nil,
        credentials: (credentials[code] ?? []).map { field in
          GivenField(
            name: field.text(2), isRequired: field.flag(5),
            pattern: (try? ValuePattern(field.text(6))) ?? .never, isTaxID: field.flag(7))
        },
        settings: (settings[code] ?? []).map { field in
          GivenField(
            name: field.text(2), isRequired: false,
            pattern: (try? ValuePattern(field.text(5))) ?? .never, isTaxID: false)
        },
        verification: verifiers[code].map { $0.map(Verification.asked) ?? .unreadable }
          ?? .notNeeded)
    }
    return definitions
  }

  /// What an edit got wrong. The integration that it stands at can be connected by nobody
  /// meanwhile; everything else goes on.
  func integrationFaults() -> [String] {
    var faults: [String] = []
    for (query, position) in [(CatalogueQuery.credentialFields, 6), (.settingFields, 5)] {
      for row in table(query) where (try? ValuePattern(row.text(position))) == nil {
        faults.append("integration \(row.text(0)) \(row.text(2)): the pattern cannot be read")
      }
    }
    for row in table(.verifiers) where CredentialVerifier(row) == nil {
      faults.append("integration_verifier \(row.text(0)): cannot be read")
    }
    return faults
  }
}

extension CredentialVerifier {
  fileprivate init?(_ row: CatalogueRow) {
    func json(_ column: Int) -> JSONValue? {
      row.optional(column).flatMap { try? parseJSON(Array($0.utf8)) }
    }
    guard let method = GatewayRequest.Method(rawValue: row.text(1)),
      let headers = json(3)?.objectValue, let good = json(8)?.arrayValue,
      let refused = json(9)?.arrayValue
    else { return nil }
    self.method = method
    url = Template(row.text(2))
    self.headers = headers.map { ($0.name, Template($0.value.stringValue ?? "")) }
    basic = row.optional(4).map { (Template($0), Template(row.text(5))) }
    switch (row.optional(6), json(7)) {
    case (nil, _): body = nil
    case ("JSON", let value?): body = .json(value)
    case ("FORM", let value?): body = .form(value.objectValue ?? [])
    case _: return nil
    }
    goodStatuses = Set(good.compactMap(\.intValue))
    refusedStatuses = Set(refused.compactMap(\.intValue))
    expected = row.optional(11).map { value in
      ((json(10)?.arrayValue ?? []).compactMap(\.stringValue), value)
    }
  }
}
