// The two forms of a report, and the page that documents them.

import Foundation
import GraphQLSyntax
import GraphQLTypes
import Testing

@testable import GraphQLValidation

struct CheckReportTests {
  private static func place(_ file: String, _ line: Int) -> FilePlace {
    FilePlace(file: file, location: SourceLocation(line: line, column: 2))
  }

  private static func change(_ code: SchemaChangeCode) -> PlacedChange {
    PlacedChange(
      change: SchemaChange(
        code: code, coordinate: "A.x", message: "A.x changed.",
        place: .new(.init(source: 1, range: SourceRange(start: 0, end: 0)))),
      place: place("new", 4))
  }

  private static let full = CheckReport(
    errors: [Finding(message: "Two.", code: "Rule", places: [place("a", 1), place("b", 3)])],
    warnings: [Finding(message: "Old.", code: "NoDeprecated", places: [place("c", 1)])],
    changes: [change(.fieldRemoved), change(.optionalArgumentAdded)])

  @Test func `a line for each`() {
    #expect(
      Self.full.lines == """
        a:1:2: Two. (also b:3:2)
        c:1:2: warning: Old.
        new:4:2: breaking: A.x changed.
        new:4:2: dangerous: A.x changed.
        """)
    #expect(
      Self.full.summary == "1 error, 1 warning, 1 breaking change, 1 dangerous change")
    #expect(CheckReport().lines == "" && CheckReport().summary == "nothing found")
  }

  @Test func `a line names a few places, JSON all`() {
    let places = (1...8).map { Self.place("a", $0) }
    let report = CheckReport(errors: [Finding(message: "Many.", code: "Rule", places: places)])
    #expect(
      report.lines == "a:1:2: Many. (also a:2:2, a:3:2, a:4:2, a:5:2, a:6:2, ..)")
    let json = String(decoding: report.json, as: UTF8.self)
    #expect(json.components(separatedBy: "\"line\"").count == 9)
  }

  @Test func `a message is one line, and speaks to no terminal`() {
    let finding = Finding(
      message: "No \"one\n\ttwo\r\u{1B}[1mé\u{85}\".", code: "Rule", places: [Self.place("a", 1)])
    #expect(
      CheckReport(errors: [finding]).lines
        == #"a:1:2: No "one\n\ttwo\u{d}\u{1b}[1mé\u{85}"."#)
  }

  @Test func `one JSON object holds the same`() {
    #expect(
      String(decoding: Self.full.json, as: UTF8.self)
        == #"{"ok":false,"errors":[{"code":"Rule","message":"Two.","locations":["#
        + #"{"file":"a","line":1,"column":2},{"file":"b","line":3,"column":2}]}],"#
        + #""warnings":[{"code":"NoDeprecated","message":"Old.","locations":["#
        + #"{"file":"c","line":1,"column":2}]}],"#
        + #""changes":[{"code":"FIELD_REMOVED","severity":"breaking","coordinate":"A.x","#
        + #""message":"A.x changed.","locations":[{"file":"new","line":4,"column":2}]},"#
        + #"{"code":"OPTIONAL_ARG_ADDED","severity":"dangerous","coordinate":"A.x","#
        + #""message":"A.x changed.","locations":[{"file":"new","line":4,"column":2}]}]}"#)
    #expect(
      String(decoding: CheckReport().json, as: UTF8.self)
        == #"{"ok":true,"errors":[],"warnings":[],"changes":[]}"#)
  }

  @Test func `warnings and dangerous changes fail nothing`() {
    var report = Self.full
    report.errors = []
    #expect(!report.isPassed)
    report.changes.removeFirst()
    #expect(report.isPassed)
  }

  @Test func `the page lists each change under its severity, and no other`() throws {
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: repository.appending(path: "schema/check.md"), encoding: .utf8)
    var documented: [String: String] = [:]
    for line in page.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3 else { continue }
      documented[cells[0].replacing("`", with: "")] = cells[1]
    }
    var declared: [String: String] = [:]
    for code in SchemaChangeCode.allCases { declared[code.rawValue] = code.severity.rawValue }
    #expect(documented == declared)
  }
}
