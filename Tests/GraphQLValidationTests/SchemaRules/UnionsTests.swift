// Section 3.8: Type Validation.

import Testing

@testable import GraphQLValidation

@Suite("Unions")
struct UnionsTests {
  @Test(
    "a union has members, each an object type and once",
    arguments: [
      SchemaCase("type Query { a: Int } union U = Query"),
      SchemaCase(
        "type Query { a: Int }\nunion U\nextend union U @d\ndirective @d on UNION",
        "2:1 3:1 Union type U must define one or more member types."),
      SchemaCase(
        "type Query { a: Int }\nunion U = Query | O | Query type O { a: Int }\nextend "
          + "union U = Query",
        "2:11 2:23 3:18 Union type U can only include type Query once.",
        "2:11 2:23 3:18 Union type U can only include type Query once."),
      SchemaCase(
        "type Query { a: Int }\nunion U = I | V | Int\ninterface I { a: Int } union V = Query",
        "2:11 Union type U can only include Object types, it cannot include I.",
        "2:15 Union type U can only include Object types, it cannot include V.",
        "2:19 Union type U can only include Object types, it cannot include Int."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
