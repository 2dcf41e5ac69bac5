// Directives that are gone, or may stand in fewer places, or only once.

import Testing

@testable import GraphQLValidation

struct DirectiveChangesTests {
  @Test(
    "what documents may no longer write breaks",
    arguments: [
      ("directive @d on FIELD", "", ["DIRECTIVE_REMOVED @d was removed."]),
      (
        "directive @d repeatable on FIELD", "directive @d on FIELD",
        ["DIRECTIVE_REPEATABLE_REMOVED @d is no longer repeatable."]
      ),
      (
        "directive @d on FIELD | QUERY | OBJECT", "directive @d on QUERY",
        [
          "DIRECTIVE_LOCATION_REMOVED @d may no longer stand on FIELD.",
          "DIRECTIVE_LOCATION_REMOVED @d may no longer stand on OBJECT.",
        ]
      ),
      (
        "", "directive @skip(if: Boolean!) on FIELD",
        [
          "DIRECTIVE_LOCATION_REMOVED @skip may no longer stand on FRAGMENT_SPREAD.",
          "DIRECTIVE_LOCATION_REMOVED @skip may no longer stand on INLINE_FRAGMENT.",
        ]
      ),
      ("directive @d on FIELD", "directive @d repeatable on FIELD | QUERY", []),
    ])
  func directives(old: String, new: String, lines: [String]) throws {
    #expect(try changeLines(from: old, to: new) == lines)
  }
}
