// Section 5.7.3 in a schema.

import Testing

@testable import GraphQLValidation

@Suite("UniqueDirectivesInSchema")
struct UniqueDirectivesInSchemaTests {
  @Test(
    "a directive that is not repeatable stands once at a place, extensions included",
    arguments: [
      SchemaCase(
        "directive @d on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | "
          + "ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | "
          + "INPUT_FIELD_DEFINITION schema @d { query: O } scalar S @d type O @d { a(b: "
          + "Int @d): Int @d } interface I @d { a(b: Int @d): Int @d } union U @d = O enum "
          + "E @d { A @d } input In @d { a: Int @d } directive @e(a: Int @d) on FIELD"),
      SchemaCase(
        "directive @r repeatable on OBJECT | FIELD_DEFINITION type Query @r @r { a: "
          + "Int @r @r } extend type Query @r"),
      SchemaCase(
        "directive @d on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | "
          + "ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | "
          + "INPUT_FIELD_DEFINITION type Query @d\n@d { a: Int @d\n@d }",
        "1:174 2:1 The directive \"@d\" can only be used once at this location.",
        "2:13 3:1 The directive \"@d\" can only be used once at this location."),
      SchemaCase(
        "directive @d on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | "
          + "ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | "
          + "INPUT_FIELD_DEFINITION \nschema @d { query: Q }\nextend schema @d\nextend "
          + "schema @d",
        "2:8 3:15 The directive \"@d\" can only be used once at this location.",
        "2:8 4:15 The directive \"@d\" can only be used once at this location."),
      SchemaCase(
        "directive @d on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | "
          + "ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | "
          + "INPUT_FIELD_DEFINITION \nextend type A @d\ntype A @d { a: Int }\ntype B @d { "
          + "a: Int }",
        "2:15 3:8 The directive \"@d\" can only be used once at this location."),
      SchemaCase(
        "extend type A @d",
        extending: "directive @d on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | "
          + "ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | "
          + "INPUT_FIELD_DEFINITION type A @d { a: Int }",
        "1:15 The directive \"@d\" can only be used once at this location."),
      SchemaCase(
        "enum E { A @deprecated @deprecated } input I { a: Int @deprecated @deprecated }",
        "1:12 1:24 The directive \"@deprecated\" can only be used once at this location.",
        "1:55 1:67 The directive \"@deprecated\" can only be used once at this location."),
      SchemaCase("type Query { a(b: Int @unknown @unknown): Int }"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueDirectivesPerLocation", in: testCase) == testCase.errors)
  }
}
