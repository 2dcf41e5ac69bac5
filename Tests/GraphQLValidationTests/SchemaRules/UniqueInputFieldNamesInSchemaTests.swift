// Section 5.6.3 in a schema.

import Testing

@testable import GraphQLValidation

@Suite("UniqueInputFieldNamesInSchema")
struct UniqueInputFieldNamesInSchemaTests {
  @Test(
    "an input object literal names each field once",
    arguments: [
      SchemaCase("input I { a: Int b: I } type Query { a(b: I = {a: 1, b: {a: 1}}): Int }"),
      SchemaCase(
        "input I { a: Int b: I = {a: 1, a: 2} }\ntype Query { a(b: [I] = [{b: {a: 1, "
          + "a: 2}}]): Int }\ndirective @d(a: I = {a: 1, a: 2}) on FIELD",
        "1:26 1:32 There can be only one input field named \"a\".",
        "2:31 2:37 There can be only one input field named \"a\".",
        "3:22 3:28 There can be only one input field named \"a\"."),
      SchemaCase(
        "input I { a: Int } directive @d(a: I) on OBJECT type Query @d(a: {a: 1, a: 2}) { a: Int }",
        "1:67 1:73 There can be only one input field named \"a\"."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueInputFieldNames", in: testCase) == testCase.errors)
  }
}
