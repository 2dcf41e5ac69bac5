// UniqueFragmentNames: section 5.5.1.1.

import Testing

@Suite("UniqueFragmentNames")
struct UniqueFragmentNamesTests {
  @Test(
    "every fragment has a name of its own",
    arguments: [
      RuleCase("{ dog { ...A ...B } } fragment A on Dog { name } fragment B on Dog { nickname }"),
      RuleCase(
        "{ dog { ...A } } fragment A on Dog { name } fragment A on Dog { owner { name } }",
        "1:27 1:54 There can be only one fragment named \"A\"."),
      RuleCase("query A { dog { ...A } } fragment A on Dog { name }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "UniqueFragmentNames", in: example.document) == example.expected)
  }
}
