// Section 5.6.1 in a schema.

import Testing

@testable import GraphQLValidation

@Suite("ValuesOfCorrectTypeInSchema")
struct ValuesOfCorrectTypeInSchemaTests {
  @Test(
    "an argument of an applied directive has the right type",
    arguments: [
      SchemaCase(
        "directive @d(a: [Int!], b: E, c: I) on OBJECT enum E { A } input I { a: Int! "
          + "} type Query @d(a: 1, b: A, c: {a: 1}) { a: Int @deprecated(reason: \"\") }"),
      SchemaCase(
        "type Query { a: Int @deprecated(reason: 1) b: Int @deprecated(reason: null) }",
        "1:41 String cannot represent a non string value: 1",
        "1:71 Expected value of type \"String!\", found null."),
      SchemaCase(
        "directive @d(a: [Int!], b: E, c: I) on OBJECT enum E { A } input I { a: Int! "
          + "}\ntype Query @d(a: [1, \"a\"], b: B, c: {b: 1}) { a: Int }",
        "2:22 Int cannot represent non-integer value: \"a\"",
        "2:31 Value \"B\" does not exist in \"E\" enum. Did you mean the enum value \"A\"?",
        "2:37 Field \"I.a\" of required type \"Int!\" was not provided.",
        "2:38 Field \"b\" is not defined by type \"I\". Did you mean \"a\"?"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "ValuesOfCorrectType", in: testCase) == testCase.errors)
  }
}
