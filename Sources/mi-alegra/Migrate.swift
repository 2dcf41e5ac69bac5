// migrate: brings a database's schema up to this program's, or says how they stand.

import ArgumentParser
import Composition
import Foundation
import Postgres

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database's schema up to date.",
    discussion: "Reads DATABASE_URL: a superuser, or an owner that may create roles.",
    subcommands: [Up.self, Status.self, Verify.self])

  struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Apply what is pending.")
    @OptionGroup var database: AdminDatabase

    func run() async throws {
      let applied = try await AdminConnection.run(try database.settings()) { connection in
        try Migrator(connection).apply(
          embeddedMigrations(), progress: { progress("Applying \($0.name)") },
          retrying: { progress("\($0.name) waited for a lock in vain: trying again") })
      }
      announce(applied.isEmpty ? "up to date" : "applied \(applied.count)")
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what is applied and pending.")
    @OptionGroup var database: AdminDatabase

    func run() async throws {
      let status = try await migrationStatus(database)
      let newer = Set(status.newer)
      for migration in status.applied where !newer.contains(migration) {
        announce("applied  \(migration.name)  \(migration.appliedAt)")
      }
      for migration in status.pending { announce("pending  \(migration.name)") }
      for migration in status.newer {
        announce("newer    \(migration.name)  \(migration.appliedAt)")
      }
      for problem in status.problems { announce("problem  \(problem)") }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Exit 1 unless the database has exactly this program's migrations.")
    @OptionGroup var database: AdminDatabase

    func run() async throws {
      let status = try await migrationStatus(database)
      guard status.isCurrent else {
        progress(status.summary)
        throw ExitCode.failure
      }
      announce("up to date")
    }
  }
}

/// The database that an operator's command works on.
struct AdminDatabase: ParsableArguments {
  @Option(help: "Where PostgreSQL is; the environment's DATABASE_URL otherwise.")
  var databaseUrl: String?

  func settings() throws -> ConnectionSettings {
    if let databaseUrl { return try settingsOfArgument(databaseUrl) }
    guard let url = ProcessInfo.processInfo.environment["DATABASE_URL"] else {
      throw ConfigurationError.missing("DATABASE_URL", "postgresql://user@host/database")
    }
    return try ConnectionSettings(url)
  }
}

/// The settings that `--database-url` gives. Refused with a password in it: every account of the
/// machine is shown the arguments of every process.
@discardableResult
func settingsOfArgument(_ url: String) throws -> ConnectionSettings {
  let settings = try ConnectionSettings(url)
  if settings.holdsPassword {
    throw ConfigurationError.invalid(
      "--database-url",
      "would show its password to everybody on this machine: give it by DATABASE_URL, or keep the "
        + "password in a password file")
  }
  return settings
}

func migrationStatus(_ database: AdminDatabase) async throws -> MigrationStatus {
  try await AdminConnection.run(try database.settings()) { connection in
    try Migrator(connection).status(of: embeddedMigrations())
  }
}

extension MigrationStatus {
  /// What keeps the database from being exactly this program's.
  var summary: String {
    "\(pending.count) pending, \(newer.count) newer, \(problems.count) problems"
  }
}
