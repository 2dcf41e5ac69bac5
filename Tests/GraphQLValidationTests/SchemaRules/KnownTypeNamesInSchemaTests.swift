// Section 3.4: references to types.

import Testing

@testable import GraphQLValidation

@Suite("KnownTypeNamesInSchema")
struct KnownTypeNamesInSchemaTests {
  @Test(
    "every type that is referred to exists",
    arguments: [
      SchemaCase(
        "type Query implements I { a(b: In): U } interface I { a(b: In): U } union U = "
          + "Query input In { a: Int, b: E, c: [S!]! } enum E { A } scalar S directive "
          + "@d(a: In) on FIELD"),
      SchemaCase(
        "type A implements B & C { a(b: D = 1): [E!]! }",
        "1:19 Unknown type \"B\". Did you mean \"A\"?",
        "1:23 Unknown type \"C\". Did you mean \"A\"?",
        "1:32 Unknown type \"D\". Did you mean \"A\" or \"ID\"?",
        "1:41 Unknown type \"E\". Did you mean \"A\"?"),
      SchemaCase(
        "union U = A | B",
        "1:11 Unknown type \"A\". Did you mean \"U\"?",
        "1:15 Unknown type \"B\". Did you mean \"U\"?"),
      SchemaCase(
        "input In { a: A }\nextend input In { b: B }",
        "1:15 Unknown type \"A\".",
        "2:22 Unknown type \"B\"."),
      SchemaCase(
        "schema { query: A }\nextend schema { mutation: B }",
        "1:17 Unknown type \"A\".",
        "2:27 Unknown type \"B\"."),
      SchemaCase("directive @d(a: A) on FIELD", "1:17 Unknown type \"A\"."),
      SchemaCase(
        "type Query { a: Strin b: __Type c: Float }",
        "1:17 Unknown type \"Strin\". Did you mean \"String\"?"),
      SchemaCase(
        "extend type Query { b: Other c: Missing }",
        extending: "type Query { a: Int } type Other { a: Int }",
        "1:33 Unknown type \"Missing\"."),
      SchemaCase(
        "fragment F on Missing { ... on Absent { a } } query ($a: Nothing) { a }",
        "1:15 Unknown type \"Missing\".",
        "1:32 Unknown type \"Absent\".",
        "1:58 Unknown type \"Nothing\". Did you mean \"String\"?"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "KnownTypeNames", in: testCase) == testCase.errors)
  }
}
