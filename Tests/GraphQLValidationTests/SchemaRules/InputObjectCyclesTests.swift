// Section 3.10: Circular References.

import Testing

@testable import GraphQLValidation

@Suite("InputObjectCycles")
struct InputObjectCyclesTests {
  @Test(
    "an input object can be finite",
    arguments: [
      SchemaCase(
        "type Query { a: Int } input I { self: I selves: [I!]! other: J! } input J { back: I }"),
      SchemaCase(
        "type Query { a: Int }\ninput I { self: I! }",
        "2:11 Cannot reference Input Object \"I\" within itself through a series of "
          + "non-null fields: \"self\"."),
      SchemaCase(
        "type Query { a: Int }\ninput A { b: B! }\ninput B { c: C! }\ninput C { a: A! }",
        "2:11 3:11 4:11 Cannot reference Input Object \"A\" within itself through a "
          + "series of non-null fields: \"b.c.a\"."),
      SchemaCase(
        "type Query { a: Int }\ninput A { b: B! }\ninput B { c: C! d: D! }\ninput C { "
          + "b: B! }\ninput D { d: D! }",
        "3:11 4:11 Cannot reference Input Object \"B\" within itself through a series "
          + "of non-null fields: \"c.b\".",
        "5:11 Cannot reference Input Object \"D\" within itself through a series of "
          + "non-null fields: \"d\"."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
