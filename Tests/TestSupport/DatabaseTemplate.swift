// What a test's database shall contain enters as a recipe, run once a process; every test database
// is a copy of its result.

package import Cluster

/// A recipe for a database. Two templates with the same name are the same one.
package struct DatabaseTemplate: Sendable {
  /// Lower-case letters, digits and underscores.
  package let name: String
  let prepare: @Sendable (_ cluster: LocalCluster, _ database: String) async throws -> Void

  package init(
    name: String,
    prepare: @escaping @Sendable (_ cluster: LocalCluster, _ database: String) async throws -> Void
  ) {
    self.name = name
    self.prepare = prepare
  }

  var databaseName: String { "template_\(name)" }

  /// Nothing but what PostgreSQL puts into every database.
  package static let empty = DatabaseTemplate(name: "empty") { _, _ in }

  /// The repository's migrations, from the first to the last, each a transaction.
  package static let migrated = DatabaseTemplate(name: "migrated") { cluster, database in
    let files = try Repository.files(in: "Migrations", ending: ".sql")
    guard !files.isEmpty else { throw MissingMigrations() }
    for file in files {
      try cluster.psql(file: "\(Repository.root)/\(file)", database: database)
    }
  }

  package struct MissingMigrations: Error, CustomStringConvertible {
    package var description: String { "The folder Migrations holds no .sql file." }
  }
}
