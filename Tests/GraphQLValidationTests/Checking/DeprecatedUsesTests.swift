// Where a document uses what its schema marks as deprecated.

import GraphQLSyntax
import GraphQLTypes
import Testing

@testable import GraphQLValidation

struct DeprecatedUsesTests {
  private static let schemaText = """
    directive @d(new: E, old: Int @deprecated(reason: "Gone.")) on QUERY | FIELD
      | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT | VARIABLE_DEFINITION
    enum E { A B @deprecated(reason: "No B.") }
    input I { a: E list: [I] old: Int @deprecated(reason: "Old.") }
    interface N { id: ID old: Int @deprecated }
    type T implements N { id: ID old: Int }
    type Query { t: T n: N f(i: I, e: E, old: Int @deprecated(reason: "No use.")): Int }
    """

  @Test(
    "each use is told with its place and reason",
    arguments: [
      ("{ t { old } n { id } f(i: {a: A}) }", []),
      ("{ n { old x: old } }", ["7 N.old", "14 N.old"]),
      ("{ t { ... on N { old } ... { old } } }", ["18 N.old"]),
      ("{ ...F } fragment F on N { old }", ["28 N.old"]),
      ("{ f(old: 1, e: B) }", ["5 Query.f(old:)", "16 E.B"]),
      ("{ f(i: {old: 1, list: [{a: B}, {old: null}]}) }", ["9 I.old", "28 E.B", "33 I.old"]),
      (
        "query ($i: I = {old: 1}, $e: E = B @d(old: 1)) { a }",
        ["17 I.old", "34 E.B", "39 @d(old:)"]
      ),
      (
        "query @d(old: 1, new: B) { t @d(old: 1) { id } }",
        ["10 @d(old:)", "23 E.B", "33 @d(old:)"]
      ),
      (
        "{ ...F @d(old: 1) ... @d(new: B) { nope } } fragment F on Query @d(old: 1) { t { id } }",
        ["11 @d(old:)", "31 E.B", "68 @d(old:)"]
      ),
      // What is unknown is another matter.
      ("{ nope(old: 1) { old } ...G } fragment F on Nope { old }", []),
      ("query ($e: Nope = B) { f(e: [B], i: 3, x: B) @nope(old: 1) }", []),
      ("{ f(i: [{old: 1}]) }", []),
    ])
  func uses(text: String, expected: [String]) throws {
    let schema = try checkSchema([Source(Self.schemaText)])
    let uses = deprecatedUses(in: try parse(Source(text)), schema)
    let found = uses.map { use in
      let what = use.message.split(separator: " is deprecated. ")[0].split(separator: " ").last
      return "\((use.locations.first?.start ?? 0) + 1) \(what ?? "")"
    }
    #expect(found.sorted() == expected.sorted())
    #expect(uses.allSatisfy { $0.rule == "NoDeprecated" })
  }

  @Test("a reason ends the sentence, the specification's own where none is given")
  func reasons() throws {
    let schema = try checkSchema([Source(Self.schemaText)])
    let uses = deprecatedUses(in: try parse(Source("{ n { old } f(old: 1, e: B) }")), schema)
    #expect(
      uses.map(\.message) == [
        "The field N.old is deprecated. No longer supported",
        "The argument Query.f(old:) is deprecated. No use.",
        "The enum value E.B is deprecated. No B.",
      ])
  }
}
