// The project's own migrations and demo script enter, by the program's own migrator; the template
// that the tests of the whole hub clone leaves.

import Cluster
import Postgres
import TestSupport

@testable import Composition

extension DatabaseTemplate {
  /// Every migration and the demo companies, from what is embedded in the program.
  static let demo = DatabaseTemplate(name: "demo") { cluster, database in
    let info = cluster.connectionInfo(database: database, user: cluster.superuser)
    try await AdminConnection.run(try ConnectionSettings(info)) { connection in
      try Migrator(connection).apply(embeddedMigrations())
      guard let script = embeddedScript("demo/demo.sql") else { throw MissingDemoScript() }
      try connection.transaction { _ = try connection.execute(script: script) }
    }
  }

  struct MissingDemoScript: Error {}
}
