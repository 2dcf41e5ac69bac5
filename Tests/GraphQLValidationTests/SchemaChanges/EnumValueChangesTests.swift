// Values that an enum no longer has, or has from now on.

import Testing

@testable import GraphQLValidation

struct EnumValueChangesTests {
  @Test(
    "a value that is gone breaks, a new one is dangerous",
    arguments: [
      ("enum E { A B }", "enum E { B }", ["VALUE_REMOVED_FROM_ENUM E.A was removed."]),
      ("enum E { A }", "enum E { A } extend enum E { B }", ["VALUE_ADDED_TO_ENUM E.B was added."]),
      ("enum E { A B }", "enum E { B A @deprecated }", []),
    ])
  func values(old: String, new: String, lines: [String]) throws {
    #expect(try changeLines(from: old, to: new) == lines)
  }
}
