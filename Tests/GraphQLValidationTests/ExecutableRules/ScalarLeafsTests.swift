// ScalarLeafs: section 5.3.3.

import Testing

@Suite("ScalarLeafs")
struct ScalarLeafsTests {
  @Test(
    "leaf fields have no selections, all others do",
    arguments: [
      RuleCase("{ dog { barkVolume } }"),
      RuleCase("query directQueryOnObjectWithSubFields { human { name } }"),
      RuleCase("{ catOrDog { __typename } pet { name } }"),
      RuleCase(
        "{ dog { barkVolume { sinceWhen } } }",
        "1:20 Field \"barkVolume\" must not have a selection since type \"Int\" has no subfields."),
      RuleCase(
        "{ human pet catOrDog }",
        "1:3 Field \"human\" of type \"Human\" must have a selection of subfields. Did you mean "
          + "\"human { ... }\"?",
        "1:9 Field \"pet\" of type \"Pet\" must have a selection of subfields. Did you mean "
          + "\"pet { ... }\"?",
        "1:13 Field \"catOrDog\" of type \"CatOrDog\" must have a selection of subfields. Did you "
          + "mean \"catOrDog { ... }\"?"),
      RuleCase(
        "{ human { pets } }",
        "1:11 Field \"pets\" of type \"[Pet!]\" must have a selection of subfields. Did you mean "
          + "\"pets { ... }\"?"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "ScalarLeafs", in: example.document) == example.expected)
  }
}
