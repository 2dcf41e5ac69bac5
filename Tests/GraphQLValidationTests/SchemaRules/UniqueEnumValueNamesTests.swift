// Section 3.9: unique enum values.

import Testing

@testable import GraphQLValidation

@Suite("UniqueEnumValueNames")
struct UniqueEnumValueNamesTests {
  @Test(
    "an enum has each value once",
    arguments: [
      SchemaCase("enum E { A B } enum F { A }"),
      SchemaCase("enum E { A } extend enum E { B }"),
      SchemaCase(
        "enum E { A\nA\nA }",
        "1:10 2:1 Enum value \"E.A\" can only be defined once.",
        "1:10 3:1 Enum value \"E.A\" can only be defined once."),
      SchemaCase(
        "extend enum E { A }\nenum E { A }",
        "1:17 2:10 Enum value \"E.A\" can only be defined once."),
      SchemaCase(
        "extend enum E { A B }",
        extending: "enum E { A }",
        "1:17 Enum value \"E.A\" already exists in the schema. It cannot also be "
          + "defined in this type extension."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "UniqueEnumValueNames", in: testCase) == testCase.errors)
  }
}
