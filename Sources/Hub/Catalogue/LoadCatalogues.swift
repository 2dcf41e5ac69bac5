// The catalogues' tables come in, all in one batch and so in one snapshot of the database; what
// leaves is what requests read: entries per country version and language, and the rules of input.

import Execution
import JSON
import Postgres

/// Catalogues that the program cannot use at all: it stays with those it has, and says so.
struct CatalogueError: Error, CustomStringConvertible {
  let description: String
}

func loadCatalogues(from reads: ReadPoolHandle) async throws -> CatalogueSnapshot {
  let results = try await reads.submit(Batch(CatalogueQuery.allCases.map(\.query)))
  let rows = Dictionary(
    uniqueKeysWithValues: zip(CatalogueQuery.allCases, results))
  guard let revision = rows[.revision]?.integer(0, 0) else {
    throw CatalogueError(description: "catalogue_revision has no row")
  }
  let tables = CatalogueTables(rows: rows)
  return CatalogueSnapshot(
    revision: revision, views: tables.views(revision: revision),
    countryVersions: tables.countryVersions(), integrations: tables.integrationDefinitions(),
    languages: tables.table(.languages).map { $0.text(0) },
    faults: tables.faults() + tables.integrationFaults())
}

/// One statement a catalogue. A text comes in each of the hub's languages, in Spanish where it was
/// not translated.
enum CatalogueQuery: CaseIterable {
  case revision, languages, countryVersions, timezones, solutions, fields, integrations
  case integrationCountries, integrationRoles, credentialFields, settingFields, verifiers
  case forms, identificationTypes, regimes, kindsOfPerson
  case choices, plans

  var query: Query { Query(PreparedStatement.unnamed(sql)) }

  var sql: String {
    switch self {
    case .revision:
      "SELECT revision FROM catalogue_revision"
    case .languages:
      "SELECT code FROM language ORDER BY position"
    case .countryVersions:
      "SELECT code, phone_code, decimal_precision_max FROM country_version ORDER BY position"
    case .timezones:
      "SELECT name FROM pg_timezone_names"
    case .solutions:
      """
      SELECT c.country_version, l.code, s.code, coalesce(c.names->>l.code, c.names->>'es'), \
      coalesce(s.descriptions->>l.code, s.descriptions->>'es'), s.launch_url, s.icon \
      FROM country_solution c JOIN solution s ON s.code = c.solution CROSS JOIN language l \
      ORDER BY s.position
      """
    case .fields:
      """
      SELECT f.country_version, l.code, f.path, coalesce(f.labels->>l.code, f.labels->>'es'), \
      f.required, f.characters_min, f.characters_max, f.pattern \
      FROM form_field f CROSS JOIN language l ORDER BY f.position
      """
    case .integrations, .integrationCountries, .integrationRoles, .credentialFields,
      .settingFields, .verifiers:
      integrationSQL
    case .forms:
      """
      SELECT country_version, path, required, characters_min, characters_max, pattern \
      FROM form_field
      """
    case .identificationTypes:
      """
      SELECT country_version, code, labels->>'es', coalesce(labels->>'en', labels->>'es'), \
      coalesce(labels->>'pt', labels->>'es'), pattern, check_algorithm, has_check_digit, \
      array_to_string(kinds_of_person, ',') FROM tax_id_type ORDER BY position
      """
    case .regimes:
      "SELECT country_version, code FROM tax_regime ORDER BY position"
    case .kindsOfPerson:
      "SELECT country_version, code FROM kind_of_person ORDER BY position"
    case .choices, .plans:
      choiceSQL
    }
  }
}

/// One row of a catalogue.
struct CatalogueRow {
  let rows: Rows
  let index: Int

  func text(_ column: Int) -> String { rows.string(index, column) ?? "" }
  func optional(_ column: Int) -> String? { rows.string(index, column) }
  func integer(_ column: Int) -> Int? { rows.integer(index, column) }
  func flag(_ column: Int) -> Bool { rows.boolean(index, column) ?? false }
}

struct CatalogueTables {
  let rows: [CatalogueQuery: Rows]

  func table(_ query: CatalogueQuery) -> [CatalogueRow] {
    guard let rows = rows[query] else { return [] }
    return (0..<rows.rowCount).map { CatalogueRow(rows: rows, index: $0) }
  }

  // MARK: What requests see

  func views(revision: Int) -> [CatalogueSnapshot.ViewKey: CatalogueView] {
    let plans = grouped(.plans, planEntry)
    let solutions = grouped(.solutions) { solutionEntry($0, plans: plans[Place($0)] ?? []) }
    let choices = choicesByField()
    let fields = grouped(.fields) { row in
      fieldEntry(row, choices: choices[Place(row)]?[row.text(2)] ?? [])
    }
    let integrations = integrationLists()
    var views: [CatalogueSnapshot.ViewKey: CatalogueView] = [:]
    for language in table(.languages).map({ $0.text(0) }) {
      for version in table(.countryVersions).map({ $0.text(0) }) {
        for role in Role.all {
          let key = CatalogueSnapshot.ViewKey(
            countryVersion: version, language: language, role: role)
          let place = Place(countryVersion: version, language: language)
          var lists: [CatalogueListID: [CatalogueEntry]] = [:]
          lists[HubCatalogue.solutions] = solutions[place] ?? []
          lists[HubCatalogue.companyFields] = fields[place] ?? []
          let (offered, others) = integrations(key)
          lists[HubCatalogue.integrations] = offered
          lists[HubCatalogue.otherIntegrations] = others
          views[key] = CatalogueView(revision: revision, lists: lists)
        }
      }
    }
    return views
  }

  /// Where a list is the same for everybody.
  struct Place: Hashable {
    let countryVersion: String
    let language: String
  }

  private func grouped(
    _ query: CatalogueQuery, _ entry: (CatalogueRow) -> CatalogueEntry
  ) -> [Place: [CatalogueEntry]] {
    Dictionary(grouping: table(query)) { Place($0) }.mapValues { $0.map(entry) }
  }

  private func solutionEntry(_ row: CatalogueRow, plans: [CatalogueEntry]) -> CatalogueEntry {
    HubCatalogue.solutions.shape.entry(
      code: row.text(2),
      [
        "code": .string(row.text(2)), "name": .string(row.text(3)),
        "description": .string(row.text(4)), "launchUrl": .string(row.text(5)),
        "icon": .string(row.text(6)),
      ],
      lists: ["plans": plans])
  }

  private func fieldEntry(_ row: CatalogueRow, choices: [CatalogueEntry]) -> CatalogueEntry {
    HubCatalogue.companyFields.shape.entry(
      code: row.text(2),
      [
        "name": .string(row.text(2)), "label": .string(row.text(3)),
        "required": .bool(row.flag(4)),
        "charactersMin": row.integer(5).map { .number(String($0)) } ?? .null,
        "charactersMax": row.integer(6).map { .number(String($0)) } ?? .null,
        "pattern": row.optional(7).map(JSONValue.string) ?? .null,
      ],
      lists: ["choices": choices])
  }

  // MARK: What input is held against

  func countryVersions() -> [String: CountryVersionRules] {
    let timezones = Set(table(.timezones).map { $0.text(0) }.filter(isTimezoneOffered))
    let forms = Dictionary(grouping: table(.forms)) { $0.text(0) }
    let types = Dictionary(grouping: table(.identificationTypes)) { $0.text(0) }
    let regimes = Dictionary(grouping: table(.regimes)) { $0.text(0) }
    let kinds = Dictionary(grouping: table(.kindsOfPerson)) { $0.text(0) }
    var versions: [String: CountryVersionRules] = [:]
    for row in table(.countryVersions) {
      let code = row.text(0)
      versions[code] = CountryVersionRules(
        code: code,
        form: Dictionary(
          (forms[code] ?? []).map { ($0.text(1), formField($0)) },
          uniquingKeysWith: { first, _ in first }),
        identificationTypes: (types[code] ?? []).map(identificationType),
        regimes: (regimes[code] ?? []).map { $0.text(1) },
        kindsOfPerson: (kinds[code] ?? []).map { $0.text(1) },
        decimalPrecisionMax: row.integer(2) ?? 0, phoneCode: row.optional(1),
        timezones: timezones)
    }
    return versions
  }

  private func formField(_ row: CatalogueRow) -> FormField {
    FormField(
      required: row.flag(2), charactersMin: row.integer(3), charactersMax: row.integer(4),
      pattern: row.optional(5).map { (try? ValuePattern($0)) ?? .never })
  }

  private func identificationType(_ row: CatalogueRow) -> TaxIdentificationType {
    let algorithm = row.optional(6).map { CheckAlgorithm($0) }
    let pattern = algorithm == .some(nil) ? nil : try? ValuePattern(row.text(5))
    return TaxIdentificationType(
      code: row.text(1), label: LocalizedText(es: row.text(2), en: row.text(3), pt: row.text(4)),
      pattern: pattern ?? .never, algorithm: algorithm ?? nil, hasCheckDigit: row.flag(7),
      kindsOfPerson: row.text(8).split(separator: ",").map(String.init))
  }

  /// What an edit of a catalogue got wrong. Only the field or kind that it stands at refuses every
  /// value meanwhile; everything else goes on.
  func faults() -> [String] {
    var faults: [String] = []
    for row in table(.forms) {
      if let pattern = row.optional(5), (try? ValuePattern(pattern)) == nil {
        faults.append("form_field \(row.text(0)) \(row.text(1)): the pattern cannot be read")
      }
    }
    for row in table(.identificationTypes) {
      let subject = "tax_id_type \(row.text(0)) \(row.text(1))"
      if (try? ValuePattern(row.text(5))) == nil {
        faults.append("\(subject): the pattern cannot be read")
      }
      if let name = row.optional(6), CheckAlgorithm(name) == nil {
        faults.append("\(subject): no check algorithm is called \(name)")
      }
    }
    return faults
  }
}
