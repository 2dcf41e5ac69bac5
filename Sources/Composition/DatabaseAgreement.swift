// The agreement of bindings and database, as `doctor` and a test ask for it: the catalog and each
// section's statement are read from a database, the mismatches leave.

package import Execution
package import GraphQLTypes
package import Postgres
import SQL

/// Holds what the schema's fields are bound to against a database.
/// - Parameter connection: one of the read pool's role, so that its rights are held up too.
package func databaseDisagreements(
  of schema: Schema, with bindings: Bindings, _ connection: AdminConnection
) throws -> [Disagreement] {
  disagreements(
    of: schema, with: bindings, over: try readCatalog(connection, schemas: ["public"]),
    descriptions: try describe(bindings.sections, connection))
}

/// What the database says of the sections, by their names. Each statement runs once, for no tenant:
/// every value it binds is null.
private func describe(
  _ sections: [Section], _ connection: AdminConnection
) throws -> [String: SectionDescription] {
  let rows = try connection.execute("SELECT oid, typname FROM pg_type")
  var types: [UInt32: String] = [:]
  for row in 0..<rows.rowCount {
    guard let oid = rows.string(row, 0).flatMap({ UInt32($0) }) else { continue }
    types[oid] = rows.string(row, 1)
  }
  var descriptions: [String: SectionDescription] = [:]
  for section in sections {
    do throws(DatabaseError) {
      let answer = try connection.execute(
        Query(section.statement, section.parameters.map { _ in .null }))
      descriptions[section.name] = .columnTypes(
        (0..<answer.columnCount).map { types[answer.columnType($0)] ?? "unknown" })
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      descriptions[section.name] = .refused(refusal.message)
    }
  }
  return descriptions
}
