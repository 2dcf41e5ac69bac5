// The printed schema: layout, and what is left out because it says nothing.

import GraphQLSyntax
import Testing

@testable import GraphQLTypes

@Suite("Print schema")
struct PrintSchemaTests {
  @Test(
    "prints what it was given, where that is laid out as it lays out",
    arguments: [
      "type Query {\n  a: Int\n}",
      "type Query",
      "schema {\n  query: Q\n}\n\ntype Q {\n  a: Int\n}",
      "schema {\n  query: Q\n  mutation: M\n  subscription: S\n}\n\ntype Q\n\ntype M\n\ntype S",
      "\"\"\"About.\"\"\"\nschema {\n  query: Query\n}\n\ntype Query",
      // A type with a root's name that is none has to be told apart.
      "schema {\n  query: Query\n}\n\ntype Query\n\ntype Mutation",
      "directive @a on FIELD\n\ndirective @b(c: Int = 1) repeatable on FIELD | QUERY\n\ntype Query",
      "type Query {\n  a(b: String = \"c\", d: [Int!]! = [1]): Int\n}",
      "type Query {\n  \"\"\"One.\"\"\"\n  a: Int\n\n  \"\"\"Two.\"\"\"\n  b: Int\n  c: Int\n}",
      "type Query {\n  a(\n    \"\"\"First.\"\"\"\n    b: Int\n\n    \"\"\"Next.\"\"\"\n    c: Int\n    d: Int\n  ): Int\n}",
      "type Query {\n  a: Int @deprecated\n  b: Int @deprecated(reason: \"\")\n}",
      "union U",
      "enum E {\n  A @deprecated(reason: \"a \\\"b\\\"\")\n}",
      "input I {\n  a: Int = 1 @deprecated\n}",
      "interface A implements B & C\n\ninterface B\n\ninterface C",
    ])
  func fixedPoint(text: String) throws {
    #expect(printSchema(try assembled(text)) == text)
  }

  @Test(
    "leaves out what the types' names say, and what introspection does not tell",
    arguments: [
      ("schema { query: Query } type Query { a: Int }", "type Query {\n  a: Int\n}"),
      ("scalar ID type Query { a: ID }", "type Query {\n  a: ID\n}"),
      (
        "directive @d on OBJECT type Query @d { a: Int }",
        "directive @d on OBJECT\n\ntype Query {\n  a: Int\n}"
      ),
      (
        "\"\" type Query { \"\" a: Int }", "\"\"\"\"\"\"\ntype Query {\n  \"\"\"\"\"\"\n  a: Int\n}"
      ),
      (
        "enum E { \"\"\"\n  long\n    text\n\"\"\" A }",
        "enum E {\n  \"\"\"\n  long\n    text\n  \"\"\"\n  A\n}"
      ),
      (
        "type Query { a(b: String = \"\"\"c\"\"\"): Int }",
        "type Query {\n  a(b: String = \"c\"): Int\n}"
      ),
    ])
  func normalised(text: String, expected: String) throws {
    #expect(printSchema(try assembled(text)) == expected)
  }
}
