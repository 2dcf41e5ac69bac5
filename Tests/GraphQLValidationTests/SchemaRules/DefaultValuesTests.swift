// Sections 3.6.1, 3.10 and 3.13: default values.

import Testing

@testable import GraphQLValidation

@Suite("DefaultValues")
struct DefaultValuesTests {
  @Test(
    "a default value fits its type",
    arguments: [
      SchemaCase(
        "type Query { a(b: Int = 1, c: [Int!]! = 2, d: I = {a: 1}, e: E! = A, f: S = "
          + "{x: [1]}, g: Int = null): Int } input I { a: Float! b: I = null } enum E { "
          + "A } scalar S"),
      SchemaCase(
        "type Query { a(b: Int = \"a\", c: Int! = null, d: [Int!] = [1, null, \"b\"]): Int }",
        "1:25 Query.a(b:) has invalid default value: Int cannot represent non-integer value: \"a\"",
        "1:40 Query.a(c:) has invalid default value: Expected value of type \"Int!\", found null.",
        "1:62 Query.a(d:) has invalid default value at [1]: Expected value of type "
          + "\"Int!\", found null.",
        "1:68 Query.a(d:) has invalid default value at [2]: Int cannot represent "
          + "non-integer value: \"b\""),
      SchemaCase(
        "type Query { a: Int }\ninput I { a: Float! b: [I] = {a: \"x\", c: 1, b: null} d: Int "
          + "e: I = [] f: E = B } enum E { A }",
        "2:34 I.b has invalid default value at .a: Float cannot represent non numeric value: \"x\"",
        "2:39 I.b has invalid default value: Field \"c\" is not defined by type \"I\". "
          + "Did you mean \"a\", \"b\", \"d\", \"e\", or \"f\"?",
        "2:68 I.e has invalid default value: Expected value of type \"I\", found [].",
        "2:78 I.f has invalid default value: Value \"B\" does not exist in \"E\" enum. "
          + "Did you mean the enum value \"A\"?"),
      SchemaCase(
        "directive @d(a: C = {a: 1, b: 2}, b: C = {a: null}) on FIELD input C @oneOf { "
          + "a: Int b: Int } type Query { a: Int }",
        "1:21 @d(a:) has invalid default value: OneOf Input Object \"C\" must specify "
          + "exactly one key.",
        "1:42 @d(b:) has invalid default value: Field \"C.a\" must be non-null."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
