// Section 3.13: Type Validation.

import Testing

@testable import GraphQLValidation

@Suite("DirectiveDefinitions")
struct DirectiveDefinitionsTests {
  @Test(
    "a directive takes input types and does not use itself",
    arguments: [
      SchemaCase(
        "type Query { a: Int } directive @d(a: Int, b: I) repeatable on FIELD input I "
          + "{ a: Int @deprecated }"),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: Query, b: [Query!]) on FIELD",
        "2:14 The type of @d(a:) must be Input Type but got: Query.",
        "2:24 The type of @d(b:) must be Input Type but got: [Query!]."),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: Int! @deprecated) on FIELD",
        "2:22 2:17 Required argument @d(a:) cannot be deprecated."),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: Int @d) on ARGUMENT_DEFINITION",
        "2:1 Directive @d cannot be used within its own definition."),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: Int @e) on "
          + "ARGUMENT_DEFINITION\ndirective @e(a: Int @d) on ARGUMENT_DEFINITION",
        "2:1 Directive @d cannot be used within its own definition.",
        "3:1 Directive @e cannot be used within its own definition."),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: I) on INPUT_FIELD_DEFINITION | "
          + "ENUM_VALUE\ninput I { a: E b: I } enum E { A @d }",
        "2:1 Directive @d cannot be used within its own definition."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
