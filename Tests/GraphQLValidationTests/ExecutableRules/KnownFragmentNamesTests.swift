// KnownFragmentNames: section 5.5.2.1.

import Testing

@Suite("KnownFragmentNames")
struct KnownFragmentNamesTests {
  @Test(
    "a spread names a fragment of the document",
    arguments: [
      RuleCase("{ dog { ...A } } fragment A on Dog { ... { ...B } } fragment B on Dog { name }"),
      RuleCase(
        "{ dog { ...undefinedFragment ... on Dog { ...another } } }",
        "1:12 Unknown fragment \"undefinedFragment\".", "1:46 Unknown fragment \"another\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "KnownFragmentNames", in: example.document) == example.expected)
  }
}
