// The order of the rules, and schemas out of several texts.

import GraphQLSyntax
import GraphQLTypes
import Testing

@testable import GraphQLValidation

@Suite("Make schema")
struct MakeSchemaTests {
  @Test("asks the type system's rules only where none of the language's own is broken")
  func stages() throws {
    let both = SchemaCase("type A type A")
    #expect(try errors(in: both).map(\.rule) == ["UniqueTypeNames"])
    let typeSystem = SchemaCase("type A")
    #expect(
      try errors(in: typeSystem).map(\.rule) == ["SchemaValidation", "SchemaValidation"])
  }

  @Test("makes a valid schema with the coercion of its scalars")
  func valid() throws {
    let document = try parse(Source("scalar Odd type Query { a(b: Odd = 1): Odd }"))
    let odd = ScalarCoercion.text { _ in .string("odd") }
    let errors = #expect(throws: SchemaErrors.self) {
      try makeSchema(from: [document], scalars: ["Odd": odd])
    }
    #expect(
      errors?.errors.map(\.message) == [
        "Query.a(b:) has invalid default value: Expected value of type \"Odd\", found 1; it must "
          + "be a string."
      ])
    #expect(try makeSchema(from: [document]).queryType?.fields.count == 1)
  }

  @Test("says in which text an error stands")
  func sources() throws {
    let first = try parse(Source("type Query { a: Int }", name: "a.graphql"))
    let second = try parse(Source("\nextend type Query { a: Int }", name: "b.graphql"))
    let errors = #expect(throws: SchemaErrors.self) { try makeSchema(from: [first, second]) }
    let error = try #require(errors?.errors.first)
    #expect(errors?.errors.count == 1)
    #expect(error.message == "Field \"Query.a\" can only be defined once.")
    #expect(error.locations.map { errors?.sources[$0.source].name } == ["a.graphql", "b.graphql"])
  }

  private static let count = 2_000

  @Test(
    "stays within the stack and about linear on long chains",
    arguments: [
      { index, next in "input T\(index) { a: T\(next)! }" },
      { index, next in "input T\(index) { a: T\(next) = {} }" },
      { index, next in "directive @T\(index)(a: Int @T\(next)) on ARGUMENT_DEFINITION" },
      { index, next in "interface T\(index) implements T\(next) { a: Int }" },
      { index, next in "type T\(index) { a: U\(next) }" },
      { index, next in "extend input U\(next) { a: Int }" },
    ] as [@Sendable (Int, Int) -> String])
  func long(line: @Sendable (Int, Int) -> String) throws {
    let count = MakeSchemaTests.count
    let lines = (0..<count).map { line($0, ($0 + 1) % count) }
    let text = "type Query { a: Int }\n" + lines.joined(separator: "\n")
    #expect(!(try errors(in: SchemaCase(text))).isEmpty)
  }

  @Test(
    "tells what is repeated each time, and at most a hundred places with it",
    arguments: [
      ("type Query { a: Int } union U = Query", " | Query", ""),
      ("interface I { a: Int } type Query implements I", " & I", " { a: Int }"),
      ("scalar S type Query implements S", " & S", " { a: Int }"),
    ])
  func repeated(head: String, item: String, tail: String) throws {
    let source = head + String(repeating: item, count: 1_000) + tail
    let document = try parse(Source(source))
    let errors = #expect(throws: SchemaErrors.self) { try makeSchema(from: [document]) }
    let places = (errors?.errors ?? []).map(\.locations.count)
    #expect(places.count >= 1_000)
    #expect(places.max() == 100)
  }
}
