// Section 3.13: unique directive names.

import Testing

@testable import GraphQLValidation

@Suite("UniqueDirectiveNames")
struct UniqueDirectiveNamesTests {
  @Test(
    "a directive has a name of its own",
    arguments: [
      SchemaCase("directive @a on FIELD directive @b on FIELD type a { a: Int }"),
      SchemaCase(
        "directive @a on FIELD\ndirective @a on QUERY",
        "1:12 2:12 There can be only one directive named \"@a\"."),
      SchemaCase(
        "directive @a on FIELD",
        extending: "directive @a on FIELD",
        "1:12 Directive \"@a\" already exists in the schema. It cannot be redefined."),
      SchemaCase("directive @skip on FIELD"),
      SchemaCase(
        "directive @skip on FIELD",
        extending: "type Query { a: Int }",
        "1:12 Directive \"@skip\" already exists in the schema. It cannot be redefined."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueDirectiveNames", in: testCase) == testCase.errors)
  }
}
