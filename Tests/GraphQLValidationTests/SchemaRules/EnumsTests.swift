// Section 3.9: Type Validation.

import Testing

@testable import GraphQLValidation

@Suite("Enums")
struct EnumsTests {
  @Test(
    "an enum has values",
    arguments: [
      SchemaCase("type Query { a: Int } enum E { A }"),
      SchemaCase(
        "type Query { a: Int }\nenum E\nextend enum E @d directive @d on ENUM",
        "2:1 3:1 Enum type E must define one or more values."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
