// Operation files are judged together, and each error stands in its own file.

import GraphQLSyntax
import GraphQLTypes
import Testing

@testable import GraphQLValidation

struct CheckOperationsTests {
  private static let schemaText = """
    type Query { a: Int b(x: Int): Query old: Int @deprecated(reason: "Use a.") }
    type Subscription { one: Int two: Int }
    """

  struct Case: Sendable {
    var files: [String]
    var lines: [String]

    init(_ files: [String], _ lines: String...) {
      self.files = files
      self.lines = lines
    }
  }

  private static let cases = [
    Case(["query A { a }", "query B { a }"]),
    // A fragment serves every file, before and behind the one that defines it.
    Case(["query A { ...F }", "fragment F on Query { a ...G }", "fragment G on Query { a }"]),
    Case(
      ["query A { ...F }", "# one\nfragment F on Query { nope }\n"],
      "file2:2:23: Cannot query field \"nope\" on type \"Query\"."),
    Case(
      ["query A($x: Int) { ...F }", "fragment F on Query { b(x: $x) { a } }"]),
    Case(
      ["query A { ...F }", "fragment F on Query { b(x: $x) { a } }"],
      "file2:1:28: Variable \"$x\" is not defined by operation \"A\". (also file1:1:1)"),
    // Names are unique over all files.
    Case(
      ["query A { a }", "query A { a }"],
      "file1:1:7: There can be only one operation named \"A\". (also file2:1:7)"),
    Case(
      ["query A { ...F }", "fragment F on Query { a }", "fragment F on Query { a }"],
      "file2:1:10: There can be only one fragment named \"F\". (also file3:1:10)"),
    Case(["fragment F on Query { a }"], "file1:1:1: Fragment \"F\" is never used."),
    // A request carries one file's operations.
    Case(["{ a }", "{ a }", "query A { a }"]),
    Case(
      ["{ a }", "{ a } query A { a }"],
      "file2:1:1: This anonymous operation must be the only defined operation."),
    // What a malformed file defines or uses is not known.
    Case(
      ["query A($x: Int) { ...F }", "fragment F on Query {", "fragment G on Query { nope }"],
      "file2:1:22: Syntax Error: Expected Name, found <EOF>.",
      "file3:1:23: Cannot query field \"nope\" on type \"Query\"."),
    // A malformed file has its place among the others.
    Case(
      ["query A { nope }", "{", "query B { nope }"],
      "file1:1:11: Cannot query field \"nope\" on type \"Query\".",
      "file2:1:2: Syntax Error: Expected Name, found <EOF>.",
      "file3:1:11: Cannot query field \"nope\" on type \"Query\"."),
    Case(
      ["", "# nothing"].map { "\($0)" },
      "file1:1:1: Syntax Error: Unexpected <EOF>.", "file2:1:10: Syntax Error: Unexpected <EOF>."),
    Case(
      ["type T { a: Int }", "query A { a }"],
      "file1:1:1: The \"T\" definition is not executable."),
    Case(
      ["subscription S { ...F }", "fragment F on Subscription { one two }"],
      "file2:1:34: Subscription \"S\" must select only one top level field."),
  ]

  private func check(_ files: [String]) throws -> CheckedOperations {
    let sources = files.enumerated().map { Source($1, name: "file\($0 + 1)") }
    return checkOperations(sources, against: try checkSchema([Source(Self.schemaText)]))
  }

  @Test("errors are told in the order of the files and places", arguments: cases)
  func errors(example: Case) throws {
    let report = CheckReport(errors: try check(example.files).errors)
    #expect(report.lines.split(separator: "\n").map { String($0) } == example.lines)
  }

  @Test("without a schema only the syntax is checked")
  func syntaxAlone() {
    let files = [Source("{ nope }", name: "a"), Source("{", name: "b")]
    #expect(checkOperations(files, against: nil).errors.map(\.code) == ["Syntax"])
  }

  @Test("every error is told, however many there are")
  func all() throws {
    let fields = (0..<500).map { "f\($0)" }.joined(separator: " ")
    #expect(try check(["query A { \(fields) }", "query B { \(fields) }"]).errors.count == 1_000)
  }

  @Test("a file that is nested too deeply is an error of that file")
  func depth() throws {
    let nested = String(repeating: "b {", count: 100_000)
    let errors = try check(["query A { a }", "{ \(nested)"]).errors
    #expect(errors.map(\.code) == ["Syntax"])
    #expect(errors.first?.message.contains("depthMax") == true)
    #expect(errors.first?.places.first?.file == "file2")
  }

  @Test("deprecated elements make no operation invalid")
  func deprecated() throws {
    let checked = try check(["query A { ...F }", "fragment F on Query { b { old } }"])
    #expect(checked.errors == [])
    let report = CheckReport(warnings: checked.deprecatedUses)
    #expect(report.lines == "file2:1:27: warning: The field Query.old is deprecated. Use a.")
    #expect(report.isPassed)
  }
}
