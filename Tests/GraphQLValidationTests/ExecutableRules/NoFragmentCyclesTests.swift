// NoFragmentCycles: section 5.5.2.2.

import Testing

@Suite("NoFragmentCycles")
struct NoFragmentCyclesTests {
  @Test(
    "fragments do not spread themselves",
    arguments: [
      RuleCase("{ dog { ...A ...B } } fragment A on Dog { ...B ...B } fragment B on Dog { name }"),
      RuleCase(
        "{ dog { ...A } } fragment A on Dog { name ...B } fragment B on Dog { barkVolume ...A }",
        "1:43 1:81 Cannot spread fragment \"A\" within itself via \"B\"."),
      RuleCase(
        "{ dog { ...dogFragment } }\nfragment dogFragment on Dog { name owner { "
          + "...ownerFragment } }"
          + "\nfragment ownerFragment on Human { name pets { ...dogFragment } }",
        "2:44 3:47 Cannot spread fragment \"dogFragment\" within itself via \"ownerFragment\"."),
      RuleCase(
        "{ dog { ...A } } fragment A on Dog { ... on Dog { ...A } }",
        "1:51 Cannot spread fragment \"A\" within itself."),
      RuleCase(
        "fragment A on Dog { ...B ...C } fragment B on Dog { ...A } fragment C on Dog { ...A }",
        "1:21 1:53 Cannot spread fragment \"A\" within itself via \"B\".",
        "1:26 1:80 Cannot spread fragment \"A\" within itself via \"C\"."),
      RuleCase("fragment A on Dog { ...Missing }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "NoFragmentCycles", in: example.document) == example.expected)
  }
}
