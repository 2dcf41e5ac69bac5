// Sections 3.6.1, 3.10 and 3.13.3: what holds for arguments and input fields alike.

import Testing

@testable import GraphQLValidation

@Suite("InputValues")
struct InputValuesTests {
  @Test(
    "an argument or input field has an input type, and is not deprecated where it must be given",
    arguments: [
      SchemaCase(
        "type Query { a(b: Int! = 1 @deprecated, c: I @deprecated): Int } input I { a: E }\n"
          + "enum E { A } directive @d(a: [E!]!) on FIELD"),
      SchemaCase(
        "type Query { a(b: Query!): Int }\ninput I { a: U } union U = Query\n"
          + "directive @d(a: [Query]) on FIELD",
        "3:14 The type of @d(a:) must be Input Type but got: [Query].",
        "1:19 The type of Query.a(b:) must be Input Type but got: Query!.",
        "2:14 The type of I.a must be Input Type but got: U."),
      SchemaCase(
        "type Query { a(b: Int! @deprecated): Int }\ninput I { a: Int! @deprecated }\n"
          + "directive @d(a: Int! @deprecated) on FIELD",
        "3:22 3:17 Required argument @d(a:) cannot be deprecated.",
        "1:24 1:19 Required argument Query.a(b:) cannot be deprecated.",
        "2:19 2:14 Required input field I.a cannot be deprecated."),
      SchemaCase(
        "type Query { a(b: Query = 1): Int }",
        "1:19 The type of Query.a(b:) must be Input Type but got: Query."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
