// UniqueDirectivesPerLocation: section 5.7.3.

import Testing

@Suite("UniqueDirectivesPerLocation")
struct UniqueDirectivesPerLocationTests {
  @Test(
    "a directive that is not repeatable stands once",
    arguments: [
      RuleCase(
        "query ($foo: Boolean = true, $bar: Boolean = false) { dog { a: name @skip(if: $foo) "
          + "b: name @skip(if: $bar) } }"),
      RuleCase("{ dog { name @repeated @repeated @unknown @unknown } }"),
      RuleCase(
        "{ dog { name @skip(if: $foo) @skip(if: $bar) @include(if: true) @skip(if: true) } }",
        "1:14 1:30 The directive \"@skip\" can only be used once at this location.",
        "1:14 1:65 The directive \"@skip\" can only be used once at this location."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(
      try breaches(of: "UniqueDirectivesPerLocation", in: example.document) == example.expected)
  }
}
