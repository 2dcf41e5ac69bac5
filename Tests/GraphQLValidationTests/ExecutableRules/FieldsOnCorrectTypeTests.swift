// FieldsOnCorrectType: section 5.3.1.

import Testing

@Suite("FieldsOnCorrectType")
struct FieldsOnCorrectTypeTests {
  @Test(
    "a selected field is defined by its parent type",
    arguments: [
      RuleCase("{ dog { ...F __typename } } fragment F on Dog { barkVolume }"),
      RuleCase(
        "{ pet { name } catOrDog { __typename ... on Pet { name } ... on Dog { barkVolume } } }"),
      RuleCase("{ __schema { queryType { name } } __type(name: \"Dog\") { name } }"),
      RuleCase(
        "{ dog { ...F } } fragment F on Dog { meowVolume }",
        "1:38 Cannot query field \"meowVolume\" on type \"Dog\". Did you mean \"barkVolume\"?"),
      RuleCase(
        "{ dog { ...F } } fragment F on Dog { barkVolume: kawVolume }",
        "1:38 Cannot query field \"kawVolume\" on type \"Dog\". Did you mean \"barkVolume\"?"),
      RuleCase(
        "{ pet { nickname } }",
        "1:9 Cannot query field \"nickname\" on type \"Pet\". Did you mean to use an inline "
          + "fragment "
          + "on \"Cat\" or \"Dog\"?"),
      RuleCase(
        "{ catOrDog { name barkVolume } }",
        "1:14 Cannot query field \"name\" on type \"CatOrDog\". Did you mean to use an inline "
          + "fragment on \"Pet\", \"Cat\", or \"Dog\"?",
        "1:19 Cannot query field \"barkVolume\" on type \"CatOrDog\". Did you mean to use an "
          + "inline "
          + "fragment on \"Dog\"?"),
      RuleCase(
        "{ dog { __schema { queryType { name } } } }",
        "1:9 Cannot query field \"__schema\" on type \"Dog\"."),
      RuleCase("{ unknown { a { b } } }", "1:3 Cannot query field \"unknown\" on type \"Query\"."),
      RuleCase("{ dog { ... on Nothing { a } } }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "FieldsOnCorrectType", in: example.document) == example.expected)
  }
}
