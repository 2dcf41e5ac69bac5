// Documents of one shape and three sizes come in, and a table leaves of how much longer twice the
// size takes in each stage: about 2 where the work is linear.

import Foundation
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation

/// A document that is made to be long or to cost much, in any size.
private struct Shape: Sendable {
  let name: String
  let document: @Sendable (Int) -> String
}

private func repeated(_ count: Int, _ body: (Int) -> String) -> String {
  (0..<count).map(body).joined(separator: " ")
}

/// To a sixteenth of the size, since the parser follows 128 levels.
private func nested(_ count: Int) -> String {
  repeatedly(count, "a { s ") + repeatedly(count, "} ")
}

private func repeatedly(_ count: Int, _ text: String) -> String {
  String(repeating: text, count: count / 16)
}

private let shapes: [Shape] = [
  Shape(name: "one response name") { "{ \(repeated($0) { _ in "x: s" }) }" },
  Shape(name: "different aliases") { "{ \(repeated($0) { "x\($0): s" }) }" },
  Shape(name: "one name in conflict") { "{ \(repeated($0) { "x: a(n: \($0)) { s }" }) }" },
  Shape(name: "pairs in conflict") { "{ \(repeated($0) { "x\($0): s x\($0): i" }) }" },
  Shape(name: "one name with sets") { "{ \(repeated($0) { _ in "a { s i }" }) }" },
  Shape(name: "nested") { "{ \(nested($0)) }" },
  Shape(name: "nested twice") { "{ \(nested($0)) \(nested($0)) }" },
  Shape(name: "chain of fragments") { count in
    "{ ...F0 } "
      + repeated(count) {
        "fragment F\($0) on Query { a { s \($0 + 1 < count ? "...F\($0 + 1)" : "") } }"
      }
  },
  Shape(name: "spread side by side") { count in
    "{ \(repeated(count) { "...F\($0)" }) } "
      + repeated(count) { "fragment F\($0) on Query { a { s x: i } }" }
  },
  Shape(name: "fragments in conflict") { count in
    "{ \(repeated(count) { "...F\($0)" }) } "
      + repeated(count) { "fragment F\($0) on Query { a { x: \($0 % 2 == 0 ? "s" : "i") } }" }
  },
  Shape(name: "parent types") {
    "{ \(repeated($0) { "n { ... on \($0 % 2 == 0 ? "One" : "Two") { x: s } }" }) }"
  },
  Shape(name: "parents in conflict") {
    "{ \(repeated($0) { "n { ... on \($0 % 2 == 0 ? "One { x: s" : "Two { x: i") } }" }) }"
  },
  Shape(name: "variables") { count in
    "query (\(repeated(count) { "$v\($0): Int" })) "
      + "{ \(repeated(count) { "x\($0): a(n: $v\($0)) { s }" }) }"
  },
  Shape(name: "directives") { "{ s \(repeated($0) { _ in "@include(if: true)" }) }" },
  Shape(name: "long string") { "{ f(v: \"\(String(repeating: "á", count: $0 * 20))\") }" },
  Shape(name: "long block string") {
    "{ f(v: \"\"\"\(String(repeating: "  line\n", count: $0))\"\"\") }"
  },
  Shape(name: "long list") { "{ l(v: [\(repeated($0) { "\($0)" })]) }" },
  Shape(name: "deep list") { "{ l(v: \(repeatedly($0, "["))1\(repeatedly($0, "]"))) }" },
  Shape(name: "long enum value") { "{ f(v: \(String(repeating: "E", count: $0 * 20))) }" },
  Shape(name: "long name") { "{ \(String(repeating: "n", count: $0 * 20)): s }" },
  Shape(name: "object fields") { "{ f(v: {\(repeated($0) { "k\($0): 1" })}) }" },
  Shape(name: "operations") { repeated($0) { "query Q\($0) { s }" } },
]

private let definitions = """
  type Query implements Node { s: String i: Int a(n: Int): Query n: Node
    f(v: Any): Int l(v: [Int]): Int }
  interface Node { s: String }
  type One implements Node { s: String i: Int }
  type Two implements Node { s: String i: Int }
  scalar Any
  """

func printGrowth() throws {
  let schema = try makeSchema(from: [try parse(Source(definitions))])
  let limits = ParseLimits(tokensMax: .max, depthMax: 128)
  print(
    "shape                  stage        µs at 500, 1,000, 2,000          ratios    allocations")
  for shape in shapes {
    let sources = [500, 1_000, 2_000].map { Source(shape.document($0)) }
    let documents = try sources.map { try parse($0, limits: limits) }
    printRow(
      shape.name, "parse",
      try sources.map { source in
        try measure(rounds: 5) { keep(try parse(source, limits: limits)) }
      })
    printRow(
      shape.name, "print",
      documents.map { document in
        measure(rounds: 5) { keep(print(document)) }
      })
    printRow(
      shape.name, "validate",
      documents.map { document in
        measure(rounds: 5) { keep(try? validate(document, against: schema)) }
      })
  }
}

private func printRow(_ shape: String, _ stage: String, _ sizes: [Measurement]) {
  let ratios = zip(sizes.dropFirst(), sizes).map { $0.medianNanoseconds / $1.medianNanoseconds }
  let times = sizes.map { String(format: "%9.0f", $0.medianNanoseconds / 1_000) }.joined()
  print(
    shape.padding(toLength: 22, withPad: " ", startingAt: 0),
    stage.padding(toLength: 9, withPad: " ", startingAt: 0), times,
    ratios.map { String(format: "%7.2f%@", $0, $0 > 2.3 ? "!" : " ") }.joined(),
    sizes.map { String(format: "%9d", $0.allocations) }.joined())
}
