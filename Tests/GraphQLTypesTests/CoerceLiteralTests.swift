// Literals and the arguments that are planned from them (sections 3.5 to 3.12 and 6.4.1).

import GraphQLSyntax
import Testing

@testable import GraphQLTypes

@Suite("Coerce literals and arguments")
struct CoerceLiteralTests {
  let schema: Schema

  init() throws {
    let upper = ScalarCoercion.text { (text) throws(ScalarRefusal) in
      guard text == text.uppercased() else { throw ScalarRefusal("it must be upper case.") }
      return .string(text)
    }
    schema = Schema(
      assembling: [
        try parse(
          Source(
            """
            type Query {
              f(a: Int, b: Int = 5, c: Int!, d: Int! = 6, p: Point, l: [Int], u: Upper): Int
              none: Int
            }
            enum Color { RED GREEN }
            input Point { x: Int! y: Int = 7 name: String nested: Point color: Color }
            input Choice @oneOf { a: String b: Int }
            scalar Anything
            scalar Upper
            directive @use(f: Float, s: String, i: ID, b: Boolean, o: Choice, a: Anything) on FIELD
            """))
      ], scalars: ["Upper": upper])
  }

  @Test(
    "coerces literals to their type, or not at all",
    arguments: [
      ("1", "Int", "1"), ("2147483648", "Int", nil), ("1.0", "Int", nil), ("\"1\"", "Int", nil),
      ("null", "Int", "null"), ("null", "Int!", nil), ("1", "Float", "1.0"),
      ("1.5", "Float", "1.5"), ("\"a\"", "String", "\"a\""), ("a", "String", nil),
      ("\"\"\" b \"\"\"", "String", "\" b \""),
      ("1", "ID", "\"1\""), ("\"1\"", "ID", "\"1\""), ("1.5", "ID", nil),
      ("true", "Boolean", "true"), ("1", "Boolean", nil), ("RED", "Color", "RED"),
      ("\"RED\"", "Color", nil), ("PINK", "Color", nil), ("[1, null]", "[Int]", "[1, null]"),
      ("1", "[Int]", "[1]"), ("[1, null]", "[Int!]", nil), ("[[1], 2]", "[[Int]]", "[[1], [2]]"),
      ("{x: 1}", "Point", "{x: 1, y: 7}"), ("{y: 1}", "Point", nil), ("{x: 1, z: 1}", "Point", nil),
      ("{x: 1, y: null}", "Point", "{x: 1, y: null}"), ("1", "Point", nil),
      (
        "{x: 1, nested: {x: 2, color: RED}}", "Point",
        "{x: 1, y: 7, nested: {x: 2, y: 7, color: RED}}"
      ),
      ("{a: \"x\"}", "Choice", "{a: \"x\"}"), ("{a: \"x\", b: 1}", "Choice", nil),
      ("{a: null}", "Choice", nil), ("{}", "Choice", nil),
      ("{a: [1, 2.5, E, null, true, \"s\"]}", "Anything", "{a: [1, 2.5, E, null, true, \"s\"]}"),
      ("\"AB\"", "Upper", "\"AB\""), ("\"ab\"", "Upper", nil), ("1", "Upper", nil),
      // With $one = 1, $nil = null, and $none absent.
      ("$one", "Int", "1"), ("$nil", "Int", "null"), ("$nil", "Int!", nil), ("$none", "Int", nil),
      ("[$one, $none]", "[Int]", "[1, null]"), ("[$none]", "[Int!]", nil),
      ("{x: $one, y: $none, name: $none}", "Point", "{x: 1, y: 7}"), ("{x: $none}", "Point", nil),
      ("{x: 1, y: $nil}", "Point", "{x: 1, y: null}"), ("{b: $one}", "Choice", "{b: 1}"),
      ("{b: $nil}", "Choice", nil), ("{b: $none}", "Choice", nil),
      ("{a: \"x\", b: $none}", "Choice", nil),
      ("{v: [$one, $none]}", "Anything", "{v: [1, null]}"),
    ])
  func literals(literal: String, type: String, expected: String?) throws {
    let type = try #require(schema.type(try parseType(Source(type))))
    let value = schema.coerce(
      try parseValue(Source(literal)), to: type,
      VariableValues(["one": .int(1), "nil": .null]))
    #expect(value.map { text(of: $0) } == expected)
  }

  private func planned(_ arguments: String) throws -> ArgumentPlan {
    let document = try parse(Source("{ f\(arguments) }"))
    guard case .operation(let operation)? = document.definitions.first,
      case .field(let field)? = operation.selectionSet.selections.first
    else { throw CoercionError(message: "no field") }
    let definition = try #require(schema.queryType?.field(named: "f"))
    return ArgumentPlan(definition, field.arguments, schema: schema)
  }

  @Test(
    "coerces arguments once where no variable decides",
    arguments: [
      ("(c: 1)", "b: 5, c: 1, d: 6"), ("(a: null, b: null, c: 1)", "a: null, b: null, c: 1, d: 6"),
      ("(c: 1, p: {x: 2}, l: 3)", "b: 5, c: 1, d: 6, l: [3], p: {x: 2, y: 7}"),
      ("(c: 1, u: \"X\")", "b: 5, c: 1, d: 6, u: \"X\""),
    ])
  func constants(arguments: String, expected: String) throws {
    guard case .constant(let values) = try planned(arguments) else {
      Issue.record("not constant")
      return
    }
    #expect(text(of: values) == expected)
  }

  @Test(
    "coerces arguments with variables when these are known",
    arguments: [
      ("(c: $one)", "b: 5, c: 1, d: 6"),
      ("(c: 1, a: $none, b: $none, d: $none)", "b: 5, c: 1, d: 6"),
      ("(c: 1, a: $nil)", "a: null, b: 5, c: 1, d: 6"), ("(c: 1, b: $nil)", "b: null, c: 1, d: 6"),
      ("(c: 1, p: {x: $one})", "b: 5, c: 1, d: 6, p: {x: 1, y: 7}"),
      (
        "(c: $none)",
        "! Argument \"c\" of required type \"Int!\" was provided the variable \"$none\" which was not provided a runtime value."
      ),
      ("(c: $nil)", "! Argument \"c\" of non-null type \"Int!\" must not be null."),
      ("(c: 1, d: $nil)", "! Argument \"d\" of non-null type \"Int!\" must not be null."),
      ("(c: 1, p: {x: $none})", "! Argument \"p\" has invalid value {x: $none}."),
      ("(a: $one)", "! Argument \"c\" of required type \"Int!\" was not provided."),
    ])
  func variables(arguments: String, expected: String) throws {
    let plan = try planned(arguments)
    guard case .variable = plan else {
      Issue.record("constant")
      return
    }
    let variables = VariableValues(["one": .int(1), "nil": .null])
    do {
      #expect(text(of: try plan.values(variables)) == expected)
    } catch {
      #expect("! \(error.message)" == expected)
    }
  }

  @Test("keeps a refused constant for the field's error")
  func refusedConstant() throws {
    let plan = try planned("(c: 1, u: \"x\")")
    let error = #expect(throws: CoercionError.self) { try plan.values(VariableValues()) }
    #expect(error?.message == "Argument \"u\" has invalid value \"x\".")
    #expect(error?.range != nil)
  }

  @Test(
    "says why a scalar refuses a literal",
    arguments: [
      ("Int", "\"a\"", "Int cannot represent non-integer value: \"a\""), ("Int", "1", nil),
      ("Int", "9999999999", "Int cannot represent non 32-bit signed integer value: 9999999999"),
      (
        "Int", "99999999999999999999",
        "Int cannot represent non 32-bit signed integer value: 99999999999999999999"
      ),
      ("Upper", "\"a\"", "Expected value of type \"Upper\", found \"a\"; it must be upper case."),
      ("Upper", "[1]", "Expected value of type \"Upper\", found [1]; it must be a string."),
      ("Upper", "[$v]", "Expected value of type \"Upper\", found [$v]; it must be a string."),
      ("Int", "{a: $v}", "Int cannot represent non-integer value: {a: $v}"),
      ("Anything", "{a: 1}", nil), ("Anything", "{a: [$v]}", nil),
    ])
  func refusals(name: String, literal: String, expected: String?) throws {
    guard case .scalar(let scalar)? = schema.type(named: name) else {
      Issue.record("no scalar")
      return
    }
    #expect(scalar.refusal(of: try parseValue(Source(literal))) == expected)
  }

  @Test("tells an absent field of an input object from a null one")
  func presence() throws {
    let type = try #require(schema.type(named: "Point")).id
    let value = schema.coerce(
      try parseValue(Source("{x: 1, name: null}")), to: .named(type), VariableValues())
    let object = try #require(value?.objectValue)
    #expect(object.isPresent("name"))
    #expect(object["name"] == .null)
    #expect(!object.isPresent("color"))
    #expect(object["color"] == nil)
    #expect(object["y"]?.intValue == 7)
    #expect(object.fields.map(\.name) == ["x", "y", "name"])
  }
}
