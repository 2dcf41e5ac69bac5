// A change that passed the rules comes in; the row is changed where none of its fields was changed
// by somebody else since the revision that the person saw.

import Execution
import Postgres
import SQL

/// A table whose rows keep the revision of each column's last change.
struct RevisedTable {
  /// The table, and the column that its row is found by.
  let table: String
  let key: String
  /// The column of each field, by the field's name as in the input, such as `address.city`.
  let columns: [String: String]
  /// The fields whose columns have '' where they are empty.
  var emptyTexts: Set<String> = []

  /// The names of the fields that stand in conflict: changed after the revision and by this change.
  ///
  /// One batch: the row is locked and compared, then changed unless something conflicts. A change
  /// that names no field is none.
  /// - Parameter write: runs the batch, or rehearses it.
  func apply(
    _ change: CheckedChange, since revision: Int, to row: Parameter,
    write: ([Query]) async throws -> [Rows]
  ) async throws -> [String] {
    let fields = change.fields.compactMap { field in
      columns[field.name].map { (name: field.name, column: $0, value: field.value) }
    }
    guard !fields.isEmpty else { return [] }
    let compare: SQLFragment = """
      SELECT array_to_string(fields_changed_after(field_revisions, \(revision)), ',') \
      FROM \(identifier: table) WHERE \(identifier: key) = \(row) FOR UPDATE
      """
    var assignments: [SQLFragment] = []
    for field in fields {
      let value = parameter(field.value, of: field.name)
      assignments.append("\(identifier: field.column) = \(value)")
    }
    let names = "{" + fields.map(\.column).joined(separator: ",") + "}"
    let update: SQLFragment = """
      UPDATE \(identifier: table) SET \(assignments.joined(separator: ", ")) \
      WHERE \(identifier: key) = \(row) \
      AND NOT fields_changed_after(field_revisions, \(revision)) && \(names)
      """
    let results = try await write([Query(compare), Query(update)])
    let changed = Set((results[0].string(0, 0) ?? "").split(separator: ",").map(String.init))
    return fields.filter { changed.contains($0.column) }.map(\.name)
  }

  private func parameter(_ value: FieldValue, of field: String) -> Parameter {
    switch value {
    case .empty: emptyTexts.contains(field) ? .text("") : .null
    case .text(let text): .text(text)
    case .integer(let number): .integer(Int64(number))
    }
  }
}

extension RuleViolations {
  func userErrors(_ language: String) -> [UserError] {
    items.map { UserError($0.violation, field: $0.field, language: language) }
  }
}

/// A conflict for each of these fields.
func conflicts(_ names: [String], _ language: String) -> [UserError] {
  names.map { UserError(.conflict, field: inputPath($0), language: language) }
}
