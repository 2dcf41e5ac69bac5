// NoUndefinedVariables: section 5.8.3.

import Testing

@Suite("NoUndefinedVariables")
struct NoUndefinedVariablesTests {
  @Test(
    "a variable that is used is defined",
    arguments: [
      RuleCase("query Q($a: Boolean) { dog { isHouseTrained(atOtherHomes: $a) } }"),
      RuleCase(
        "query Q { dog { isHouseTrained(atOtherHomes: $a) } }",
        "1:46 1:1 Variable \"$a\" is not defined by operation \"Q\"."),
      RuleCase(
        "{ dog { isHouseTrained(atOtherHomes: $a) name @skip(if: $b) } anything(value: [{c: "
          + "$c}]) }",
        "1:38 1:1 Variable \"$a\" is not defined.", "1:57 1:1 Variable \"$b\" is not defined.",
        "1:84 1:1 Variable \"$c\" is not defined."),
      RuleCase(
        "query A($a: Boolean) { dog { ...F } }\nquery B { dog { ...F } }\n"
          + "fragment F on Dog { ...G }\nfragment G on Dog { isHouseTrained(atOtherHomes: $a) }",
        "4:50 2:1 Variable \"$a\" is not defined by operation \"B\"."),
      RuleCase(
        "query two($a: Boolean) { dog { ...F } } query one { dog { ...F } } "
          + "fragment F on Dog { isHouseTrained(atOtherHomes: $a) }",
        "1:117 1:41 Variable \"$a\" is not defined by operation \"one\"."),
      RuleCase("fragment F on Dog { isHouseTrained(atOtherHomes: $a) ...F }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "NoUndefinedVariables", in: example.document) == example.expected)
  }
}
