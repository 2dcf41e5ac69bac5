// What a value says of itself: its members, its exact integer, its double, its NUL.

import JSON
import Testing

@Suite("A JSON value")
struct JSONValueTests {
  @Test(
    "is an integer exactly where its literal says one",
    arguments: [
      ("0", 0), ("-0", 0), ("-0.0", 0), ("0e999999999999999999999", 0), ("0.00E-5", 0),
      ("42", 42), ("-42", -42), ("3.0", 3), ("3.000e0", 3), ("30e-1", 3), ("1e3", 1_000),
      ("1.5e1", 15), ("1.25E+2", 125), ("0.5e1", 5), ("1000e-3", 1),
      ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
      ("9223372036854775807.0", Int.max), ("-9223372036854775808.0", Int.min),
      ("922337203685477580.7e1", Int.max), ("9e18", 9_000_000_000_000_000_000),
      ("0.0000000000000000000000001e25", 1),
    ] as [(String, Int)])
  func exact(literal: String, value: Int) {
    #expect(JSONValue.number(literal).intValue == value)
  }

  @Test(
    "is no integer where the literal has a fraction or does not fit",
    arguments: [
      "3.5", "1e-1", "0.1", "9223372036854775808", "-9223372036854775809",
      "9223372036854775808.0", "-9223372036854775809.0", "1e19", "1e400", "1e-400",
      "1e99999999999999999999", "12345678901234567890123",
    ])
  func inexact(literal: String) {
    #expect(JSONValue.number(literal).intValue == nil)
  }

  @Test(
    "is the nearest double, finite only",
    arguments: [("1.5", 1.5), ("1e400", nil), ("-0", -0.0), ("9007199254740993", 9007199254740992)]
      as [(String, Double?)])
  func double(literal: String, value: Double?) {
    #expect(JSONValue.number(literal).doubleValue == value)
  }

  @Test("gives its members by name and its elements by position, and nil for the rest")
  func accessors() throws {
    let value = try parseJSON(Array(#"{"a":[true,null,"x",1.50],"n":null}"#.utf8))
    #expect(value["a"]?[0]?.boolValue == true)
    #expect(value["a"]?[1]?.isNull == true)
    #expect(value["a"]?[2]?.stringValue == "x")
    #expect(value["a"]?[3]?.numberLiteral == "1.50")
    #expect(value["a"]?[4] == nil)
    #expect(value["a"]?["x"] == nil)
    #expect(value["n"] == .null)
    #expect(value["missing"] == nil)
    #expect(value[0] == nil)
    #expect(value.stringValue == nil && value.intValue == nil && value.boolValue == nil)
  }

  @Test(
    "tells where its first NUL stands",
    arguments: [
      (#"{"a":{"b":["x","y\u0000z"]}}"#, "a.b[1]"),
      (#"["\u0000"]"#, "[0]"),
      (#""\u0000""#, ""),
      (#"{"a":{"x\u0000":1}}"#, "a"),
      (#"{"a":"\\u0000","b":[0,null]}"#, nil),
    ] as [(String, String?)])
  func pathOfNUL(text: String, path: String?) throws {
    #expect(try parseJSON(Array(text.utf8)).pathOfNUL == path)
  }
}
