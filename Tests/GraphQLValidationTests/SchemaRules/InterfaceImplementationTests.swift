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

  @Test(
    "a field's type is that of the interface's, or a sub-type (IsValidImplementationFieldType)",
    arguments: [
      ("I", "I", true), ("I", "J", true), ("I", "Query", true), ("I", "I!", true),
      ("I!", "I", false), ("I", "[I]", false), ("[I]", "I", false), ("[I]", "[J!]!", true),
      ("[I!]", "[Query]", false), ("[[I]]", "[[Query!]!]!", true), ("[[I]!]", "[[J]]", false),
      ("U", "Query", true), ("U", "I", false), ("U", "V", false), ("Query", "U", false),
      ("I", "K", false), ("J", "I", false), ("Int", "Float", false), ("Int", "Int!", true),
      ("E", "E", true), ("E", "String", false), ("[Int]!", "[Int!]!", true),
    ])
  func covariance(wanted: String, given: String, isValid: Bool) throws {
    let found = try errors(
      in: SchemaCase(
        """
        interface I { a: Int }
        interface J implements I { a: Int }
        interface K { a: Int }
        type Query implements I & J { a: Int }
        union U = Query
        union V = Query
        enum E { A }
        interface Wanted { f: \(wanted) }
        type Given implements Wanted { f: \(given) }
        """))
    #expect(
      found.map(\.text)
        == (isValid
          ? []
          : [
            "8:23 9:35 Interface field Wanted.f expects type \(wanted) but Given.f is type "
              + "\(given)."
          ]))
  }

  @Test(
    "section 3.7's examples, and extensions that take away what was there",
    arguments: [
      SchemaCase(
        "type Query { a: Int } interface Node { id: ID! } interface Resource implements Node { "
          + "id: ID! url: String } interface Image implements Resource & Node { id: ID! url: "
          + "String thumbnail: String }"),
      SchemaCase(
        "type Query { a: Int }\ninterface Node implements Named & Node { id: ID! name: String }\n"
          + "interface Named implements Node & Named { id: ID! name: String }",
        "2:35 Type Node cannot implement itself because it would create a circular reference.",
        "3:35 Type Named cannot implement itself because it would create a circular reference."),
      SchemaCase(
        "interface I { a: Int } type Query implements I { a: Int } extend interface I { b: Int } "
          + "extend type Query { b: Int }"),
      SchemaCase(
        "extend interface I { b: Int }",
        extending: "interface I { a: Int } type Query implements I { a: Int }",
        "1:22 1:24 Interface field I.b expected but Query does not provide it."),
      SchemaCase(
        "interface I { a: Int }\ninterface J implements I { a: Int @deprecated }\ntype Query { a: "
          + "Int }",
        "2:35 2:31 Interface field I.a is not deprecated, so implementation field J.a must not be "
          + "deprecated."),
      SchemaCase(
        "interface I { a(b: [Int!]): Int }\ntype Query implements I { a(b: [Int!]!): Int }",
        "1:20 2:32 Interface field argument I.a(b:) expects type [Int!] but Query.a(b:) is type "
          + "[Int!]!."),
    ])
  func examples(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
