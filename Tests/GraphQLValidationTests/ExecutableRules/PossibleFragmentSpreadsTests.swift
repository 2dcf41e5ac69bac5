// PossibleFragmentSpreads: section 5.5.2.3.

import Testing

@Suite("PossibleFragmentSpreads")
struct PossibleFragmentSpreadsTests {
  @Test(
    "some object has both the parent'"s",
    arguments: [
and
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "PossibleFragmentSpreads", in: example.document) == example.expected)
  }
}
