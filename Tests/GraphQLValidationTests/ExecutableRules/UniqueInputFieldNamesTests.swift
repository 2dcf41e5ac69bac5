// UniqueInputFieldNames: section 5.6.3.

import Testing

@Suite("UniqueInputFieldNames")
struct UniqueInputFieldNamesTests {
  @Test(
    "an input object names a field once",
    arguments: [
      RuleCase("{ findDog(searchBy: {name: \"a\", owner: \"b\"}) { name } }"),
      RuleCase(
        "{ findDog(searchBy: {name: \"a\", name: \"b\", name: \"c\"}) { name } }",
        "1:22 1:33 There can be only one input field named \"name\".",
        "1:22 1:44 There can be only one input field named \"name\"."),
      RuleCase(
        "{ anything(value: [{a: {b: 1, b: 2}}, {a: 1}]) }",
        "1:25 1:31 There can be only one input field named \"b\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "UniqueInputFieldNames", in: example.document) == example.expected)
  }
}
