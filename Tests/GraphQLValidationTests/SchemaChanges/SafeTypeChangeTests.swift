// Which changes of a type readers and writers can live with.

import Testing

@testable import GraphQLValidation

struct SafeTypeChangeTests {
  /// Safe for readers in this direction, and for writers in the other.
  private static let safe = [
    ("Int", "Int!"), ("[Int]", "[Int!]"), ("[Int]", "[Int]!"), ("[Int]", "[Int!]!"),
    ("[Int]!", "[Int!]!"), ("[[Int]]", "[[Int!]!]!"), ("Int!", "Int!"),
  ]

  private static let unsafe = [
    ("Int", "String"), ("Int", "[Int]"), ("[Int]", "Int"), ("Int!", "String!"), ("Int", "[Int]!"),
    ("[Int]", "[String]"), ("[Int!]", "[Int]!"), ("[[Int]]", "[Int]"), ("[Int!]!", "[String]"),
    ("A", "B"), ("I", "A"), ("A", "I"),
  ]

  private func isBroken(reader old: String, _ new: String) throws -> Bool {
    let types = "interface I { x: Int } type A implements I { x: Int } type B { x: String }"
    let lines = try changeLines(
      from: "\(types) type T { f: \(old) }", to: "\(types) type T { f: \(new) }")
    return lines == ["FIELD_CHANGED_KIND T.f changed type from \(old) to \(new)."]
  }

  private func isBroken(writer old: String, _ new: String) throws -> Bool {
    let types = "input A { x: Int } input B { x: String } input I { x: Int }"
    let lines = try changeLines(
      from: "\(types) input T { f: \(old) }", to: "\(types) input T { f: \(new) }")
    return lines == ["FIELD_CHANGED_KIND T.f changed type from \(old) to \(new)."]
  }

  @Test("readers can live without null, writers with it", arguments: safe)
  func safeOneWay(less: String, more: String) throws {
    #expect(try !isBroken(reader: less, more))
    #expect(try !isBroken(writer: more, less))
    if less == more { return }
    #expect(try isBroken(reader: more, less))
    #expect(try isBroken(writer: less, more))
  }

  @Test("no other change is safe for either", arguments: unsafe)
  func safeNoWay(one: String, other: String) throws {
    #expect(try isBroken(reader: one, other))
    #expect(try isBroken(writer: one, other))
  }
}
