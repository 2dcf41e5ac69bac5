// Section 5.4.1 in a schema.

import Testing

@testable import GraphQLValidation

@Suite("KnownArgumentNamesOnDirectives")
struct KnownArgumentNamesOnDirectivesTests {
  @Test(
    "an argument of an applied directive is defined by it",
    arguments: [
      SchemaCase(
        "directive @d(a: Int) on OBJECT type Query @d(a: 1) { a: Int @deprecated(reason: \"\") }"),
      SchemaCase(
        "directive @d(arg: Int) on OBJECT type Query @d(ar: 1) { a: Int "
          + "@deprecated(unknown: \"\") }",
        "1:48 Unknown argument \"ar\" on directive \"@d\". Did you mean \"arg\"?",
        "1:76 Unknown argument \"unknown\" on directive \"@deprecated\"."),
      SchemaCase(
        "directive @deprecated(why: String) on FIELD_DEFINITION type Query { a: Int "
          + "@deprecated(reason: \"\") }",
        "1:88 Unknown argument \"reason\" on directive \"@deprecated\"."),
      SchemaCase(
        "extend type Query @d(b: 1)",
        extending: "directive @d(a: Int) on OBJECT type Query { a: Int }",
        "1:22 Unknown argument \"b\" on directive \"@d\". Did you mean \"a\"?"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "KnownArgumentNamesOnDirectives", in: testCase) == testCase.errors)
  }
}
