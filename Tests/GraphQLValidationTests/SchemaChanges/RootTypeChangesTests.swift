// Root operation types that are gone or that moved.

import Testing

@testable import GraphQLValidation

struct RootTypeChangesTests {
  @Test(
    "an operation that is gone or begins elsewhere breaks its clients",
    arguments: [
      (
        "type Query { a: Int } type Mutation { a: Int }",
        "schema { query: Query } type Query { a: Int } type Mutation { a: Int }",
        [
          "ROOT_OPERATION_TYPE_REMOVED Mutation is no longer the mutation root type: the schema "
            + "has none."
        ]
      ),
      (
        "type Query { a: Int } type Start { a: Int }",
        "schema { query: Start } type Query { a: Int } type Start { a: Int }",
        ["ROOT_OPERATION_TYPE_CHANGED Query is no longer the query root type: Start is."]
      ),
      (
        "type Query { a: Int } type Subscription { a: Int }", "type Query { a: Int }",
        [
          "ROOT_OPERATION_TYPE_REMOVED Subscription is no longer the subscription root type: the "
            + "schema has none.",
          "TYPE_REMOVED Subscription was removed.",
        ]
      ),
      ("type Query { a: Int }", "schema { query: Query } type Query { a: Int }", []),
      ("type Query { a: Int }", "type Query { a: Int } type Mutation { a: Int }", []),
    ])
  func roots(old: String, new: String, lines: [String]) throws {
    #expect(try changeLines(from: old, to: new, isWhole: true) == lines)
  }
}
