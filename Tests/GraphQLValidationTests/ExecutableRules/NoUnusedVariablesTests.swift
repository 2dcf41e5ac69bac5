// NoUnusedVariables: section 5.8.4.

import Testing

@Suite("NoUnusedVariables")
struct NoUnusedVariablesTests {
  @Test(
    "a variable that is defined is used",
    arguments: [
      RuleCase(
        "query ($a: Boolean) { dog { ...F } } fragment F on Dog { ...G } "
          + "fragment G on Dog { name @skip(if: $a) }"),
      RuleCase("query ($a: Int) { anything(value: {a: [$a]}) }"),
      RuleCase(
        "query variableUnused($atOtherHomes: Boolean) { dog { isHouseTrained } }",
        "1:22 Variable \"$atOtherHomes\" is never used in operation \"variableUnused\"."),
      RuleCase(
        "query ($a: Boolean, \"described\" $b: Int = 1) { dog { ...F } } fragment F on Dog { "
          + "name }",
        "1:8 Variable \"$a\" is never used.", "1:21 Variable \"$b\" is never used."),
      RuleCase(
        "query A($a: Boolean) { dog { ...F } } query B($a: Boolean) { dog { name } } "
          + "fragment F on Dog { isHouseTrained(atOtherHomes: $a) }",
        "1:47 Variable \"$a\" is never used in operation \"B\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "NoUnusedVariables", in: example.document) == example.expected)
  }
}
