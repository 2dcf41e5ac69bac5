// Sections 3.5, 3.13.5 and 4.2: the specification's own types stay as they are.

import Testing

@testable import GraphQLValidation

@Suite("BuiltInTypeExtensions")
struct BuiltInTypeExtensionsTests {
  @Test(
    "a built-in scalar has no URL, an introspection type no extension",
    arguments: [
      SchemaCase(
        "extend scalar String @d directive @d on SCALAR", extending: "type Query { a: String }"),
      SchemaCase(
        "extend scalar S @specifiedBy(url: \"x\")",
        extending: "type Query { a: String } scalar S"),
      SchemaCase(
        "extend scalar String @specifiedBy(url: \"x\")\nextend scalar ID @d directive @d on SCALAR",
        extending: "type Query { a: ID b: String }",
        "1:22 Directive \"@specifiedBy\" must not be provided for the built-in scalar String."),
      SchemaCase(
        "extend type __Type { b: Int }\nextend enum __TypeKind { B }",
        extending: "type Query { a: String }",
        "1:13 Type \"__Type\" is defined by the specification. It cannot be extended.",
        "2:13 Type \"__TypeKind\" is defined by the specification. It cannot be extended."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
