// Sections 3.4.3 to 3.10.2: type extensions.

import Testing

@testable import GraphQLValidation

@Suite("PossibleTypeExtensions")
struct PossibleTypeExtensionsTests {
  @Test(
    "an extension extends a type of its own kind",
    arguments: [
      SchemaCase(
        "scalar S type O interface I union U enum E input In extend scalar S @d extend "
          + "type O @d extend interface I @d extend union U @d extend enum E @d extend "
          + "input In @d"),
      SchemaCase(
        "extend scalar A @d\nextend type B @d\nextend interface C @d\nextend union D "
          + "@d\nextend enum E @d\nextend input F @d",
        "1:15 Cannot extend type \"A\" because it is not defined.",
        "2:13 Cannot extend type \"B\" because it is not defined.",
        "3:18 Cannot extend type \"C\" because it is not defined.",
        "4:14 Cannot extend type \"D\" because it is not defined.",
        "5:13 Cannot extend type \"E\" because it is not defined.",
        "6:14 Cannot extend type \"F\" because it is not defined."),
      SchemaCase(
        "type Known extend type Knwn @d",
        "1:24 Cannot extend type \"Knwn\" because it is not defined. Did you mean \"Known\"?"),
      SchemaCase(
        "scalar A type B interface C union D enum E input F\nextend type A @d\nextend "
          + "interface B @d\nextend union C @d\nextend enum D @d\nextend input E "
          + "@d\nextend scalar F @d",
        "1:1 2:1 Cannot extend non-object type \"A\".",
        "1:10 3:1 Cannot extend non-interface type \"B\".",
        "1:17 4:1 Cannot extend non-union type \"C\".",
        "1:29 5:1 Cannot extend non-enum type \"D\".",
        "1:37 6:1 Cannot extend non-input object type \"E\".",
        "1:44 7:1 Cannot extend non-scalar type \"F\"."),
      SchemaCase(
        "extend type A @d",
        extending: "scalar A",
        "1:1 Cannot extend non-object type \"A\"."),
      SchemaCase(
        "extend scalar B @d",
        extending: "scalar A",
        "1:15 Cannot extend type \"B\" because it is not defined. Did you mean \"A\"?"),
      SchemaCase("extend scalar A @d", extending: "scalar A"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "PossibleTypeExtensions", in: testCase) == testCase.errors)
  }
}
