// What one request asks of the database: statements with their values, sent between two Syncs,
// which is one implicit transaction and one round trip.

package import SQL

/// One execution of one statement.
package struct Query: Sendable, Hashable {
  package var statement: PreparedStatement
  /// One for each `$n` of the statement.
  package var parameters: [Parameter]

  package init(_ statement: PreparedStatement, _ parameters: [Parameter] = []) {
    self.statement = statement
    self.parameters = parameters
  }

  /// A fragment without slots, its values bound. For statements that are written once in the
  /// program: each call makes and hashes the statement's text anew.
  package init(_ fragment: SQLFragment) {
    let rendered = fragment.rendered()
    statement = PreparedStatement(rendered.text)
    parameters = rendered.bindings.map { binding in
      switch binding {
      case .value(let value): value
      case .slot: .null
      }
    }
  }
}

/// The statements of one request of one tenant, never of two: all succeed or none did anything.
package struct Batch: Sendable, Hashable {
  package var queries: [Query]

  package init(_ queries: [Query]) {
    self.queries = queries
  }
}
