// Section 5.4.2 in a schema.

import Testing

@testable import GraphQLValidation

@Suite("UniqueArgumentNamesInSchema")
struct UniqueArgumentNamesInSchemaTests {
  @Test(
    "an applied directive is given each argument once",
    arguments: [
      SchemaCase("directive @d(a: Int, b: Int) on OBJECT type Query @d(a: 1, b: 2) { a: Int }"),
      SchemaCase(
        "directive @d(a: Int, b: Int) on OBJECT type Query @d(a: 1, b: 2, a: 3) { a: "
          + "Int @deprecated(reason: \"\", reason: \"\") }",
        "1:54 1:66 There can be only one argument named \"a\".",
        "1:93 1:105 There can be only one argument named \"reason\"."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueArgumentNames", in: testCase) == testCase.errors)
  }
}
