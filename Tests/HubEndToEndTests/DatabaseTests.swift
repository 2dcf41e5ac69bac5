// The scripts of Tests/Database and tools enter, each as its own user would start it; what they
// print leaves only where one of them fails. And the schema from zero against its golden dump.

import Cluster
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Composition

@Suite("Database", .database(from: .demo))
struct DatabaseTests {
  @Test("the tests in SQL pass: catalog, isolation, revisions, catalogues, sign-in")
  func sqlTests() async throws {
    let database = try TestDatabase.current
    let result = try await run("Tests/Database/run.sh", arguments(database))
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("0 failed"), "\(result.output)")
  }

  @Test("a policy that is dropped is noticed by the tests in SQL")
  func sqlTestsNotice() async throws {
    let database = try await TestDatabase.make(from: .demo)
    try database.psql("drop policy company_solution_of_tenant on company_solution")
    let result = try await run("Tests/Database/run.sh", arguments(database))
    try database.drop()
    #expect(result.status != 0)
    #expect(result.output.contains("FAILED  catalog.sql"), "\(result.output)")
  }

  @Test("the migrations make the schema of schema/database.sql")
  func goldenDump() async throws {
    let database = try TestDatabase.current
    let dump = try await run("Tests/Database/dump.sh", arguments(database))
    try #require(dump.status == 0, "\(dump.output)")
    let version = try await run("/bin/sh", ["-c", "pg_dump --version"]).output
    // Another major version writes the same schema in other words.
    guard version.contains(" 15.") else {
      try Test.cancel("schema/database.sql was written by pg_dump 15, and this is \(version)")
    }
    try expectGolden("schema/database.sql", dump.output)
  }

  @Test("what was applied is what is embedded")
  func migrationsAreApplied() async throws {
    let database = try TestDatabase.current
    let status = try await AdminConnection.run(
      try ConnectionSettings(database.connectionInfo())
    ) { try Migrator($0).status(of: embeddedMigrations()) }
    #expect(status.isCurrent)
    #expect(
      status.applied.count
        == (try Repository.files(in: "Migrations", ending: ".sql")).count)
  }

  @Test("the lists of embedded files are what tools/embed writes")
  func embeddedLists() async throws {
    let result = try await run("tools/embed", ["--check"])
    #expect(result.status == 0, "\(result.output)")
  }

  private func arguments(_ database: TestDatabase) -> [String] {
    [
      "-h", database.cluster.socketFolder, "-p", "\(database.cluster.port)", "-U", "postgres", "-d",
      database.name,
    ]
  }
}

/// Runs a program by its path from the top, and gives what it printed on both of its streams.
func run(
  _ program: String, _ arguments: [String]
) async throws -> (status: Int32, output: String) {
  try await withCheckedThrowingContinuation { continuation in
    // A thread of its own: the program is waited for.
    DispatchQueue.global().async {
      let process = Process()
      process.executableURL = URL(
        fileURLWithPath: program.hasPrefix("/") ? program : "\(Repository.root)/\(program)")
      process.arguments = arguments
      let pipe = Pipe()
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = pipe
      process.standardError = pipe
      do {
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        continuation.resume(
          returning: (process.terminationStatus, String(decoding: output, as: UTF8.self)))
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }
}
