// Which fields a response has and in which order: GraphQL specification, September 2025, sections
// 6.3.2 (Field Collection) and 6.4.3 (merging), as document, variables and answer side by side.

import Testing

@testable import Execution

struct CollectFieldsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let document: String
    let variables: String
    let answer: String
    var testDescription: String { "\(document) \(variables)" }

    init(_ document: String, _ answer: String) { self.init(document, "{}", answer) }

    init(_ document: String, _ variables: String, _ answer: String) {
      self.document = document
      self.variables = variables
      self.answer = answer
    }
  }

  private static let node = #"{"a":"1","b":"2","c":"3","node":{"a":"4","b":"5","c":"6"}}"#

  @Test(arguments: [
    Case("{ a b c }", #"{"a":"A","b":"B","c":"C"}"#),
    Case("{ c a b a c }", #"{"c":"C","a":"A","b":"B"}"#),
    Case("{ b x: a a y: a }", #"{"b":"B","x":"A","a":"A","y":"A"}"#),
    // A response name that is another field's name.
    Case("{ b: a a: b }", #"{"b":"A","a":"B"}"#),
    Case("{ ...F c } fragment F on Query { b a }", #"{"b":"B","a":"A","c":"C"}"#),
    Case(
      "{ a ...F ...F c } fragment F on Query { b ...G } fragment G on Query { c a }",
      #"{"a":"A","b":"B","c":"C"}"#),
    Case("{ ... { b } ... on Query { a } }", #"{"b":"B","a":"A"}"#),
    Case(
      "{ node { ... on Letters { b } a ... on Node { c } } }",
      #"{"node":{"b":"2","a":"1","c":"3"}}"#),
    // Section 6.3.2's example of merging: nested selections in the order they are met.
    Case(
      "{ node { a } b node { b node { a } } node { node { c } c } }",
      #"{"node":{"a":"1","b":"2","node":{"a":"4","c":"6"},"c":"3"},"b":"B"}"#),
    Case(
      "{ node { a } ...F } fragment F on Query { node { c } }", #"{"node":{"a":"1","c":"3"}}"#),
    Case(
      "{ __typename t: __typename node { __typename x: __typename node { __typename } } }",
      #"{"__typename":"Query","t":"Query","node":{"__typename":"Node","x":"Node","#
        + #""node":{"__typename":"Node"}}}"#
    ),
  ])
  func `fields are grouped by response name, in the order they are met`(_ test: Case) throws {
    #expect(
      try answer(test.document, test.variables, json: Self.node) == #"{"data":\#(test.answer)}"#)
  }

  @Test(arguments: [
    Case("{ a @skip(if: true) b }", #"{"b":"B"}"#),
    Case("{ a @skip(if: false) b }", #"{"a":"A","b":"B"}"#),
    Case("{ a @include(if: true) b }", #"{"a":"A","b":"B"}"#),
    Case("{ a @include(if: false) b }", #"{"b":"B"}"#),
    Case("{ a @skip(if: true) }", "{}"),
    Case("{ node { a @skip(if: true) } }", #"{"node":{}}"#),
    // Section 3.13.2: queried only if @skip is false and @include is true.
    Case("{ a @skip(if: false) @include(if: true) }", #"{"a":"A"}"#),
    Case("{ a @skip(if: false) @include(if: false) }", "{}"),
    Case("{ a @skip(if: true) @include(if: true) }", "{}"),
    Case("{ a @include(if: false) @skip(if: true) }", "{}"),
    Case("{ ...F @skip(if: true) b } fragment F on Query { a }", #"{"b":"B"}"#),
    Case("{ ... @include(if: false) { a } b }", #"{"b":"B"}"#),
    Case("{ ... on Query @skip(if: true) { a } b }", #"{"b":"B"}"#),
    // A fragment that was skipped is not visited, and is when it is spread again.
    Case("{ ...F @skip(if: true) b ...F } fragment F on Query { a }", #"{"b":"B","a":"A"}"#),
    Case("{ node @skip(if: true) { a } node { b } }", #"{"node":{"b":"2"}}"#),
    Case("{ a @skip(if: true) a }", #"{"a":"A"}"#),
  ])
  func `a selection is skipped or included as it is written`(_ test: Case) throws {
    #expect(
      try answer(test.document, test.variables, json: Self.node) == #"{"data":\#(test.answer)}"#)
  }

  private static let conditional = "query ($x: Boolean!, $y: Boolean = true) "

  @Test(arguments: [
    Case("{ a @include(if: $x) b a }", "tt", #"{"a":"A","b":"B"}"#),
    Case("{ a @include(if: $x) b a }", "ff", #"{"b":"B","a":"A"}"#),
    Case("{ a @skip(if: $x) b a @include(if: $x) }", "tt", #"{"b":"B","a":"A"}"#),
    Case("{ a @skip(if: $x) b a @include(if: $x) }", "ff", #"{"a":"A","b":"B"}"#),
    Case("{ a @include(if: $x) b a @include(if: $y) c a }", "tt", #"{"a":"A","b":"B","c":"C"}"#),
    Case("{ a @include(if: $x) b a @include(if: $y) c a }", "ft", #"{"b":"B","a":"A","c":"C"}"#),
    Case("{ a @include(if: $x) b a @include(if: $y) c a }", "tf", #"{"a":"A","b":"B","c":"C"}"#),
    Case("{ a @include(if: $x) b a @include(if: $y) c a }", "ff", #"{"b":"B","c":"C","a":"A"}"#),
    Case("{ a @skip(if: $x) @include(if: $y) b }", "tt", #"{"b":"B"}"#),
    Case("{ a @skip(if: $x) @include(if: $y) b }", "ft", #"{"a":"A","b":"B"}"#),
    Case("{ a @skip(if: $x) @include(if: $y) b }", "ff", #"{"b":"B"}"#),
    Case(
      "{ ...F @include(if: $x) b ...F } fragment F on Query { a c }", "tt",
      #"{"a":"A","c":"C","b":"B"}"#),
    Case(
      "{ ...F @include(if: $x) b ...F } fragment F on Query { a c }", "ff",
      #"{"b":"B","a":"A","c":"C"}"#),
    Case("{ ... @include(if: $x) { a @skip(if: $y) b } c }", "tf", #"{"a":"A","b":"B","c":"C"}"#),
    Case("{ ... @include(if: $x) { a @skip(if: $y) b } c }", "tt", #"{"b":"B","c":"C"}"#),
    Case("{ ... @include(if: $x) { a @skip(if: $y) b } c }", "ff", #"{"c":"C"}"#),
    // The sub-selections that count are those of the fields that are selected.
    Case(
      "{ node @include(if: $x) { a } b node { c } }", "tt", #"{"node":{"a":"1","c":"3"},"b":"B"}"#),
    Case("{ node @include(if: $x) { a } b node { c } }", "ff", #"{"b":"B","node":{"c":"3"}}"#),
    Case(
      "{ node @include(if: $x) { a } node @include(if: $y) { b a } b }", "ft",
      #"{"node":{"b":"2","a":"1"},"b":"B"}"#),
    Case("{ node @include(if: $x) { a } node @include(if: $y) { b } b }", "ff", #"{"b":"B"}"#),
    Case(
      "{ node { node @include(if: $x) { a } } node { b node { c @include(if: $y) } } }", "tt",
      #"{"node":{"node":{"a":"4","c":"6"},"b":"2"}}"#),
    Case(
      "{ node { node @include(if: $x) { a } } node { b node { c @include(if: $y) } } }", "ff",
      #"{"node":{"b":"2","node":{}}}"#),
    Case(
      "{ __typename @include(if: $x) a @skip(if: $y) b }", "tf",
      #"{"__typename":"Query","a":"A","b":"B"}"#),
  ])
  func `variables decide on one plan`(_ test: Case) throws {
    let name = { $0 == Character("t") ? "true" : "false" }
    let flags = Array(test.variables)
    let used = test.document.contains("$y") ? #","y":\#(name(flags[1]))"# : ""
    let head = test.document.contains("$y") ? Self.conditional : "query ($x: Boolean!) "
    let found = try answer(
      head + test.document, #"{"x":\#(name(flags[0]))\#(used)}"#, json: Self.node)
    #expect(found == #"{"data":\#(test.answer)}"#)
  }

  @Test func `a null variable neither skips nor includes`() throws {
    let document = "query ($y: Boolean = true) { a @skip(if: $y) b @include(if: $y) c }"
    #expect(try answer(document, "{}") == #"{"data":{"b":"B","c":"C"}}"#)
    #expect(try answer(document, #"{"y":null}"#) == #"{"data":{"a":"A","c":"C"}}"#)
  }

  @Test func `one plan answers all variables`() throws {
    let plan = try planned("query ($x: Boolean!) { a @include(if: $x) b a }")
    for (x, expected) in [("true", #"{"a":"A","b":"B"}"#), ("false", #"{"b":"B","a":"A"}"#)] {
      let answers = Answers(withoutContext: try coerced(#"{"x":\#(x)}"#, plan))
      #expect(
        String(decoding: respond(plan, answers).bytes, as: UTF8.self) == #"{"data":\#(expected)}"#)
    }
  }

  @Test func `fragments that double under conditions stay small plans`() throws {
    // 2^10 conditional occurrences of one field: a place each, no condition that repeats the rest.
    var document = "query ($x: Boolean!, $y: Boolean!) { ...F0 }"
    for index in 0..<10 {
      document +=
        " fragment F\(index) on Query { ...F\(index + 1) @include(if: $x) "
        + "...F\(index + 1) @include(if: $y) }"
    }
    document += " fragment F10 on Query { a b }"
    let plan = try planned(document)
    #expect(plan.bytes <= 400 * 2 * 1024)
    let answers = Answers(withoutContext: try coerced(#"{"x":false,"y":true}"#, plan))
    #expect(
      String(decoding: respond(plan, answers).bytes, as: UTF8.self)
        == #"{"data":{"a":"A","b":"B"}}"#)
  }
}
