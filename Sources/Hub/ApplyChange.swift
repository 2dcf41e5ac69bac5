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

  /// The fields that stand in conflict: changed after the revision, to something else than what
  /// this change sets. Whoever sets what stands overwrites nobody, and may ask again after an
  /// answer that was lost.
  ///
  /// One batch: the row is locked and compared, then changed unless something conflicts. A change
  /// that names no field is none.
  /// - Parameter write: runs the batch, or rehearses it.
  func apply(
    _ change: CheckedChange, since revision: Int, to row: Parameter,
    write: ([Query]) async throws -> [Rows]
  ) async throws -> [Conflict] {
    let fields = change.fields.compactMap { field in
      columns[field.name].map { (name: field.name, column: $0, value: field.value) }
    }
    guard !fields.isEmpty else { return [] }
    var compared: [SQLFragment] = []
    var conflicts: [SQLFragment] = []
    var assignments: [SQLFragment] = []
    for field in fields {
      let column: SQLFragment = "\(identifier: field.column)"
      let value = parameter(field.value, of: field.name)
      let conflict: SQLFragment = """
        (\(field.column) = ANY (fields_changed_after(field_revisions, \(revision))) \
        AND \(column) IS DISTINCT FROM \(value))
        """
      compared.append("\(conflict), nullif(\(column)::text, '')")
      conflicts.append(conflict)
      assignments.append("\(column) = \(value)")
    }
    let compare: SQLFragment = """
      SELECT \(compared.joined(separator: ", ")) \
      FROM \(identifier: table) WHERE \(identifier: key) = \(row) FOR UPDATE
      """
    let update: SQLFragment = """
      UPDATE \(identifier: table) SET \(assignments.joined(separator: ", ")) \
      WHERE \(identifier: key) = \(row) AND NOT (\(conflicts.joined(separator: " OR ")))
      """
    let standing = try await write([Query(compare), Query(update)])[0]
    guard !standing.isEmpty else { return [] }
    return fields.indices.compactMap { index in
      guard standing.boolean(0, 2 * index) == true else { return nil }
      return Conflict(field: fields[index].name, standing: standing.string(0, 2 * index + 1))
    }
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

/// A field that somebody else changed meanwhile.
struct Conflict: Hashable {
  /// By its name as in the input, such as `address.city`.
  let field: String
  /// What it holds now, as text; nil where it is empty.
  let standing: String?

  /// - Parameter field: where the error stands in the input; nil for the field's own place.
  func userError(_ language: String, at field: [String]? = nil) -> UserError {
    var error = UserError(.conflict, field: field ?? inputPath(self.field), language: language)
    error.currentValue = standing
    return error
  }
}
