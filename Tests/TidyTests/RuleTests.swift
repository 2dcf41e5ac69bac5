// Every rule on a text it must complain of and on one that it must let pass: a rule that finds
// nothing in a tidy repository may as well be broken.

import Testing

private struct Case: Sendable, CustomTestStringConvertible {
  let rule: String
  let path: String
  let text: String
  /// The line complained of; nil for a text that passes.
  let line: Int?

  var testDescription: String { "\(rule) (\(line.map { "line \($0)" } ?? "passes"))" }

  init(_ rule: String, _ path: String, _ text: String, line: Int?) {
    self.rule = rule
    self.path = path
    self.text = text
    self.line = line
  }
}

private let swift = "Sources/SQL/Fragment.swift"
private let test = "Tests/SQLTests/FragmentTests.swift"
private let layout = "no way around the compiler or the event loop in Sources"

private let columns = "a line of Swift, SQL or a page has at most 100 columns"
private let lines = "a file of Swift or of a page has at most 450 lines"

private let cases: [Case] = [
  Case(columns, "page/app/main.js", String(repeating: "x", count: 101), line: 1),
  Case(columns, "page/app/main.js", String(repeating: "x", count: 100), line: nil),
  Case(lines, "page/style/base.css", String(repeating: "\n", count: 451), line: 0),
  Case(
    columns, swift, String(repeating: "x", count: 101),
    line: 1),
  Case(
    columns, swift, String(repeating: "é", count: 100),
    line: nil),
  Case(
    columns, "Migrations/0001_a.sql",
    "select 'a\nb' from " + String(repeating: "x", count: 100), line: 2),
  Case(
    columns, test,
    "let a = \"" + String(repeating: "x", count: 100) + "\"", line: nil),
  Case(
    columns, swift,
    "let a = \"" + String(repeating: "x", count: 100) + "\"", line: 1),
  Case(
    columns, test,
    "let a = b(" + String(repeating: "x", count: 100) + ")", line: 1),
  Case(
    columns, "Migrations/0001_a.sql",
    "comment on table a is 'It''s " + String(repeating: "x", count: 100) + "';", line: nil),
  Case("no line ends in a blank", "README.md", "one\ntwo \n", line: 2),
  Case(
    "who may have a field stands in the table alone", "Sources/Hub/Company/A.swift",
    "// A.\nAction(\"a\", access: .members) {", line: 2),
  Case(
    "who may have a field stands in the table alone", "Sources/Hub/People/Permissions.swift",
    "// A.\nself.init(field, access: .nobody)", line: nil),
  Case("no line ends in a blank", "README.md", "one\n\ntwo\n", line: nil),
  Case("programs are indented by blanks", swift, "// A.\n\tlet a = 1\n", line: 2),
  Case("programs are indented by blanks", "schema/database.sql", "\tselect 1\n", line: nil),
  Case("a file ends with one newline", "Tests/EndToEnd/snapshots/help.txt", "a", line: nil),
  Case("programs are indented by blanks", "Makefile", "all:\n\ttrue\n", line: nil),
  Case("a file ends with one newline", swift, "// A.", line: 1),
  Case("a file ends with one newline", swift, "// A.\n\n", line: 3),
  Case("a file ends with one newline", swift, "// A.\n", line: nil),
  Case(lines, swift, String(repeating: "\n", count: 451), line: 0),
  Case(lines, swift, String(repeating: "\n", count: 450), line: nil),
  Case(
    lines, "Sources/GraphQLSyntax/Parser.swift",
    String(repeating: "\n", count: 451), line: nil),
  Case("a Swift file opens with a sentence", swift, "import NIOCore\n", line: 1),
  Case("a Swift file opens with a sentence", swift, "// half a\n\nlet a = 1\n", line: 1),
  Case("a Swift file opens with a sentence", swift, "/// A fragment.\nstruct A {}\n", line: 1),
  Case("a Swift file opens with a sentence", swift, "// Text enters,\n// SQL leaves.\n", line: nil),

  Case(layout, swift, "let a = try" + "! b()\n", line: 1),
  Case(layout, swift, "let a = b as" + "! C\n", line: 1),
  Case(layout, swift, "fatalError" + "(\"x\")\n", line: 1),
  Case(layout, swift, "DispatchQueue" + ".main.async {}\n", line: 1),
  Case(layout, swift, "Thread" + ".sleep(1)\n", line: 1),
  Case(layout, swift, "\n  usle" + "ep(10)\n", line: 2),
  Case(layout, swift, "final class A: @unchecked" + " Sendable {}\n", line: 1),
  Case(layout, swift, "let a = \"\\(try" + "! b())\"\n", line: 1),
  Case(
    layout, swift, "// try" + "! is forbidden\nlet a = \"try" + "!\" + #\"as" + "!\"#\n", line: nil),
  Case(layout, test, "let a = try" + "! b()\n", line: nil),
  Case("nothing is public", swift, "pub" + "lic struct A {}\n", line: 1),
  Case("nothing is public", swift, "package struct A { let publicKey = 1 }\n", line: nil),
  Case("nothing is left undone", swift, "// TO" + "DO: more\n", line: 1),
  Case("nothing is left undone", "README.md", "FIX" + "ME\n", line: 1),
  Case("nothing is left undone", swift, "// The method todo is fine.\n", line: nil),
  Case("no test can be skipped", test, "@Test(.disab" + "led(\"later\")) func a() {}\n", line: 1),
  Case("no test can be skipped", "Tests/http/test_a.py", "pytest.sk" + "ip()\n", line: 1),
  Case("no test can be skipped", test, "@Test func a() {}\n", line: nil),
  Case("no path of one machine", "Makefile", "run:\n\tls /wo" + "rk/main\n", line: 2),
  Case("no path of one machine", swift, "let a = \"/ho" + "me/ana/x\"\n", line: 1),
  Case("no path of one machine", swift, "let a = \"https://a.example/work/b\"\n", line: nil),
  Case("raw SQL is counted", swift, "let a: SQL = \"\\(" + "unsafe: b)\"\n", line: 1),
  Case("raw SQL is counted", swift, "let a: SQL = \"\\(b)\"\n", line: nil),

  Case("no file or folder is named after a drawer", "Sources/SQL/StringUtils.swift", "", line: 0),
  Case("no file or folder is named after a drawer", "Sources/Hub/Common/A.swift", "", line: 0),
  Case("no file or folder is named after a drawer", "Tests/http/helpers.py", "", line: 0),
  Case("no file or folder is named after a drawer", "Sources/Hub/Commonality.swift", "", line: nil),

  Case("a function fits a screen of 70 lines", swift, function(lines: 71), line: 1),
  Case("a function fits a screen of 70 lines", swift, function(lines: 70), line: nil),

  Case("imports follow the arrows between the targets", swift, "// A.\nimport NIOCore\n", line: 2),
  Case("imports follow the arrows between the targets", swift, "package import JSON\n", line: 1),
  Case(
    "imports follow the arrows between the targets", "Sources/Hub/A.swift",
    "internal import struct NIOHTTP1.HTTPHeaders\n", line: 1),
  Case("imports follow the arrows between the targets", "Sources/New/A.swift", "", line: 0),
  Case(
    "imports follow the arrows between the targets", swift, "import Synchronization\n", line: nil),
  Case(
    "imports follow the arrows between the targets", "Sources/mi-alegra/Main.swift",
    "import Hub\nimport Server\n", line: nil),
  Case(
    "a rule of validation has the test that mirrors it",
    "Sources/GraphQLValidation/SchemaRules/Enums.swift", "", line: 0),
  Case(
    "a rule of validation has the test that mirrors it",
    "Sources/GraphQLValidation/Validate.swift", "", line: nil),
]

private func function(lines: Int) -> String {
  "func long() {\n" + String(repeating: "  step()\n", count: lines - 2) + "}\n"
}

@Suite struct RuleTests {
  @Test(arguments: cases) fileprivate func `a rule complains of what it is for, and only of that`(
    example: Case
  ) throws {
    let rule = try #require(Rule.all.first { $0.name == example.rule })
    let complaints = rule.complaints([SourceFile(path: example.path, text: example.text)])
    #expect(complaints.first?.line == example.line)
    #expect(complaints.allSatisfy { $0.path == example.path })
  }

  @Test func `every rule has a text that it complains of`() {
    let proven = Set(cases.filter { $0.line != nil }.map(\.rule))
    let unproven = Rule.all.map(\.name).filter { !proven.contains($0) }
    #expect(unproven == [embeddedFolders.name])
  }

  @Test func `a file that is not embedded, one that is gone and one not listed are found`() {
    let list = """
      #embed "Kept.graphql"
      #embed "Gone.graphql"
      #embed "Unlisted.graphql"
      {"Kept.graphql"}, {"Gone.graphql"}
      """
    let files = [
      SourceFile(path: "schema/embedded.c", text: list),
      SourceFile(path: "schema/Kept.graphql", text: ""),
      SourceFile(path: "schema/Unlisted.graphql", text: ""),
      SourceFile(path: "schema/New.graphql", text: ""),
    ]
    let sentences = embeddedFolders.complaints(files).map(\.sentence)
    #expect(
      sentences == [
        "New.graphql is in the folder and not embedded",
        "Gone.graphql is embedded and not in the folder",
        "Unlisted.graphql is embedded and not listed",
      ])
  }

  @Test func `comments and literals are blanked, interpolated code is not`() {
    let text = #"let a = "b\(c("d"))e" /* f /* g */ */ + 1 // h"#
    let code = blankingProse(in: text)
    #expect(code.count == text.count)
    #expect(code.split(separator: " ").joined(separator: " ") == #"let a = " \(c(" ")) " + 1"#)
  }

  @Test func `a literal of several lines ends at its own quotes`() {
    let text = "let a = \"\"\"\n  \"b\" { \\(c) \n  \"\"\"\nlet d = #\"\\(e)\"#\n"
    let code = blankingProse(in: text)
    #expect(!code.contains("b") && !code.contains("{") && code.contains("\\(c)"))
    #expect(!code.contains("e)") && code.contains("let d"))
  }

  @Test func `a raw literal may be one quote`() {
    let code = blankingProse(in: "let a = #\"\"\"#\nlet b = c\n")
    #expect(code.hasSuffix("let b = c\n"))
  }

  @Test func `functions are found with their lines, whatever stands around them`() {
    let text = """
      protocol A { func requirement(); var b: Int { get } }
      struct C {
        init(d: @escaping () -> Void = { }) {
          self.e = .init(f)
        }
        static func == (a: C, b: C) -> Bool { true }
        subscript(g: Int) -> Int {
          g
        }
        func outer() {
          func inner() {
          }
          call { }
        }
      }
      """
    let found = functions(in: SourceFile(path: swift, text: text).codeLines)
    #expect(
      found.map { "\($0.name) \($0.firstLine) \($0.lines)" } == [
        "init 3 3", "= 6 1", "subscript 7 3", "inner 11 2", "outer 10 5",
      ])
  }
}
