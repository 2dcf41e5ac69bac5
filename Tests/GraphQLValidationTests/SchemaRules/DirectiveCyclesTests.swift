// Section 3.13, Type Validation: a directive does not refer to itself, directly or through types
// and directives that its arguments refer to.

import Testing

@testable import GraphQLValidation

private func cannot(_ place: String, _ name: String) -> String {
  "\(place) Directive @\(name) cannot be used within its own definition."
}

@Suite("DirectiveCycles")
struct DirectiveCyclesTests {
  @Test(
    "a directive does not refer to itself, by whatever way",
    arguments: [
      SchemaCase(
        "type Query @d { a(b: I @d): Int @d } directive @d(a: I) on OBJECT | ARGUMENT_DEFINITION | "
          + "FIELD_DEFINITION input I { a: Int b: I }"),
      SchemaCase(
        "type Query { a: Int }\ndirective @invalidExample(arg: String @invalidExample) on "
          + "ARGUMENT_DEFINITION", cannot("2:1", "invalidExample")),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: S) on SCALAR\nscalar S @d", cannot("2:1", "d")),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: E) on ENUM\nenum E { A }\nextend enum E @d",
        cannot("2:1", "d")),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: [I!]) on INPUT_OBJECT\ninput I { j: [J!] }\n"
          + "input J @d { a: Int }", cannot("2:1", "d")),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: I) on ENUM_VALUE\ndirective @e(a: E) on "
          + "INPUT_FIELD_DEFINITION\ninput I { a: Int @e }\nenum E { A @d }",
        cannot("2:1", "d"), cannot("3:1", "e")),
      SchemaCase(
        "type Query { a: Int }\ndirective @d(a: Int @e) on ARGUMENT_DEFINITION\ndirective @e on "
          + "ARGUMENT_DEFINITION"),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
