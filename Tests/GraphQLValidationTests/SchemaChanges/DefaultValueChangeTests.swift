// When a default value counts as changed.

import Testing

@testable import GraphQLValidation

struct DefaultValueChangeTests {
  private static let types = "enum E { A B } input I { a: Int b: E c: [I] } scalar S "

  @Test(
    "another way to write the same value is no change",
    arguments: [
      ("[Int] = 1", "[Int] = [1]"), ("[[Int]] = 1", "[[Int]] = [[1]]"),
      ("[[Int]] = [1]", "[[Int]] = [[1]]"), ("Float = 1", "Float = 1.0"),
      ("Float = 1.5", "Float = 15e-1"), ("ID = 7", #"ID = "7""#),
      (#"String = "a""#, #"String = """a""""#), ("I = {a: 1, b: A}", "I = {b: A, a: 1}"),
      ("I = {c: {a: 1, b: A}}", "I = {c: [{b: A, a: 1}]}"),
      ("S = {a: 1, b: [2]}", "S = {b: [2], a: 1}"),
      ("[Int] = null", "[Int] = null"), ("Int!", "Int! = 3"), ("Int!", "Int = 3"),
    ])
  func same(old: String, new: String) throws {
    let lines = try changeLines(
      from: Self.types + "type T { f(x: \(old)): Int }",
      to: Self.types + "type T { f(x: \(new)): Int }")
    #expect(lines == [])
  }

  @Test(
    "another value is told with both",
    arguments: [
      ("Int = 1", "Int = 2", "changed its default value from 1 to 2."),
      ("Int = 1", "Int = null", "changed its default value from 1 to null."),
      ("Int = 1", "Int", "lost its default value, which was 1."),
      ("Int", "Int = 1", "has a default value from now on: 1."),
      ("[Int] = [1, 2]", "[Int] = [2, 1]", "changed its default value from [1, 2] to [2, 1]."),
      ("[Int] = null", "[Int] = [null]", "changed its default value from null to [null]."),
      ("E = A", "E = B", "changed its default value from A to B."),
      (
        "I = {a: 1}", "I = {a: 1, b: A}",
        "changed its default value from {a: 1} to {a: 1, b: A}."
      ),
      ("S = 1", #"S = "1""#, #"changed its default value from 1 to "1"."#),
    ])
  func other(old: String, new: String, sentence: String) throws {
    let lines = try changeLines(
      from: Self.types + "type T { f(x: \(old)): Int }",
      to: Self.types + "type T { f(x: \(new)): Int }")
    #expect(lines == ["ARG_DEFAULT_VALUE_CHANGE T.f(x:) \(sentence)"])
  }

  @Test func `where a type within changed, only that is told`() throws {
    let field = "type T { f(x: I = {a: 1}): Int }"
    #expect(
      try changeLines(from: "input I { a: Int } \(field)", to: "input I { a: [Int] } \(field)")
        == ["FIELD_CHANGED_KIND I.a changed type from Int to [Int]."])
  }
}
