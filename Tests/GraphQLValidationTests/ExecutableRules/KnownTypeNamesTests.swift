// KnownTypeNames: section 5.5.1.2.

import Testing

@Suite("KnownTypeNames")
struct KnownTypeNamesTests {
  @Test(
    "a type that is named exists",
    arguments: [
      RuleCase(
        "query ($a: [DogInput!]) { dog { ... on Pet { name } ...F } } fragment F on Dog { name }"),
      RuleCase(
        "{ dog { ...A } } fragment A on Dog { ... on Dog { name } ... @include(if: true) { name } }"
      ),
      RuleCase(
        "{ dog { ...A ... on NotInSchema { name } } } fragment A on NotInSchema { name }",
        "1:21 Unknown type \"NotInSchema\". Did you mean \"__Schema\"?",
        "1:60 Unknown type \"NotInSchema\". Did you mean \"__Schema\"?"),
      RuleCase(
        "query ($a: DogInputs, $b: [Strin!]!) { dog { name } }",
        "1:12 Unknown type \"DogInputs\". Did you mean \"DogInput\", \"CatInput\", or "
          + "\"PetInput\"?",
        "1:28 Unknown type \"Strin\". Did you mean \"String\"?"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "KnownTypeNames", in: example.document) == example.expected)
  }
}
