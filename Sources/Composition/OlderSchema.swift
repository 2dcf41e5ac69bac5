// A database comes in; what leaves is that it has every migration of this program. Refused here:
// one that lacks some. One that has more is a later release's, which this program goes on serving.

import Postgres

/// The database is older than this program.
struct OlderSchema: Error, CustomStringConvertible {
  /// By their names; nil where the database cannot tell.
  let missing: [String]?

  var description: String { "\(lack): run `mi-alegra migrate up` before it serves" }

  private var lack: String {
    guard let missing else {
      return "the database's schema is from before servers could read which migrations it has"
    }
    let first = missing.prefix(3).joined(separator: ", ")
    return "the database lacks \(missing.count) of this program's migrations (\(first)"
      + (missing.count > 3 ? ", ..)" : ")")
  }
}

/// - Parameter connection: one of the server's own roles.
func refuseOlderSchema(_ connection: AdminConnection) throws {
  let missing = try Migrator(connection).missing(of: embeddedMigrations())
  if missing != [] { throw OlderSchema(missing: missing) }
}
