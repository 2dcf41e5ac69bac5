// ProvidedRequiredArguments: section 5.4.3.

import Testing

@Suite("ProvidedRequiredArguments")
struct ProvidedRequiredArgumentsTests {
  @Test(
    "required arguments are given",
    arguments: [
      RuleCase(
        "{ arguments { booleanArgField(booleanArg: true) "
          + "nonNullBooleanArgField(nonNullBooleanArg: true) } }"
      ),
      RuleCase("{ arguments { booleanArgField optionalNonNullBooleanArgField } }"),
      RuleCase("{ arguments { optionalNonNullBooleanArgField(optionalBooleanArg: false) } }"),
      RuleCase(
        "{ arguments { nonNullBooleanArgField } }",
        "1:15 Field \"nonNullBooleanArgField\" argument \"nonNullBooleanArg\" of type \"Boolean!\" "
          + "is required, but it was not provided."),
      RuleCase(
        "{ arguments { multipleRequirements } }",
        "1:15 Field \"multipleRequirements\" argument \"x\" of type \"Int!\" is required, but it "
          + "was not provided.",
        "1:15 Field \"multipleRequirements\" argument \"y\" of type \"Int!\" is required, but it "
          + "was not provided."),
      RuleCase(
        "{ dog { name @include } __type { name } }",
        "1:14 Directive \"@include\" argument \"if\" of type \"Boolean!\" is required, but it was "
          + "not provided.",
        "1:25 Field \"__type\" argument \"name\" of type \"String!\" is required, but it was not "
          + "provided."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "ProvidedRequiredArguments", in: example.document) == example.expected)
  }
}
