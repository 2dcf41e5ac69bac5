// Sections 3.6, 3.7 and 3.10: unique field names.

import Testing

@testable import GraphQLValidation

@Suite("UniqueFieldDefinitionNames")
struct UniqueFieldDefinitionNamesTests {
  @Test(
    "a type has each field once",
    arguments: [
      SchemaCase("type A { a: Int b: Int } type B { a: Int }"),
      SchemaCase("interface A { a: Int } extend interface A { b: Int }"),
      SchemaCase("type A { a: Int\na: Int }", "1:10 2:1 Field \"A.a\" can only be defined once."),
      SchemaCase(
        "interface A { a: Int\na: Int }",
        "1:15 2:1 Field \"A.a\" can only be defined once."),
      SchemaCase("input A { a: Int\na: Int }", "1:11 2:1 Field \"A.a\" can only be defined once."),
      SchemaCase(
        "type A { a: Int }\nextend type A { a: Int }\nextend type A { a: Int }",
        "1:10 2:17 Field \"A.a\" can only be defined once.",
        "1:10 3:17 Field \"A.a\" can only be defined once."),
      SchemaCase(
        "extend type A { a: Int b: Int }",
        extending: "type A { a: Int }",
        "1:17 Field \"A.a\" already exists in the schema. It cannot also be defined in "
          + "this type extension."),
      SchemaCase(
        "extend input A { a: Int }",
        extending: "input A { a: Int }",
        "1:18 Field \"A.a\" already exists in the schema. It cannot also be defined in "
          + "this type extension."),
      SchemaCase(
        "extend interface A { a: Int }",
        extending: "interface A { a: Int }",
        "1:22 Field \"A.a\" already exists in the schema. It cannot also be defined in "
          + "this type extension."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueFieldDefinitionNames", in: testCase) == testCase.errors)
  }
}
