// Section 3.3.1: root operation types.

import Testing

@testable import GraphQLValidation

@Suite("RootOperationTypes")
struct RootOperationTypesTests {
  @Test(
    "a schema has a query root, and roots are distinct object types",
    arguments: [
      SchemaCase("type Query { a: Int }"),
      SchemaCase(
        "schema { query: Q mutation: M subscription: S } type Q { a: Int } type M { a: "
          + "Int } type S { a: Int }"),
      SchemaCase("type Mutation { a: Int }", "Query root type must be provided."),
      SchemaCase(
        "schema { mutation: Query } type Query { a: Int }",
        "1:1 Query root type must be provided."),
      SchemaCase(
        "input Query { a: Int }",
        "1:1 Query root type must be Object type, it cannot be Query."),
      SchemaCase(
        "schema { query: Q mutation: M subscription: S } interface Q { a: Int } union "
          + "M = O enum S { A } type O { a: Int }",
        "1:17 Query root type must be Object type, it cannot be Q.",
        "1:29 Mutation root type must be Object type if provided, it cannot be M.",
        "1:45 Subscription root type must be Object type if provided, it cannot be S."),
      SchemaCase(
        "schema { query: ID }",
        "1:17 Query root type must be Object type, it cannot be ID."),
      SchemaCase(
        "schema { query: Query mutation: Query } type Query { a: Int }",
        "1:17 1:33 All root types must be different, \"Query\" type is used as query "
          + "and mutation root types."),
      SchemaCase(
        "schema { query: Query subscription: Query }\nextend schema { mutation: Query "
          + "}\ntype Query { a: Int }",
        "1:17 2:27 1:37 All root types must be different, \"Query\" type is used as "
          + "query, mutation, and subscription root types."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
