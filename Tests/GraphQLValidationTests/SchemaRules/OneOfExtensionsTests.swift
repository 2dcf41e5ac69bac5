// Section 3.10.3: Type Validation of input object extensions.

import Testing

@testable import GraphQLValidation

@Suite("OneOfExtensions")
struct OneOfExtensionsTests {
  @Test(
    "an input object becomes a OneOf by its definition alone",
    arguments: [
      SchemaCase("type Query { a: Int } input I @oneOf { a: Int } extend input I { b: Int }"),
      SchemaCase(
        "type Query { a: Int } input I { a: Int }\nextend input I @oneOf",
        "2:16 Directive \"@oneOf\" must not be provided by an extension of Input Object I."),
      SchemaCase(
        "extend input I @oneOf { b: Int! }",
        extending: "type Query { a: Int } input I { a: Int }",
        "1:28 OneOf input field I.b must be nullable.",
        "1:16 Directive \"@oneOf\" must not be provided by an extension of Input Object I."),
      SchemaCase(
        "type Query { a: Int } input I @oneOf { a: Int }\nextend input I { b: Int! c: Int = 1 }",
        "2:21 OneOf input field I.b must be nullable.",
        "2:26 OneOf input field I.c cannot have a default value."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
