// Documents made to cost much: each is answered, and within a bound that only an algorithm of the
// right order keeps, even in an unoptimized build on a busy machine.

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import Testing

private func fragments(_ count: Int, _ body: (Int) -> String) -> String {
  (0..<count).map { "fragment F\($0) on Query { \(body($0)) } " }.joined()
}

private func tree(_ depth: Int, last: String) -> String {
  depth == 0
    ? last : "a { \(tree(depth - 1, last: "s")) } a { \(tree(depth - 1, last: last)) }"
}

private struct HostileCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var document: String
  /// The rules that are broken; empty for a valid document.
  var rules: Set<String>

  init(_ name: String, _ rules: Set<String>, _ document: String) {
    testDescription = name
    self.rules = rules
    self.document = document
  }
}

private let longList = String(repeating: "1 ", count: 500)
private let overlap: Set<String> = ["OverlappingFieldsCanBeMerged"]

private let hostileCases: [HostileCase] = [
  HostileCase("the same leaf 2,000 times", [], "{" + String(repeating: " s", count: 2_000) + "}"),
  HostileCase(
    "2,000 fields of one name, two of them different", overlap,
    "{" + String(repeating: " x: s", count: 1_999) + " x: i }"),
  HostileCase(
    "2,000 fields of one name, all of them different", overlap.union(["errorsMax"]),
    "{" + (0..<2_000).map { " x: a(n: \($0)) { s }" }.joined() + "}"),
  HostileCase(
    "400 fields with long arguments, the last of them different",
    overlap.union(["errorsMax"]),
    "{" + String(repeating: " x: a(l: [\(longList)]) { s }", count: 399) + " x: a(n: 1) { s } }"),
  HostileCase("overlaps in a tree", [], "{ \(tree(9, last: "s")) }"),
  HostileCase("a conflict at the end of a tree", overlap, "{ \(tree(9, last: "s: i")) }"),
  HostileCase(
    "a chain of fragments", [],
    "{ ...F0 } " + fragments(2_000) { $0 == 1_999 ? "s" : "s ...F\($0 + 1)" }),
  HostileCase(
    "a chain of fragments under fields", [],
    "{ ...F0 } " + fragments(2_000) { $0 == 1_999 ? "s" : "a { ...F\($0 + 1) }" }),
  HostileCase(
    "fragments that double what they spread", [],
    "{ ...F0 } "
      + fragments(60) { $0 == 59 ? "s" : "a { ...F\($0 + 1) ...F\($0 + 1) } b { ...F\($0 + 1) }" }),
  HostileCase(
    "a set of 1,000 fragments", overlap,
    "{ " + (0..<1_000).map { "...F\($0) " }.joined() + "} "
      + fragments(1_000) { $0 == 999 ? "a { s: i }" : "a { s }" }),
  HostileCase(
    "a cycle of 1,000 fragments", ["NoFragmentCycles"],
    "{ ...F0 } " + fragments(1_000) { "...F\(($0 + 1) % 1_000)" }),
  HostileCase(
    "fragments that all spread each other", ["NoFragmentCycles", "errorsMax"],
    "{ ...F0 } " + fragments(40) { _ in (0..<40).map { "...F\($0) " }.joined() }),
  HostileCase(
    "merged sets as many as subsets", ["stepsMax"],
    "{ ...F0 } "
      + fragments(40) { "a { ...F\($0 + 1) } b { ...F\($0 + 1) } b { ...G0 }" }
      + "fragment F40 on Query { s } fragment G40 on Query { s } "
      + fragments(40) { "a { ...G\($0 + 1) } b { ...G\($0 + 1) }" }
      .replacing("fragment F", with: "fragment G")),
  HostileCase(
    "1,000 operations over 500 fragments", ["stepsMax"],
    (0..<1_000).map { "query O\($0) { ...F0 } " }.joined()
      + fragments(500) { $0 == 499 ? "s" : "...F\($0 + 1)" }),
  HostileCase(
    "3,000 variables", [],
    "query (" + (0..<3_000).map { "$v\($0): Int " }.joined() + ") { "
      + (0..<3_000).map { "a\($0): a(n: $v\($0)) { s } " }.joined() + "}"),
]

@Suite("Hostile documents")
struct HostileDocumentTests {
  private static let schema = Result {
    try GraphQLValidationTests.schema(
      "type Query { a(n: Int, l: [Int]): Query b: Query s: String i: Int }")
  }

  @Test("are judged in bounded time", arguments: hostileCases)
  fileprivate func bounded(_ example: HostileCase) throws {
    let schema = try Self.schema.get()
    let document = try parse(Source(example.document))
    let started = ContinuousClock.now
    var rules: Set<String> = []
    do throws(ValidationErrors) {
      _ = try validate(document, against: schema)
    } catch {
      rules = Set(error.errors.map(\.rule))
    }
    #expect(rules == example.rules)
    #expect(ContinuousClock.now - started < .seconds(5))
  }
}
