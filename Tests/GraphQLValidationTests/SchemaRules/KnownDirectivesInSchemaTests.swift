// Section 5.7.1 and 5.7.2 in a schema.

import Testing

@testable import GraphQLValidation

@Suite("KnownDirectivesInSchema")
struct KnownDirectivesInSchemaTests {
  @Test(
    "a directive is defined and stands where it may",
    arguments: [
      SchemaCase(
        "directive @d on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | "
          + "ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | "
          + "INPUT_FIELD_DEFINITION schema @d { query: O } scalar S @d type O @d { a(b: "
          + "Int @d): Int @d } interface I @d { a(b: Int @d): Int @d } union U @d = O enum "
          + "E @d { A @d } input In @d { a: Int @d } directive @e(a: Int @d) on FIELD"),
      SchemaCase(
        "type Query { a: Int @deprecated } scalar S @specifiedBy(url: \"\") input I "
          + "@oneOf { a: Int }"),
      SchemaCase(
        "type Query @a { a: Int @b }",
        "1:12 Unknown directive \"@a\".",
        "1:24 Unknown directive \"@b\"."),
      SchemaCase(
        "directive @q on QUERY schema @q { query: O } scalar S @q type O @q { a(b: Int "
          + "@q): Int @q } interface I @q { a(b: Int @q): Int @q } union U @q = O enum E "
          + "@q { A @q } input In @q { a: Int @q } ",
        "1:30 Directive \"@q\" may not be used on SCHEMA.",
        "1:55 Directive \"@q\" may not be used on SCALAR.",
        "1:65 Directive \"@q\" may not be used on OBJECT.",
        "1:88 Directive \"@q\" may not be used on FIELD_DEFINITION.",
        "1:79 Directive \"@q\" may not be used on ARGUMENT_DEFINITION.",
        "1:105 Directive \"@q\" may not be used on INTERFACE.",
        "1:128 Directive \"@q\" may not be used on FIELD_DEFINITION.",
        "1:119 Directive \"@q\" may not be used on ARGUMENT_DEFINITION.",
        "1:141 Directive \"@q\" may not be used on UNION.",
        "1:155 Directive \"@q\" may not be used on ENUM.",
        "1:162 Directive \"@q\" may not be used on ENUM_VALUE.",
        "1:176 Directive \"@q\" may not be used on INPUT_OBJECT.",
        "1:188 Directive \"@q\" may not be used on INPUT_FIELD_DEFINITION."),
      SchemaCase(
        "extend input A { b: Int @deprecated @skip(if: true) }",
        extending: "input A { a: Int }",
        "1:37 Directive \"@skip\" may not be used on INPUT_FIELD_DEFINITION."),
      SchemaCase(
        "extend schema @known @unknown",
        extending: "directive @known on SCHEMA type Query { a: Int }",
        "1:22 Unknown directive \"@unknown\"."),
      SchemaCase(
        "query Q($v: Int @b) @a { c @d ... @e { f } ...F @g } fragment F on T @h { i } "
          + "type T { a: Int }",
        "1:21 Unknown directive \"@a\".",
        "1:17 Unknown directive \"@b\".",
        "1:28 Unknown directive \"@d\".",
        "1:35 Unknown directive \"@e\".",
        "1:49 Unknown directive \"@g\".",
        "1:70 Unknown directive \"@h\"."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "KnownDirectives", in: testCase) == testCase.errors)
  }
}
