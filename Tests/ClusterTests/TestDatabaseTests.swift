// The database that every other test file gets: its own, cloned, and gone afterwards.

import Cluster
import TestSupport
import Testing

private let withOneTable = DatabaseTemplate(name: "cluster_tests") { cluster, database in
  try cluster.psql("CREATE TABLE stock (item text)", database: database)
}

@Suite(.database(from: withOneTable)) struct TestDatabaseTests {
  @Test func `a suite's tests share one clone of the template`() throws {
    let database = try TestDatabase.current
    try database.psql("INSERT INTO stock VALUES ('pencil')")
    #expect(try database.psql("SELECT item FROM stock") == "pencil")
  }

  @Test func `the repository's migrations make a database that can be cloned`() async throws {
    let database = try await TestDatabase.make()
    let tables = "SELECT count(*) > 10 FROM pg_tables WHERE schemaname = 'public'"
    #expect(try database.psql(tables) == "t")
    try database.drop()
  }

  @Test func `another database of the same template sees nothing of it and can be dropped`()
    async throws
  {
    let other = try await TestDatabase.make(from: withOneTable)
    #expect(try other.psql("SELECT count(*) FROM stock") == "0")
    try other.drop()
    let named = "SELECT count(*) FROM pg_database WHERE datname = '\(other.name)'"
    #expect(try other.cluster.psql(named, database: "postgres") == "0")
  }
}
