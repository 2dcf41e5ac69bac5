// Members that a union no longer includes, or includes from now on.

import Testing

@testable import GraphQLValidation

struct UnionMemberChangesTests {
  private static let types = "type A { x: Int } type B { x: Int } "

  @Test(
    "a member that is gone breaks, a new one is dangerous",
    arguments: [
      ("union U = A | B", "union U = B", ["TYPE_REMOVED_FROM_UNION U no longer includes A."]),
      ("union U = A", "union U = A | B", ["TYPE_ADDED_TO_UNION U includes B from now on."]),
      (
        "union U = A", "union U = B",
        [
          "TYPE_REMOVED_FROM_UNION U no longer includes A.",
          "TYPE_ADDED_TO_UNION U includes B from now on.",
        ]
      ),
      ("union U = A | B", "union U = B extend union U = A", []),
    ])
  func members(old: String, new: String, lines: [String]) throws {
    #expect(try changeLines(from: Self.types + old, to: Self.types + new) == lines)
  }
}
