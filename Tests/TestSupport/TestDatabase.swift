// A template enters, a database of a test file's own leaves, with its connection string; it is
// dropped when the suite or test that asked for it has ended.

package import Cluster
import Synchronization
package import Testing

/// One database, cloned from a template.
///
///     @Suite(.database) struct CompanyTests {
///       @Test func `a company is found`() throws {
///         let database = try TestDatabase.current
///
/// On a suite the database is shared by its tests; on a test each case gets one of its own.
package struct TestDatabase: Sendable {
  package let cluster: LocalCluster
  package let name: String

  /// Clones the template; a few dozen milliseconds once the template is there.
  package static func make(
    from template: DatabaseTemplate = .migrated
  ) async throws -> TestDatabase {
    let cluster = try await TestCluster.shared.prepare(template)
    let number = numbers.withLock { number in
      number += 1
      return number
    }
    let name = "test_\(template.name)_\(number)"
    try cluster.psql(
      "CREATE DATABASE \(name) TEMPLATE \(template.databaseName) STRATEGY file_copy",
      database: "postgres")
    return TestDatabase(cluster: cluster, name: name)
  }

  /// The database of the suite or test that runs, which carries the trait `.database`.
  package static var current: TestDatabase {
    get throws {
      guard let database = scoped else { throw MissingTrait() }
      return database
    }
  }

  package func connectionInfo(user: String = "postgres") -> String {
    cluster.connectionInfo(database: name, user: user)
  }

  /// Runs one command string by psql: rows by line, fields by `|`.
  @discardableResult
  package func psql(_ command: String, user: String = "postgres") throws -> String {
    try cluster.psql(command, database: name, user: user)
  }

  /// Removes the database, and whoever is still connected to it.
  package func drop() throws {
    try cluster.psql("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", database: "postgres")
  }

  package struct MissingTrait: Error, CustomStringConvertible {
    package var description: String {
      "No database here: the suite or the test needs the trait .database."
    }
  }

  @TaskLocal fileprivate static var scoped: TestDatabase?
  private static let numbers = Mutex(0)
}

/// Gives a suite or a test a database of its own, as `TestDatabase.current`.
package struct DatabaseTrait: SuiteTrait, TestTrait, TestScoping {
  let template: DatabaseTemplate

  package func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let database = try await TestDatabase.make(from: template)
    do {
      try await TestDatabase.$scoped.withValue(database) { try await function() }
    } catch {
      try? database.drop()
      throw error
    }
    try database.drop()
  }
}

extension Trait where Self == DatabaseTrait {
  /// A database with the repository's migrations.
  package static var database: DatabaseTrait { DatabaseTrait(template: .migrated) }

  package static func database(from template: DatabaseTemplate) -> DatabaseTrait {
    DatabaseTrait(template: template)
  }
}
