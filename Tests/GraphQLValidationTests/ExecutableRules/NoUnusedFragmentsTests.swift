// NoUnusedFragments: section 5.5.1.4.

import Testing

@Suite("NoUnusedFragments")
struct NoUnusedFragmentsTests {
  @Test(
    "every fragment is spread by an operation",
    arguments: [
      RuleCase("{ dog { ...A } } fragment A on Dog { ...B } fragment B on Dog { name }"),
      RuleCase(
        "fragment nameFragment on Dog { name } { dog { name } }",
        "1:1 Fragment \"nameFragment\" is never used."),
      RuleCase(
        "{ dog { name } } fragment A on Dog { ...B } fragment B on Dog { ...A name }",
        "1:18 Fragment \"A\" is never used.", "1:45 Fragment \"B\" is never used."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "NoUnusedFragments", in: example.document) == example.expected)
  }
}
