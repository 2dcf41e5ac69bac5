// Sections 3.6 and 3.7: IsValidImplementation.

import Testing

@testable import GraphQLValidation

@Suite("InterfaceImplementation")
struct InterfaceImplementationTests {
  @Test(
    "a type has all that its interfaces ask for",
    arguments: [
      SchemaCase(
        "type Query { a: Int } interface I { a(b: Int): U c: [I] } union U = O type O "
          + "implements I { a(b: Int, c: Int, d: Int! = 1): O! c: [O!]! }"),
      SchemaCase(
        "type Query { a: Int } interface A { a: Int } interface B implements A { a: "
          + "Int } type C implements A & B { a: Int! }"),
      SchemaCase(
        "type Query { a: Int }\ntype O implements Query & U & E { a: Int } union U = O "
          + "enum E { A }",
        "2:19 Type O must only implement Interface types, it cannot implement Query.",
        "2:27 Type O must only implement Interface types, it cannot implement U.",
        "2:31 Type O must only implement Interface types, it cannot implement E."),
      SchemaCase(
        "type Query { a: Int }\ninterface I implements I { a: Int }",
        "2:24 Type I cannot implement itself because it would create a circular reference."),
      SchemaCase(
        "type Query { a: Int }\ninterface A implements B { a: Int }\ninterface B "
          + "implements A { a: Int }",
        "3:24 2:24 Type A cannot implement B because it would create a circular reference.",
        "2:24 3:24 Type B cannot implement A because it would create a circular reference."),
      SchemaCase(
        "type Query { a: Int }\ninterface I { a: Int }\ntype O implements I & I { a: Int }",
        "3:19 3:23 Type O can only implement I once."),
      SchemaCase(
        "type Query { a: Int }\ninterface A { a: Int }\ninterface B implements A { a: "
          + "Int }\ntype O implements B { a: Int }",
        "3:24 4:19 Type O must implement A because it is implemented by B."),
      SchemaCase(
        "type Query { a: Int }\ninterface I { a: Int b: Int }\ntype O implements I { "
          + "a: Int }\nextend type O @d\ndirective @d on OBJECT",
        "2:22 3:1 4:1 Interface field I.b expected but O does not provide it."),
      SchemaCase(
        "type Query { a: Int }\ninterface I { a: [Int!] }\ntype O implements I { a: [Int] }",
        "2:18 3:26 Interface field I.a expects type [Int!] but O.a is type [Int]."),
      SchemaCase(
        "type Query { a: Int }\ninterface I { a(b: Int, c: Int): Int }\ntype O "
          + "implements I { a(b: Int!): Int }",
        "2:20 3:28 Interface field argument I.a(b:) expects type Int but O.a(b:) is type Int!.",
        "2:25 3:23 Interface field argument I.a(c:) expected but O.a does not provide it."),
      SchemaCase(
        "type Query { a: Int }\ninterface I { a: Int }\ntype O implements I { a(b: "
          + "Int!, c: Int! = 1, d: Int): Int }",
        "3:25 2:15 Object field O.a includes required argument b that is missing from "
          + "the Interface field I.a."),
      SchemaCase(
        "type Query { a: Int }\ninterface I { a: Int b: Int @deprecated }\ntype O "
          + "implements I { a: Int @deprecated b: Int @deprecated }",
        "3:30 3:26 Interface field I.a is not deprecated, so implementation field O.a "
          + "must not be deprecated."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
