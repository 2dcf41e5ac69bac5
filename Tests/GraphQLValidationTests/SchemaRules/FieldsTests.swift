// Sections 3.6 and 3.7: Type Validation.

import Testing

@testable import GraphQLValidation

@Suite("Fields")
struct FieldsTests {
  @Test(
    "objects and interfaces have fields of output types, arguments of input types",
    arguments: [
      SchemaCase(
        "type Query { a: Int b: [O!]! c: I d: U e: E f: S g(a: Int, b: E, c: S, d: "
          + "In): O } type O { a: Int } interface I { a: Int } union U = O enum E { A } "
          + "scalar S input In { a: Int }"),
      SchemaCase("type Query", "1:1 Type Query must define one or more fields."),
      SchemaCase(
        "type Query { a: Int }\ninterface I\ntype O\nextend type O @d\ndirective @d on OBJECT",
        "2:1 Type I must define one or more fields.",
        "3:1 4:1 Type O must define one or more fields."),
      SchemaCase(
        "type Query { a: In b: [In!]! } input In { a: Int }",
        "1:17 The type of Query.a must be Output Type but got: In.",
        "1:23 The type of Query.b must be Output Type but got: [In!]!."),
      SchemaCase(
        "type Query { a(b: Query, c: [U!]): Int } union U = Query interface I { a(b: I!): Int }",
        "1:19 The type of Query.a(b:) must be Input Type but got: Query.",
        "1:29 The type of Query.a(c:) must be Input Type but got: [U!].",
        "1:77 The type of I.a(b:) must be Input Type but got: I!."),
      SchemaCase(
        "type Query { a(b: Int! @deprecated, c: Int! = 1 @deprecated, d: Int @deprecated): Int }",
        "1:24 1:19 Required argument Query.a(b:) cannot be deprecated."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
