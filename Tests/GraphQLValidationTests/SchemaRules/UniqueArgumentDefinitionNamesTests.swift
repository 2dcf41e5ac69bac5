// Sections 3.6.1 and 3.13: unique argument names.

import Testing

@testable import GraphQLValidation

@Suite("UniqueArgumentDefinitionNames")
struct UniqueArgumentDefinitionNamesTests {
  @Test(
    "a field or directive defines each argument once",
    arguments: [
      SchemaCase(
        "type A { a(b: Int, c: Int): Int d(b: Int): Int } directive @e(b: Int, c: Int) on FIELD"),
      SchemaCase(
        "type A { a(b: Int, c: Int, b: Int): Int }",
        "1:12 1:28 Argument \"A.a(b:)\" can only be defined once."),
      SchemaCase(
        "interface A { a(b: Int, b: Int, b: Int): Int }",
        "1:17 1:25 1:33 Argument \"A.a(b:)\" can only be defined once."),
      SchemaCase(
        "extend type A { a(b: Int, b: Int): Int }\nextend interface B { a(b: Int, b: Int): Int }",
        "1:19 1:27 Argument \"A.a(b:)\" can only be defined once.",
        "2:24 2:32 Argument \"B.a(b:)\" can only be defined once."),
      SchemaCase(
        "directive @d(a: Int, b: Int, a: Int) on FIELD",
        "1:14 1:30 Argument \"@d(a:)\" can only be defined once."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueArgumentDefinitionNames", in: testCase) == testCase.errors)
  }
}
