// UniqueArgumentNames: section 5.4.2.

import Testing

@Suite("UniqueArgumentNames")
struct UniqueArgumentNamesTests {
  @Test(
    "an argument is given once",
    arguments: [
      RuleCase("{ arguments { multipleRequirements(x: 1, y: 2) } }"),
      RuleCase(
        "{ dog { isHouseTrained(atOtherHomes: true, atOtherHomes: true, atOtherHomes: false) } }",
        "1:24 1:44 1:64 There can be only one argument named \"atOtherHomes\"."),
      RuleCase(
        "{ dog { name @skip(if: true, if: false) } }",
        "1:20 1:30 There can be only one argument named \"if\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "UniqueArgumentNames", in: example.document) == example.expected)
  }
}
