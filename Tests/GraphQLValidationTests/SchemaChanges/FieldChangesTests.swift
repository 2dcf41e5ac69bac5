// Fields that are gone or answer in another form.

import Testing

@testable import GraphQLValidation

struct FieldChangesTests {
  @Test("a field that is gone breaks, on objects and interfaces", arguments: ["type", "interface"])
  func removed(keyword: String) throws {
    let lines = try changeLines(
      from: "\(keyword) A { x: Int y: Int }", to: "\(keyword) A { y: Int }")
    #expect(lines == ["FIELD_REMOVED A.x was removed."])
  }

  @Test("a field whose answers took another form is told with both types")
  func changed() throws {
    let lines = try changeLines(
      from: "type A { x: [Int!]! y: String }", to: "type A { x: [Int]! y: String! }")
    #expect(lines == ["FIELD_CHANGED_KIND A.x changed type from [Int!]! to [Int]!."])
  }

  @Test("arguments are compared where the field stays, and not where it is gone")
  func arguments() throws {
    let lines = try changeLines(
      from: "interface A { x(a: Int): Int y(a: Int): Int }", to: "interface A { x: Int }")
    #expect(
      lines == ["ARG_REMOVED A.x(a:) was removed.", "FIELD_REMOVED A.y was removed."])
  }
}
