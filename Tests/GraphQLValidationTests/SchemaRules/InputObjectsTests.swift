// Section 3.10: Type Validation.

import Testing

@testable import GraphQLValidation

@Suite("InputObjects")
struct InputObjectsTests {
  @Test(
    "an input object has fields of input types, and those of a OneOf are optional",
    arguments: [
      SchemaCase(
        "type Query { a: Int } input I { a: Int b: [I!] c: E d: S } enum E { A } scalar S"),
      SchemaCase("type Query { a: Int } input I @oneOf { a: Int b: I }"),
      SchemaCase(
        "type Query { a: Int }\ninput I\nextend input I @d directive @d on INPUT_OBJECT",
        "2:1 3:1 Input Object type I must define one or more fields."),
      SchemaCase(
        "type Query { a: Int }\ninput I { a: Query b: [Query!]! }",
        "2:14 The type of I.a must be Input Type but got: Query.",
        "2:23 The type of I.b must be Input Type but got: [Query!]!."),
      SchemaCase(
        "type Query { a: Int }\ninput I { a: Int! @deprecated b: Int! = 1 @deprecated "
          + "c: Int @deprecated }",
        "2:19 2:14 Required input field I.a cannot be deprecated."),
      SchemaCase(
        "type Query { a: Int }\ninput I @oneOf { a: Int! b: Int = 1 }\nextend input I "
          + "{ c: String! }",
        "2:21 OneOf input field I.a must be nullable.",
        "2:26 OneOf input field I.b cannot have a default value.",
        "3:21 OneOf input field I.c must be nullable."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
