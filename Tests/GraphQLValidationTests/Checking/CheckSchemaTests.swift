// One schema out of several texts: each error stands in its own file.

import GraphQLSyntax
import Testing

@testable import GraphQLValidation

struct CheckSchemaTests {
  private func lines(_ texts: [String]) -> [String] {
    let sources = texts.enumerated().map { Source($1, name: "file\($0 + 1)") }
    do {
      _ = try checkSchema(sources)
      return []
    } catch {
      return CheckReport(errors: error.findings).lines.split(separator: "\n").map { String($0) }
    }
  }

  @Test(
    "several files make one schema",
    arguments: [
      ([["type Query { a: A }", "type A { x: Int }"]], []),
      ([["extend type Query { b: Int }", "type Query { a: Int }"]], []),
      (
        [["type Query { a: A }", "\ntype B { x: Int y: C }"]],
        [
          "file1:1:17: Unknown type \"A\". Did you mean \"B\"?",
          "file2:2:20: Unknown type \"C\". Did you mean \"B\"?",
        ]
      ),
      (
        [["type Query { a: Int }", "type A { x: Int }", "# again\ntype A { y: Int }"]],
        ["file2:1:6: There can be only one type named \"A\". (also file3:2:6)"]
      ),
      (
        [["type Query { a: A }", "type A {", "type ?"]],
        [
          "file2:1:9: Syntax Error: Expected Name, found <EOF>.",
          "file3:1:6: Syntax Error: Unexpected character: \"?\".",
        ]
      ),
      ([["type A { x: Int }"]], ["Query root type must be provided."]),
    ] as [([[String]], [String])])
  func schemas(texts: [[String]], expected: [String]) {
    for texts in texts { #expect(lines(texts) == expected) }
  }
}
