// Section 5.4.3 in a schema.

import Testing

@testable import GraphQLValidation

@Suite("ProvidedRequiredArgumentsOnDirectives")
struct ProvidedRequiredArgumentsOnDirectivesTests {
  @Test(
    "an applied directive has its required arguments",
    arguments: [
      SchemaCase(
        "directive @d(a: Int!, b: Int! = 1, c: Int) on OBJECT type Query @d(a: 1) { a: "
          + "Int @deprecated }"),
      SchemaCase(
        "directive @d(a: Int!, b: [Int]!) on OBJECT type Query @d { a: Int }",
        "1:55 Directive \"@d\" argument \"a\" of type \"Int!\" is required, but it was "
          + "not provided.",
        "1:55 Directive \"@d\" argument \"b\" of type \"[Int]!\" is required, but it "
          + "was not provided."),
      SchemaCase(
        "scalar S @specifiedBy",
        "1:10 Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is "
          + "required, but it was not provided."),
      SchemaCase(
        "extend type Query @d",
        extending: "directive @d(a: Int!) on OBJECT type Query { a: Int }",
        "1:19 Directive \"@d\" argument \"a\" of type \"Int!\" is required, but it was "
          + "not provided."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(
      try errors(of: "ProvidedRequiredArgumentsOnDirectives", in: testCase) == testCase.errors)
  }
}
