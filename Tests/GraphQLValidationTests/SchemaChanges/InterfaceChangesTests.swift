// Interfaces that a type no longer declares, or declares from now on.

import Testing

@testable import GraphQLValidation

struct InterfaceChangesTests {
  private static let interfaces = "interface N { x: Int } interface M { x: Int } "

  @Test(
    "an interface that is gone breaks, a new one is dangerous",
    arguments: [
      (
        "type A implements N { x: Int }", "type A { x: Int }",
        ["IMPLEMENTED_INTERFACE_REMOVED A no longer implements N."]
      ),
      (
        "interface A implements N { x: Int }", "interface A implements M { x: Int }",
        [
          "IMPLEMENTED_INTERFACE_REMOVED A no longer implements N.",
          "IMPLEMENTED_INTERFACE_ADDED A implements M from now on.",
        ]
      ),
      ("type A implements N & M { x: Int }", "type A implements M & N { x: Int }", []),
      (
        "", "type A implements N { x: Int }",
        ["TYPE_ADDED_TO_INTERFACE N has a new type that implements it: A."]
      ),
      ("", "interface A implements N { x: Int }", []),
      ("", "interface O { x: Int } type A implements O { x: Int }", []),
    ])
  func interfaces(old: String, new: String, lines: [String]) throws {
    #expect(try changeLines(from: Self.interfaces + old, to: Self.interfaces + new) == lines)
  }
}
