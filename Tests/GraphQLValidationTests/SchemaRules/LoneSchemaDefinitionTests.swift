// Section 3.3: one schema definition.

import Testing

@testable import GraphQLValidation

@Suite("LoneSchemaDefinition")
struct LoneSchemaDefinitionTests {
  @Test(
    "a document defines its schema at most once",
    arguments: [
      SchemaCase("type Query { a: Int }"),
      SchemaCase("schema { query: Query } type Query { a: Int }"),
      SchemaCase("extend schema { mutation: M } type M { a: Int } type Query { a: Int }"),
      SchemaCase(
        "schema { query: Query } schema { mutation: M } type Query { a: Int } type M { a: Int }",
        "1:25 Must provide only one schema definition."),
      SchemaCase(
        "schema { query: Query }\nschema { query: Query }\nschema { query: Query "
          + "}\ntype Query { a: Int }",
        "2:1 Must provide only one schema definition.",
        "3:1 Must provide only one schema definition."),
      SchemaCase(
        "schema { query: Query }",
        extending: "type Query { a: Int }",
        "1:1 Cannot define a new schema within a schema extension."),
      SchemaCase(
        "schema { mutation: Query }",
        extending: "schema { query: Query } type Query { a: Int }",
        "1:1 Cannot define a new schema within a schema extension."),
      SchemaCase(
        "schema { query: Query } type Query { a: Int }",
        extending: "directive @d on SCHEMA"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "LoneSchemaDefinition", in: testCase) == testCase.errors)
  }
}
