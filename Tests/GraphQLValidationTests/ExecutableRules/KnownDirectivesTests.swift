// KnownDirectives: sections 5.7.1 and 5.7.2.

import Testing

@Suite("KnownDirectives")
struct KnownDirectivesTests {
  @Test(
    "a directive is defined and stands where it may",
    arguments: [
      RuleCase(
        "query Q($a: Int @onVariable) @onQuery { dog @skip(if: false) { ...F @include(if: true) "
          + "... @skip(if: true) { name } name @repeated } } fragment F on Dog { name }"),
      RuleCase(
        "query @skip(if: $foo) { dog { name @unknown } }",
        "1:7 Directive \"@skip\" may not be used on QUERY.",
        "1:36 Unknown directive "
          + "\"@unknown\"."),
      RuleCase(
        "mutation @a { __typename } fragment F on Dog @onQuery { ...F @onQuery ... @onQuery { "
          + "name } }",
        "1:10 Unknown directive \"@a\".",
        "1:46 Directive \"@onQuery\" may not be used on FRAGMENT_DEFINITION.",
        "1:62 Directive \"@onQuery\" may not be used on FRAGMENT_SPREAD.",
        "1:75 Directive \"@onQuery\" may not be used on INLINE_FRAGMENT."),
      RuleCase(
        "query ($a: Int @onQuery) { dog { name @deprecated } }",
        "1:16 Directive \"@onQuery\" may not be used on VARIABLE_DEFINITION.",
        "1:39 Directive \"@deprecated\" may not be used on FIELD."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "KnownDirectives", in: example.document) == example.expected)
  }
}
