// Files against the history, as a table.

import Testing

@testable import Postgres

@Suite struct MigrationStatusTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let files: [Int]
    let history: [(Int, String, String)]
    let pending: [Int]
    var newer: [Int] = []
    let problems: [MigrationStatus.Problem]
  }

  static let cases = [
    Case(
      testDescription: "a new database", files: [2, 1], history: [], pending: [1, 2], problems: []),
    Case(
      testDescription: "one more file", files: [1, 2], history: [(1, "m1", "sum1")], pending: [2],
      problems: []),
    Case(
      testDescription: "an edited file", files: [1], history: [(1, "m1", "other")], pending: [],
      problems: [.edited(number: 1, name: "m1")]),
    Case(
      testDescription: "a renamed file", files: [1], history: [(1, "old", "sum1")], pending: [],
      problems: [.renamed(number: 1, from: "old", to: "m1")]),
    Case(
      testDescription: "a newer database", files: [1],
      history: [(1, "m1", "sum1"), (2, "m2", "sum2")], pending: [], newer: [2], problems: []),
    Case(
      testDescription: "a removed file", files: [1, 3],
      history: [(1, "m1", "sum1"), (2, "m2", "sum2"), (3, "m3", "sum3")], pending: [],
      problems: [.unknown(number: 2, name: "m2")]),
    Case(
      testDescription: "a file put in between", files: [1, 2, 3],
      history: [(1, "m1", "sum1"), (3, "m3", "sum3")], pending: [2],
      problems: [.outOfOrder(number: 2, name: "m2")]),
    Case(
      testDescription: "a number used twice", files: [1, 1], history: [], pending: [1],
      problems: [.duplicate(number: 1)]),
  ]

  @Test(arguments: cases)
  func `files are compared with the history`(_ expected: Case) {
    let files = expected.files.map { Migration(number: $0, name: "m\($0)", text: "text\($0)") }
    let history = expected.history.map {
      AppliedMigration(number: $0.0, name: $0.1, checksum: $0.2, appliedAt: "")
    }
    let sums = Dictionary(
      expected.files.map { ($0, "sum\($0)") }, uniquingKeysWith: { first, _ in first })
    let status = MigrationStatus(files, history: history, checksums: sums)
    #expect(status.pending.map(\.number) == expected.pending)
    #expect(status.newer.map(\.number) == expected.newer)
    #expect(status.problems == expected.problems)
    #expect(status.isServed == (expected.pending.isEmpty && expected.problems.isEmpty))
    #expect(status.isCurrent == (status.isServed && expected.newer.isEmpty))
  }

  @Test(arguments: [
    ("0001_company.sql", 1, "company", true), ("0012_x_y.concurrently.sql", 12, "x_y", false),
  ])
  func `a file's name says its number and name`(
    _ file: String, _ number: Int, _ name: String, _ isTransactional: Bool
  ) throws {
    let migration = try #require(Migration(fileName: file, text: "select 1"))
    #expect(migration.number == number)
    #expect(migration.name == name)
    #expect(migration.isTransactional == isTransactional)
  }

  @Test(arguments: ["company.sql", "0001.sql", "0000_zero.sql", "0001_company.txt", "x_1.sql"])
  func `other names are no migrations`(_ file: String) {
    #expect(Migration(fileName: file, text: "") == nil)
  }
}
