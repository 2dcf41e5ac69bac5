// FragmentsOnCompositeTypes: section 5.5.1.3.

import Testing

@Suite("FragmentsOnCompositeTypes")
struct FragmentsOnCompositeTypesTests {
  @Test(
    "fragments stand on objects, interfaces and unions",
    arguments: [
      RuleCase(
        "{ dog { ...A ...B ...C } } fragment A on Dog { name } fragment B on Pet { name } "
          + "fragment C on CatOrDog { __typename ... on Dog { name } }"),
      RuleCase(
        "{ dog { ...A } } fragment A on Int { something }",
        "1:32 Fragment \"A\" cannot condition on non composite type \"Int\"."),
      RuleCase(
        "{ dog { ... on Boolean { something } ... on DogInput { a } ... on DogCommand { b } } }",
        "1:16 Fragment cannot condition on non composite type \"Boolean\".",
        "1:45 Fragment cannot condition on non composite type \"DogInput\".",
        "1:67 Fragment cannot condition on non composite type \"DogCommand\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "FragmentsOnCompositeTypes", in: example.document) == example.expected)
  }
}
