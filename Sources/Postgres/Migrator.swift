// Numbered migrations enter; a database that has all of them leaves. Refused here: files that do
// not continue the database's history.

internal import SQL

/// Applies migrations in order, each in a transaction of its own, one process at a time. Connects
/// as the owner of the tables, directly and not through PgBouncer.
package struct Migrator {
  /// How long a statement waits for a table lock before its migration fails, so that a migration
  /// never queues all of the server's requests behind itself.
  package var lockTimeoutMilliseconds = 5_000
  /// How often a migration is begun that did not get its table locks in time; between two of its
  /// attempts the requests that queued behind it are served.
  package var lockAttempts = 6
  /// Before the second attempt; doubled before each further one.
  package var lockPauseMilliseconds = 1_000
  /// How long to wait for another process that is migrating.
  package var turnTimeoutMilliseconds = 60_000

  private let connection: AdminConnection

  package init(_ connection: AdminConnection) {
    self.connection = connection
  }

  /// Compares the files with the history. Changes nothing.
  package func status(of migrations: [Migration]) throws(MigrationError) -> MigrationStatus {
    do {
      return try readStatus(of: migrations)
    } catch {
      throw .database(error)
    }
  }

  /// The names of those migrations that the database lacks, by numbers alone: for a server. Nil
  /// where the history is from before the server's roles might read it.
  package func missing(of migrations: [Migration]) throws(DatabaseError) -> [String]? {
    do throws(DatabaseError) {
      let applied = Set(try readHistory().map(\.number))
      return migrations.filter { !applied.contains($0.number) }.map(\.name)
    } catch {
      // insufficient_privilege
      if error.sqlState == "42501" { return nil }
      throw error
    }
  }

  /// Applies what is pending and returns it. What a later program has applied is left alone.
  /// - Parameters:
  ///   - progress: told of each migration before it is applied.
  ///   - retrying: told of one that waited for a lock in vain and is tried again.
  @discardableResult
  package func apply(
    _ migrations: [Migration], progress: (Migration) -> Void = { _ in },
    retrying: (Migration) -> Void = { _ in }
  ) throws(MigrationError) -> [Migration] {
    do {
      try takeTurn()
    } catch {
      throw .database(error)
    }
    defer { _ = try? connection.execute("select pg_advisory_unlock(\(turnKey))") }
    let status = try status(of: migrations)
    if !status.problems.isEmpty { throw .notAppendOnly(status.problems) }
    for migration in status.pending {
      progress(migration)
      do {
        try applyPatiently(migration) { retrying(migration) }
      } catch {
        throw .failed(number: migration.number, name: migration.name, error)
      }
    }
    return status.pending
  }

  private func takeTurn() throws(DatabaseError) {
    try connection.execute(script: "set lock_timeout = \(turnTimeoutMilliseconds)")
    try connection.execute("select pg_advisory_lock(\(turnKey))")
    try connection.execute(script: "set lock_timeout = \(lockTimeoutMilliseconds)")
    try connection.execute(script: makeHistory)
  }

  /// Only what a transaction undoes is begun anew: a half made index stays as it is.
  private func applyPatiently(
    _ migration: Migration, retrying: () -> Void
  ) throws(DatabaseError) {
    var pause = lockPauseMilliseconds
    for _ in 1..<max(1, lockAttempts) {
      do throws(DatabaseError) {
        return try apply(migration)
      } catch {
        let state = error.sqlState ?? ""
        guard migration.isTransactional, lockStates.contains(state) else { throw error }
      }
      retrying()
      try connection.execute("select pg_sleep(\(pause)::integer / 1000.0)")
      pause *= 2
    }
    try apply(migration)
  }

  private func apply(_ migration: Migration) throws(DatabaseError) {
    let record: SQLFragment = """
      insert into schema_migration (number, name, checksum)
      values (\(migration.number), \(migration.name),
        encode(sha256(convert_to(\(migration.text)::text, 'UTF8')), 'hex'))
      """
    guard migration.isTransactional else {
      try connection.execute(script: migration.text)
      try connection.execute(record)
      return
    }
    try connection.execute(script: "begin")
    do throws(DatabaseError) {
      // With row security on, a backfill by the tables' owner would find no rows under FORCE ROW
      // LEVEL SECURITY and say nothing; off, PostgreSQL makes an error of it.
      try connection.execute(script: "set local row_security = off")
      try connection.execute(script: migration.text)
      try connection.execute(record)
      let tag = try connection.execute(Query(.unnamed("commit"))).commandTag
      if tag != "COMMIT" {
        throw DatabaseError.refused(
          Refusal(sqlState: "25P02", message: "the migration aborted its own transaction"))
      }
    } catch {
      _ = try? connection.execute(script: "rollback")
      throw error
    }
  }

  private func readStatus(of migrations: [Migration]) throws(DatabaseError) -> MigrationStatus {
    var checksums: [Int: String] = [:]
    for migration in migrations {
      let rows = try connection.execute(
        "select encode(sha256(convert_to(\(migration.text)::text, 'UTF8')), 'hex')")
      checksums[migration.number] = rows.string(0, 0)
    }
    return MigrationStatus(migrations, history: try readHistory(), checksums: checksums)
  }

  private func readHistory() throws(DatabaseError) -> [AppliedMigration] {
    let exists = try connection.execute("select to_regclass('schema_migration') is not null")
    guard exists.boolean(0, 0) == true else { return [] }
    let rows = try connection.execute(
      """
      select number, name, checksum,
        to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      from schema_migration order by number
      """)
    return (0..<rows.rowCount).map { row in
      AppliedMigration(
        number: rows.integer(row, 0) ?? 0, name: rows.string(row, 1) ?? "",
        checksum: rows.string(row, 2) ?? "", appliedAt: rows.string(row, 3) ?? "")
    }
  }
}

/// The advisory lock that lets one process migrate at a time; "mi-alegr" in ASCII.
private let turnKey = 0x6d69_2d61_6c65_6772

/// lock_not_available and deadlock_detected.
private let lockStates: Set<String> = ["55P03", "40P01"]

/// As in `Migrations/0097_schema_history.sql` and `Migrations/up.sh`.
private let makeHistory = """
  create table if not exists schema_migration (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp()
  )
  """
