// Section 3.3.1: root operation types.

import Testing

@testable import GraphQLValidation

@Suite("UniqueOperationTypes")
struct UniqueOperationTypesTests {
  @Test(
    "a schema names each root at most once",
    arguments: [
      SchemaCase("schema { query: Query mutation: M subscription: S } type Query { a: Int }"),
      SchemaCase(
        "schema { query: Query } extend schema { mutation: M } extend schema { subscription: S }"),
      SchemaCase(
        "schema { query: A query: B }",
        "1:10 1:19 There can be only one query type in schema."),
      SchemaCase(
        "schema { mutation: A }\nextend schema { mutation: B }\nextend schema { mutation: C }",
        "1:10 2:17 There can be only one mutation type in schema.",
        "1:10 3:17 There can be only one mutation type in schema."),
      SchemaCase(
        "extend schema { query: A }",
        extending: "type Query { a: Int }",
        "1:17 Type for query already defined in the schema. It cannot be redefined."),
      SchemaCase(
        "extend schema { mutation: A subscription: A }",
        extending: "type Query { a: Int }"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueOperationTypes", in: testCase) == testCase.errors)
  }
}
