// A section is one canonical statement: what the domain declares about a table's rows comes in,
// and the prepared statement with the positions of its columns goes out.

package import Postgres

/// Where a parameter of a section's statement comes from.
package enum ParameterSource: Sendable, Hashable {
  case tenant
  case account
  case session
  /// The hash of the service token.
  case serviceToken
  /// The id of the partner's token, its hash, and the language that its request asked for.
  case partnerToken, partnerTokenHash, partnerLanguage
  /// The text of an argument of the field, of a list as an array's; null where it is absent.
  case argument(String)
}

/// One column of a section's rows.
package struct Column: Sendable, Hashable {
  /// The name the bindings use, and that the statement answers under.
  package let name: String
  /// The SQL that computes it; nil for the table's column of that name.
  package let expression: String?
  /// For an expression that can never be null; PostgreSQL tells it of a table's column itself.
  package let isNeverNull: Bool

  package init(_ name: String, expression: String? = nil, isNeverNull: Bool = false) {
    self.name = name
    self.expression = expression
    self.isNeverNull = isNeverNull
  }
}

extension Column: ExpressibleByStringLiteral {
  package init(stringLiteral name: String) { self.init(name) }
}

/// A section of the hub's data: one statement, the same whatever is selected of it, so that
/// documents do not multiply statements.
package final class Section: Sendable {
  package let name: String
  package let columns: [Column]
  let alias: String
  /// Everything behind `FROM`.
  let from: String
  package let parameters: [ParameterSource]
  package let statement: PreparedStatement
  private let positions: [String: Int]

  /// - Parameters:
  ///   - alias: the table alias that columns without an expression belong to.
  ///   - from: everything behind `FROM`: the tables, `WHERE` with the tenant's explicit predicate
  ///     (it drives the index; the policy is the backstop), `ORDER BY`.
  ///   - parameters: what `$1`, `$2`, .. stand for.
  package init(
    _ name: String, columns: [Column], alias: String, from: String, parameters: [ParameterSource]
  ) {
    self.name = name
    self.columns = columns
    self.alias = alias
    self.from = from
    self.parameters = parameters
    let list = columns.map { column in
      column.expression.map { "\($0) AS \(column.name)" } ?? "\(alias).\(column.name)"
    }
    statement = PreparedStatement("SELECT \(list.joined(separator: ", ")) FROM \(from)")
    positions = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of a column in the statement's rows.
  package func position(of column: String) -> Int? { positions[column] }
}
