// Section 3.3: all types have unique names.

import Testing

@testable import GraphQLValidation

@Suite("UniqueTypeNames")
struct UniqueTypeNamesTests {
  @Test(
    "a type has a name of its own",
    arguments: [
      SchemaCase("type A { a: Int } scalar B enum C { A }"),
      SchemaCase("extend type A { a: Int } extend type A { b: Int }"),
      SchemaCase("type A { a: Int } fragment A on A { a } query A { a } directive @A on FIELD"),
      SchemaCase(
        "type A { a: Int }\nscalar A\nenum A { A }",
        "1:6 2:8 There can be only one type named \"A\".",
        "1:6 3:6 There can be only one type named \"A\"."),
      SchemaCase(
        "scalar Query",
        extending: "type Query { a: Int }",
        "1:8 Type \"Query\" already exists in the schema. It cannot also be defined in "
          + "this type definition."),
      SchemaCase("scalar B", extending: "type Query { a: Int } directive @B on FIELD"),
      SchemaCase(
        "scalar String",
        extending: "type Query { a: Int } type B { b: String }",
        "1:8 Type \"String\" already exists in the schema. It cannot also be defined "
          + "in this type definition."),
      SchemaCase(
        "scalar ID type Query { a: Int }",
        "1:8 Type \"ID\" is defined by the specification. It cannot be redefined."),
      SchemaCase(
        "type Query { a: Int } type __Type { a: Int }",
        "1:28 Type \"__Type\" is defined by the specification. It cannot be redefined."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueTypeNames", in: testCase) == testCase.errors)
  }
}
