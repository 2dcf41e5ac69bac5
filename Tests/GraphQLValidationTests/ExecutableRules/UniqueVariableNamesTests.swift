// UniqueVariableNames: section 5.8.1.

import Testing

@Suite("UniqueVariableNames")
struct UniqueVariableNamesTests {
  @Test(
    "every variable has a name of its own",
    arguments: [
      RuleCase(
        "query A($a: Boolean) { ...F } query B($a: Boolean) { ...F } "
          + "fragment F on Query { dog { isHouseTrained(atOtherHomes: $a) } }"),
      RuleCase(
        "query ($a: Boolean, $b: Int, $a: Boolean, $a: Int) { dog { name } }",
        "1:9 1:31 1:44 There can be only one variable named \"$a\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "UniqueVariableNames", in: example.document) == example.expected)
  }
}
