// Section 2.1.9 and 4: reserved names.

import Testing

@testable import GraphQLValidation

@Suite("ReservedNames")
struct ReservedNamesTests {
  @Test(
    "names with two leading underscores are refused",
    arguments: [
      SchemaCase("type Query { _a(_b: Int): Int } directive @_d(_e: Int) on FIELD enum E { _A }"),
      SchemaCase(
        "type Query { __a(__b: Int): Int }\ntype __T { a: Int }\nenum E { __A }\ninput "
          + "I { __a: Int }\ndirective @__d(__e: Int) on FIELD",
        "5:1 Name \"__d\" must not begin with \"__\", which is reserved by GraphQL introspection.",
        "5:16 Name \"__e\" must not begin with \"__\", which is reserved by GraphQL introspection.",
        "1:14 Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.",
        "1:18 Name \"__b\" must not begin with \"__\", which is reserved by GraphQL introspection.",
        "2:1 Name \"__T\" must not begin with \"__\", which is reserved by GraphQL introspection.",
        "3:10 Name \"__A\" must not begin with \"__\", which is reserved by GraphQL introspection.",
        "4:11 Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
