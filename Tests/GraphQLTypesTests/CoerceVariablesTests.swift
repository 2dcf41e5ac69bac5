// Variables from JSON, type by type (sections 3.5 to 3.12 and 6.1.2).

import GraphQLSyntax
import JSON
import Testing

@testable import GraphQLTypes

@Suite("Coerce variable values")
struct CoerceVariablesTests {
  static let schemaText = """
    type Query { a: Int f: Float i: ID }
    enum Color { RED GREEN }
    input Point { x: Int! y: Int = 7 name: String, tags: [String!] }
    input Nested { point: Point!, points: [[Point]] , self: Nested, color: Color = GREEN }
    input Choice @oneOf { a: String b: Int }
    scalar Anything
    scalar Even
    """
  let schema: Schema

  init() throws {
    let even = ScalarCoercion(
      json: { (value) throws(ScalarRefusal) in
        guard let number = value.intValue, number % 2 == 0 else {
          throw ScalarRefusal("It must be even.")
        }
        return .int(number)
      },
      literal: { (value) throws(ScalarRefusal) in
        guard case .int(let digits, _) = value, let number = Int(digits), number % 2 == 0 else {
          throw ScalarRefusal("it must be even.")
        }
        return .int(number)
      })
    schema = Schema(
      assembling: [try parse(Source(CoerceVariablesTests.schemaText))], scalars: ["Even": even])
  }

  private func coerce(_ definitions: String, _ json: String) throws -> String {
    let document = try parse(Source("query (\(definitions)) { a }"))
    guard case .operation(let operation)? = document.definitions.first else { return "" }
    let json = try parseJSON(Array(json.utf8))
    do {
      let values = try coerceVariableValues(
        operation.variableDefinitions, json, schema: schema)
      return text(
        of: Dictionary(
          uniqueKeysWithValues: operation.variableDefinitions.compactMap { definition in
            values[definition.variable.value].map { (definition.variable.value, $0) }
          }))
    } catch {
      return error.errors.map(\.message).joined(separator: "\n")
    }
  }

  @Test(
    "accepts what the type's input coercion accepts",
    arguments: [
      ("$v: Int", #"{"v": 1}"#, "v: 1"), ("$v: Int", #"{"v": -2147483648}"#, "v: -2147483648"),
      ("$v: Int", #"{"v": 1.0}"#, "v: 1"), ("$v: Int", #"{"v": null}"#, "v: null"),
      ("$v: Int", "{}", ""), ("$v: Int", #"{"w": 1}"#, ""),
      ("$v: Int = 3", "{}", "v: 3"), ("$v: Int! = 3", "{}", "v: 3"),
      ("$v: Int = 3", #"{"v": null}"#, "v: null"), ("$v: Int = null", "{}", "v: null"),
      ("$v: Float", #"{"v": 1}"#, "v: 1.0"), ("$v: Float", #"{"v": 1.5e3}"#, "v: 1500.0"),
      ("$v: String", #"{"v": "é"}"#, "v: \"é\""), ("$v: Boolean", #"{"v": true}"#, "v: true"),
      ("$v: ID", #"{"v": "a"}"#, "v: \"a\""), ("$v: ID", #"{"v": 4}"#, "v: \"4\""),
      ("$v: ID", #"{"v": -4.0}"#, "v: \"-4\""),
      ("$v: ID", #"{"v": -100000000000000000000}"#, "v: \"-100000000000000000000\""),
      ("$v: Color", #"{"v": "RED"}"#, "v: RED"),
      ("$v: [Int]", #"{"v": [1, null, 3]}"#, "v: [1, null, 3]"),
      ("$v: [Int]", #"{"v": 1}"#, "v: [1]"), ("$v: [Int]", #"{"v": null}"#, "v: null"),
      ("$v: [[Int]]", #"{"v": [[1, 2, 3]]}"#, "v: [[1, 2, 3]]"),
      ("$v: [[Int]]", #"{"v": [1, 2, 3]}"#, "v: [[1], [2], [3]]"),
      ("$v: [[Int]]", #"{"v": 1}"#, "v: [[1]]"), ("$v: [Int!]!", #"{"v": []}"#, "v: []"),
      ("$v: Point", #"{"v": {"x": 1}}"#, "v: {x: 1, y: 7}"),
      ("$v: Point", #"{"v": {"y": null, "x": 1, "name": null}}"#, "v: {x: 1, y: null, name: null}"),
      ("$v: Point", #"{"v": {"x": 1, "tags": "a"}}"#, "v: {x: 1, y: 7, tags: [\"a\"]}"),
      (
        "$v: Nested", #"{"v": {"point": {"x": 1}, "points": {"x": 2}}}"#,
        "v: {point: {x: 1, y: 7}, points: [[{x: 2, y: 7}]], color: GREEN}"
      ),
      ("$v: Choice", #"{"v": {"a": "x"}}"#, "v: {a: \"x\"}"),
      (
        "$v: Anything", #"{"v": {"a": [1, 2.5, "s", null, true, 9007199254740993]}}"#,
        "v: {a: [1, 2.5, \"s\", null, true, 9007199254740993]}"
      ),
      ("$v: Even", #"{"v": 4}"#, "v: 4"),
      ("$v: Int = 1, $w: [Color!] = RED", #"{"v": 2}"#, "v: 2, w: [RED]"),
    ])
  func accepts(definitions: String, json: String, expected: String) throws {
    #expect(try coerce(definitions, json) == expected)
  }

  @Test(
    "refuses everything else, in the reference implementation's words",
    arguments: [
      ("$v: Int!", "{}", "Variable \"$v\" of required type \"Int!\" was not provided."),
      (
        "$v: Int!", #"{"v": null}"#, "Variable \"$v\" of non-null type \"Int!\" must not be null."
      ),
      (
        "$v: Int", #"{"v": "1"}"#,
        "Variable \"$v\" got invalid value \"1\"; Int cannot represent non-integer value: \"1\""
      ),
      (
        "$v: Int", #"{"v": 1.5}"#,
        "Variable \"$v\" got invalid value 1.5; Int cannot represent non-integer value: 1.5"
      ),
      (
        "$v: Int", #"{"v": true}"#,
        "Variable \"$v\" got invalid value true; Int cannot represent non-integer value: true"
      ),
      (
        "$v: Int", #"{"v": 2147483648}"#,
        "Variable \"$v\" got invalid value 2147483648; Int cannot represent non 32-bit signed "
          + "integer value: 2147483648"
      ),
      (
        "$v: Int", #"{"v": 1e30}"#,
        "Variable \"$v\" got invalid value 1e30; Int cannot represent non 32-bit signed integer "
          + "value: 1e30"
      ),
      (
        "$v: Float", #"{"v": "1"}"#,
        "Variable \"$v\" got invalid value \"1\"; Float cannot represent non numeric value: \"1\""
      ),
      (
        "$v: Float", #"{"v": 1e999}"#,
        "Variable \"$v\" got invalid value 1e999; Float cannot represent non numeric value: 1e999"
      ),
      (
        "$v: String", #"{"v": 1}"#,
        "Variable \"$v\" got invalid value 1; String cannot represent a non string value: 1"
      ),
      (
        "$v: Boolean", #"{"v": 1}"#,
        "Variable \"$v\" got invalid value 1; Boolean cannot represent a non boolean value: 1"
      ),
      (
        "$v: Boolean", #"{"v": "true"}"#,
        "Variable \"$v\" got invalid value \"true\"; Boolean cannot represent a non boolean value: "
          + "\"true\""
      ),
      (
        "$v: ID", #"{"v": 1.5}"#,
        "Variable \"$v\" got invalid value 1.5; ID cannot represent value: 1.5"
      ),
      (
        "$v: ID", #"{"v": 1e30}"#,
        "Variable \"$v\" got invalid value 1e30; ID cannot represent value: 1e30"
      ),
      (
        "$v: ID", #"{"v": {}}"#,
        "Variable \"$v\" got invalid value {}; ID cannot represent value: {}"
      ),
      (
        "$v: Color", #"{"v": "BLUE"}"#,
        "Variable \"$v\" got invalid value \"BLUE\"; Value \"BLUE\" does not exist in \"Color\" "
          + "enum."
      ),
      (
        "$v: Color", #"{"v": 1}"#,
        "Variable \"$v\" got invalid value 1; Enum \"Color\" cannot represent non-string value: 1."
      ),
      (
        "$v: [Int!]", #"{"v": [1, null, "a"]}"#,
        """
        Variable "$v" got invalid value null at "v[1]"; Expected non-nullable type "Int!" not to \
        be null.
        Variable "$v" got invalid value "a" at "v[2]"; Int cannot represent non-integer value: "a"
        """
      ),
      (
        "$v: [[Int]]", #"{"v": [[1, "b"]]}"#,
        "Variable \"$v\" got invalid value \"b\" at \"v[0][1]\"; Int cannot represent non-integer "
          + "value: \"b\""
      ),
      (
        "$v: Point", #"{"v": 1}"#,
        "Variable \"$v\" got invalid value 1; Expected type \"Point\" to be an object."
      ),
      (
        "$v: Point", #"{"v": {"z": 1}}"#,
        """
        Variable "$v" got invalid value { z: 1 }; Field "x" of required type "Int!" was not \
        provided.
        Variable "$v" got invalid value { z: 1 }; Field "z" is not defined by type "Point".
        """
      ),
      (
        "$v: Nested", #"{"v": {"point": {"x": "a", "tags": ["b", 3]}, "self": {}}}"#,
        """
        Variable "$v" got invalid value "a" at "v.point.x"; Int cannot represent non-integer \
        value: "a"
        Variable "$v" got invalid value 3 at "v.point.tags[1]"; String cannot represent a non \
        string value: 3
        Variable "$v" got invalid value {} at "v.self"; Field "point" of required type "Point!" \
        was not provided.
        """
      ),
      (
        "$v: Choice", #"{"v": {"a": "x", "b": 1}}"#,
        "Variable \"$v\" got invalid value { a: \"x\", b: 1 }; Exactly one key must be specified "
          + "for OneOf type \"Choice\"."
      ),
      (
        "$v: Choice", #"{"v": {}}"#,
        "Variable \"$v\" got invalid value {}; Exactly one key must be specified for OneOf type "
          + "\"Choice\"."
      ),
      (
        "$v: Choice", #"{"v": {"a": null}}"#,
        "Variable \"$v\" got invalid value null at \"v.a\"; Field \"a\" must be non-null."
      ),
      (
        "$v: Even", #"{"v": 3}"#,
        "Variable \"$v\" got invalid value 3; Expected type \"Even\". It must be even."
      ),
      (
        "$v: Int!, $w: Int!", "{}",
        """
        Variable "$v" of required type "Int!" was not provided.
        Variable "$w" of required type "Int!" was not provided.
        """
      ),
    ])
  func refuses(definitions: String, json: String, expected: String) throws {
    #expect(try coerce(definitions, json) == expected)
  }

  @Test("stops telling at its limit")
  func errorLimit() throws {
    let elements = Array(repeating: "\"a\"", count: 200).joined(separator: ",")
    let messages = try coerce("$v: [Int]", "{\"v\": [\(elements)]}").split(separator: "\n")
    #expect(messages.count == 51)
    #expect(
      messages.last
        == "Too many errors processing variables, error limit reached. Execution aborted.")
  }

  @Test("shows no more of a value than a message needs")
  func bounded() throws {
    let long = String(repeating: "x", count: 100_000)
    #expect(try coerce("$v: Int", "{\"v\": \"\(long)\"}").utf8.count < 1_000)
    #expect(try coerce("$v: Color", "{\"v\": \"\(long)\"}").utf8.count < 1_000)
    #expect(try coerce("$v: Point", "{\"v\": {\"x\": 1, \"\(long)\": 1}}").utf8.count < 1_000)
    #expect(
      try coerce("$v: Int", #"{"v": {"a": {"b": {"c": 1}}, "l": [[[1]]]}}"#)
        == "Variable \"$v\" got invalid value { a: { b: [Object] }, l: [[Array]] }; Int cannot "
        + "represent non-integer value: { a: { b: [Object] }, l: [[Array]] }")
    #expect(
      try coerce("$v: Int", #"{"v": [1,2,3,4,5,6,7,8,9,10,11]}"#)
        .hasSuffix("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ... 1 more item]"))
  }

  @Test("says where the variable is defined")
  func location() throws {
    let document = try parse(Source("query ($a: Int, $b: Int!) { a }"))
    guard case .operation(let operation)? = document.definitions.first else { return }
    let errors = #expect(throws: CoercionErrors.self) {
      try coerceVariableValues(operation.variableDefinitions, nil, schema: schema)
    }
    #expect(errors?.errors.map(\.range) == [operation.variableDefinitions[1].range])
  }
}
