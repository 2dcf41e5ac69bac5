// Named types that are gone or became something else.

import Testing

@testable import GraphQLValidation

struct TypeChangesTests {
  @Test(
    "a type that is gone, another kind, or another scalar is told",
    arguments: [
      ("type A { x: Int }", "", ["TYPE_REMOVED A was removed."]),
      ("type A { x: Int }", "type B { x: Int }", ["TYPE_REMOVED A was removed."]),
      (
        "type A { x: ID y: Int }", "type A { y: Int }",
        [
          "FIELD_REMOVED A.x was removed.",
          "TYPE_REMOVED ID was removed: nothing refers to it any more.",
        ]
      ),
      (
        "type A { x: Int }", "interface A { x: Int }",
        ["TYPE_CHANGED_KIND A changed from an object type to an interface."]
      ),
      (
        "scalar A", "enum A { X }", ["TYPE_CHANGED_KIND A changed from a scalar to an enum."]
      ),
      (
        "input A { x: Int }", "union A = Query",
        ["TYPE_CHANGED_KIND A changed from an input object to a union."]
      ),
      (
        #"scalar S @specifiedBy(url: "a")"#, "scalar S",
        [#"SPECIFIED_BY_URL_CHANGE S changed what it is specified by from "a" to nothing."#]
      ),
      (
        "input I { a: Int }", "input I @oneOf { a: Int }",
        [
          "ONE_OF_ADDED I became a OneOf Input Object: exactly one of its fields must be given."
        ]
      ),
      (
        "input I @oneOf { a: Int }", "input I { a: Int }",
        [
          "ONE_OF_REMOVED I is no longer a OneOf Input Object: any of its fields may be given."
        ]
      ),
    ])
  func types(old: String, new: String, lines: [String]) throws {
    #expect(try changeLines(from: old, to: new) == lines)
  }
}
