// The comparison as a whole: the order of what it tells, the places, and what it leaves aside.

import GraphQLSyntax
import GraphQLTypes
import Testing

@testable import GraphQLValidation

struct CompareSchemasTests {
  @Test func `breaking changes come first, each kind in the order of the schemas`() throws {
    let lines = try changeLines(
      from: "enum E { A B } type T { x: Int y: Int } directive @d on FIELD",
      to: "enum E { B C } type T { y(z: Int): Int }")
    #expect(
      lines == [
        "VALUE_REMOVED_FROM_ENUM E.A was removed.",
        "FIELD_REMOVED T.x was removed.",
        "DIRECTIVE_REMOVED @d was removed.",
        "VALUE_ADDED_TO_ENUM E.C was added.",
        "OPTIONAL_ARG_ADDED T.y(z:) was added.",
      ])
  }

  @Test(
    "what clients cannot notice is no change",
    arguments: [
      ("type T { x: Int }", "\"About it\" type T { \"About x\" x: Int @deprecated }"),
      ("type T { x: Int y: Int }", "type T { y: Int x: Int }"),
      ("type T { x: Int } extend type T { y: Int }", "type T { x: Int y: Int }"),
      ("", "type T { x: Int } input I { y: Int! } enum E { A } directive @d(a: Int!) on FIELD"),
      ("type T { x: Int }", "type T { x: Int y(a: Int!): Int }"),
      ("", "type Mutation { x: Int }"),
      ("directive @d on FIELD", "directive @d repeatable on QUERY | FIELD"),
      ("scalar S", "scalar S scalar O"),
    ])
  func unnoticed(old: String, new: String) throws {
    #expect(try changeLines(from: old, to: new) == [])
    #expect(try changeLines(from: new, to: new) == [])
  }

  @Test func `what was removed is told where it stood, what changed where it stands`() throws {
    let old = try checkSchema([
      Source("type Query { x: Int }", name: "a"),
      Source("extend type Query {\n  \"gone\" y: Int\n  z: Int!\n}", name: "b"),
    ])
    let new = try checkSchema([Source("type Query { x: Int\n\"less\" z:\n Int }", name: "c")])
    let places = placedChanges(from: old, to: new).map { change in
      "\(change.change.coordinate) \(change.place.file) \(change.place.location.line):"
        + "\(change.place.location.column)"
    }
    #expect(places == ["Query.y b 2:10", "Query.z c 3:2"])
  }
}
