// LoneAnonymousOperation: section 5.2.3.1.

import Testing

@Suite("LoneAnonymousOperation")
struct LoneAnonymousOperationTests {
  @Test(
    "an anonymous operation stands alone",
    arguments: [
      RuleCase("{ dog { name } }"),
      RuleCase("{ dog { ...F } } fragment F on Dog { name }"),
      RuleCase("query A { dog { name } } query B { dog { name } }"),
      RuleCase(
        "{ dog { name } }\nquery getName { dog { owner { name } } }",
        "1:1 This anonymous operation must be the only defined operation."),
      RuleCase(
        "{ dog { name } } mutation { __typename }",
        "1:1 This anonymous operation must be the only defined operation.",
        "1:18 This anonymous operation must be the only defined operation."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "LoneAnonymousOperation", in: example.document) == example.expected)
  }
}
