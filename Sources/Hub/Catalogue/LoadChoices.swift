// The rows of what a country version offers to choose from come in; what leaves stands below the
// fields of its form and below its solutions.

import Execution
import JSON

extension CatalogueQuery {
  /// The statements of what is chosen from: the values of a field, the plans of a solution.
  var choiceSQL: String {
    self == .plans
      ? """
      SELECT c.country_version, l.code, p.code, coalesce(p.labels->>l.code, p.labels->>'es') \
      FROM country_plan c JOIN plan p ON p.code = c.plan CROSS JOIN language l \
      WHERE c.offered ORDER BY p.position
      """
      : """
      SELECT o.country_version, l.code, o.path, o.code, coalesce(o.labels->>l.code, \
      o.labels->>'es', o.code) \
      FROM (SELECT country_version, 'kindOfPerson' AS path, code, position, labels::jsonb \
      FROM kind_of_person \
      UNION ALL SELECT country_version, 'identification.type', code, position, labels::jsonb \
      FROM tax_id_type \
      UNION ALL SELECT country_version, 'regime', code, position, labels::jsonb FROM tax_regime \
      UNION ALL SELECT v.code, 'decimalPrecision', count::text, count, '{}'::jsonb \
      FROM country_version v, generate_series(0, v.decimal_precision_max) AS count) AS o \
      CROSS JOIN language l ORDER BY o.position
      """
  }
}

extension CatalogueTables {
  /// What each field of a form takes, by its path; nothing of one that takes any value.
  func choicesByField() -> [Place: [String: [CatalogueEntry]]] {
    Dictionary(grouping: table(.choices)) { Place($0) }.mapValues { rows in
      Dictionary(grouping: rows) { $0.text(2) }.mapValues { $0.map(choiceEntry) }
    }
  }

  private func choiceEntry(_ row: CatalogueRow) -> CatalogueEntry {
    HubCatalogue.choiceShape.entry(
      code: row.text(3), ["code": .string(row.text(3)), "label": .string(row.text(4))])
  }

  func planEntry(_ row: CatalogueRow) -> CatalogueEntry {
    HubCatalogue.planShape.entry(
      code: row.text(2), ["code": .string(row.text(2)), "name": .string(row.text(3))])
  }
}

extension CatalogueTables.Place {
  /// Of a row that begins with the country version and the language.
  init(_ row: CatalogueRow) {
    self.init(countryVersion: row.text(0), language: row.text(1))
  }
}
