// The numbered SQL files of the project and the history in the database enter; what is to be
// applied, and what was tampered with, leaves. Pure: the database is asked in Migrator.

/// One migration file. Once applied anywhere it is never edited, renumbered or removed.
package struct Migration: Sendable, Hashable {
  /// From 1, each used once, in the order of applying; gaps are allowed.
  package let number: Int
  /// What the file's name says after the number.
  package let name: String
  /// The SQL, any number of statements.
  package let text: String
  /// False for what PostgreSQL refuses in a transaction (CREATE INDEX CONCURRENTLY): such a file
  /// holds one statement, and may be left half done.
  package let isTransactional: Bool

  package init(number: Int, name: String, text: String, isTransactional: Bool = true) {
    self.number = number
    self.name = name
    self.text = text
    self.isTransactional = isTransactional
  }

  /// - Parameter fileName: `0001_company.sql`, `0012_invoice_index.concurrently.sql`; nil for any
  ///   other form.
  package init?(fileName: String, text: String) {
    guard fileName.hasSuffix(".sql") else { return nil }
    var stem = fileName.dropLast(4)
    let isConcurrent = stem.hasSuffix(".concurrently")
    if isConcurrent { stem = stem.dropLast(".concurrently".count) }
    let parts = stem.split(separator: "_", maxSplits: 1)
    guard parts.count == 2, let number = Int(parts[0]), number > 0 else { return nil }
    self.init(
      number: number, name: String(parts[1]), text: text, isTransactional: !isConcurrent)
  }
}

/// A line of the history table.
package struct AppliedMigration: Sendable, Hashable {
  package var number: Int
  package var name: String
  /// SHA-256 of the text, hexadecimal.
  package var checksum: String
  /// ISO 8601, UTC.
  package var appliedAt: String
}

/// The files against the history.
package struct MigrationStatus: Sendable, Hashable {
  package enum Problem: Sendable, Hashable {
    /// Two files have this number.
    case duplicate(number: Int)
    /// The file's text is not the one that was applied.
    case edited(number: Int, name: String)
    /// The file was renamed.
    case renamed(number: Int, from: String, to: String)
    /// It was applied before this program's last one, and there is no such file: another history.
    case unknown(number: Int, name: String)
    /// It was not applied, though one of a higher number was.
    case outOfOrder(number: Int, name: String)
  }

  package var applied: [AppliedMigration]
  package var pending: [Migration]
  /// Applied by a later program, behind everything that this one knows of.
  package var newer: [AppliedMigration]
  package var problems: [Problem]

  /// Everything is applied, nothing else is, and nothing is amiss.
  package var isCurrent: Bool { isServed && newer.isEmpty }
  /// This program can work with the database: everything is applied and nothing is amiss. A newer
  /// one counts, for migrations expand what is there and contract it a release later.
  package var isServed: Bool { pending.isEmpty && problems.isEmpty }

  /// - Parameter checksums: of the files' texts, by number.
  init(_ migrations: [Migration], history: [AppliedMigration], checksums: [Int: String]) {
    applied = history.sorted { $0.number < $1.number }
    pending = []
    newer = []
    problems = []
    let last = applied.last?.number ?? 0
    let byNumber = Dictionary(applied.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
    var seen: Set<Int> = []
    for migration in migrations.sorted(by: { $0.number < $1.number }) {
      let number = migration.number
      guard seen.insert(number).inserted else {
        problems.append(.duplicate(number: number))
        continue
      }
      guard let known = byNumber[number] else {
        if number < last { problems.append(.outOfOrder(number: number, name: migration.name)) }
        pending.append(migration)
        continue
      }
      if known.checksum != checksums[number] {
        problems.append(.edited(number: number, name: migration.name))
      }
      if known.name != migration.name {
        problems.append(.renamed(number: number, from: known.name, to: migration.name))
      }
    }
    let ours = seen.max() ?? 0
    for known in applied where !seen.contains(known.number) {
      if known.number > ours {
        newer.append(known)
      } else {
        problems.append(.unknown(number: known.number, name: known.name))
      }
    }
  }
}

/// Why migrations were not applied.
package enum MigrationError: Error, Sendable, Hashable {
  /// Nothing was applied: the history and the files do not fit together.
  case notAppendOnly([MigrationStatus.Problem])
  /// Those before it are applied; this one did nothing, unless it is not transactional.
  case failed(number: Int, name: String, DatabaseError)
  /// The database failed outside of any migration: connecting, locking, reading the history.
  case database(DatabaseError)
}
