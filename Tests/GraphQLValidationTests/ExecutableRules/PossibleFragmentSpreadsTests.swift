// PossibleFragmentSpreads: section 5.5.2.3.

import Testing

@Suite("PossibleFragmentSpreads")
struct PossibleFragmentSpreadsTests {
  @Test(
    "some object has both the type of the parent and that of the fragment",
    arguments: [
      RuleCase("{ dog { ... on Dog { barkVolume } } }"),
      RuleCase(
        "{ dog { ...A ...B } } fragment A on Pet { name } "
          + "fragment B on CatOrDog { ... on Cat { meowVolume } }"),
      RuleCase(
        "{ pet { ... on Dog { barkVolume } ...F } } "
          + "fragment F on DogOrHuman { ... on Pet { name } }"),
      RuleCase("{ dog { ... on Pet { ... on CatOrDog { __typename } } } }"),
      RuleCase(
        "{ dog { ... on Cat { meowVolume } } }",
        "1:9 Fragment cannot be spread here as objects of type \"Dog\" can never be of type "
          + "\"Cat\"."),
      RuleCase(
        "{ human { ...F } } fragment F on Pet { name }",
        "1:11 Fragment \"F\" cannot be spread here as objects of type \"Human\" can never be of "
          + "type \"Pet\"."),
      RuleCase(
        "{ human { ... on Sentient { ... on Dog { barkVolume } "
          + "... on HumanOrAlien { __typename } } } }",
        "1:29 Fragment cannot be spread here as objects of type \"Sentient\" can never be of type "
          + "\"Dog\"."),
      RuleCase(
        "{ pet { ... on Sentient { name } ... on Resource { name } } }",
        "1:9 Fragment cannot be spread here as objects of type \"Pet\" can never be of type "
          + "\"Sentient\".",
        "1:34 Fragment cannot be spread here as objects of type \"Pet\" can never be of type "
          + "\"Resource\"."),
      RuleCase("{ dog { ... on Int { a } ... on Missing { b } ...C } }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(
      try breaches(of: "PossibleFragmentSpreads", in: example.document) == example.expected)
  }

  @Test("an interface and the interfaces that it implements have their objects in common")
  func interfaces() throws {
    let schema = try schema(
      "interface Node { id: ID! } interface Resource implements Node { id: ID! url: String } "
        + "interface Lonely implements Node { id: ID! } type Image implements Resource & Node { "
        + "id: ID! url: String } type Query { node: Node resource: Resource }")
    let document =
      "{ node { ...R ... on Lonely { id } } resource { ... on Node { id } } } "
      + "fragment R on Resource { url }"
    #expect(
      try breaches(of: "PossibleFragmentSpreads", in: document, against: schema) == [
        "1:15 Fragment cannot be spread here as objects of type \"Node\" can never be of type "
          + "\"Lonely\"."
      ])
  }
}
