// What the reader takes and what it refuses, as tables in the manner of JSONTestSuite: y for what
// RFC 8259 demands to be read, n for what it forbids, each refusal with its reason and offset.

import JSON
import Testing

@Suite("The JSON reader")
struct JSONReaderTests {
  struct Accepted: CustomTestStringConvertible {
    let text: String
    let value: JSONValue
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ value: JSONValue) {
      self.text = text
      self.value = value
    }
  }

  @Test(
    "reads what RFC 8259 allows",
    arguments: [
      Accepted("null", .null),
      Accepted(" \t\r\n true \n", .bool(true)),
      Accepted("false", .bool(false)),
      Accepted("0", .number("0")),
      Accepted("-0", .number("-0")),
      Accepted("-12.50e+07", .number("-12.50e+07")),
      Accepted("1E400", .number("1E400")),
      Accepted("123456789012345678901234567890", .number("123456789012345678901234567890")),
      Accepted(#""""#, .string("")),
      Accepted(#""a long text without any escape""#, .string("a long text without any escape")),
      Accepted(#""ñandú, 日本, 👩‍👩‍👧""#, .string("ñandú, 日本, 👩‍👩‍👧")),
      Accepted(#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{c}\n\r\t")),
      Accepted(#""plain \u00e9 then 日本""#, .string("plain é then 日本")),
      Accepted(#""\uD83D\uDE00\ud83d\ude00""#, .string("😀😀")),
      Accepted(#""\uFFFF\uDBFF\uDFFF""#, .string("\u{ffff}\u{10ffff}")),
      Accepted(#""a\u0000b""#, .string("a\0b")),
      Accepted("\"\u{7f}\u{2028}\"", .string("\u{7f}\u{2028}")),
      Accepted("[]", .array([])),
      Accepted("[ ]", .array([])),
      Accepted("[1 , [2],{} ]", .array([.number("1"), .array([.number("2")]), .object([])])),
      Accepted("{}", .object([])),
      Accepted(
        #"{ "a" : 1 , "" : null,"b":{"a":[]}}"#,
        .object([
          JSONMember(name: "a", value: .number("1")), JSONMember(name: "", value: .null),
          JSONMember(
            name: "b", value: .object([JSONMember(name: "a", value: .array([]))])),
        ])),
    ])
  func accepts(_ row: Accepted) throws {
    #expect(try parseJSON(Array(row.text.utf8)) == row.value)
  }

  struct Refused: CustomTestStringConvertible {
    let bytes: [UInt8]
    let error: JSONError
    var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }

    init(_ text: String, _ reason: JSONError.Reason, _ byteOffset: Int) {
      self.init(bytes: Array(text.utf8), reason, byteOffset)
    }

    init(bytes: [UInt8], _ reason: JSONError.Reason, _ byteOffset: Int) {
      self.bytes = bytes
      self.error = JSONError(reason, byteOffset: byteOffset)
    }
  }

  @Test(
    "refuses what the grammar forbids",
    arguments: [
      Refused("", .unexpectedEnd, 0),
      Refused("  ", .unexpectedEnd, 2),
      Refused("\u{feff}1", .unexpectedByte(0xef), 0),
      Refused("nul", .unexpectedEnd, 3),
      Refused("nulL", .unexpectedByte(UInt8(ascii: "L")), 3),
      Refused("True", .unexpectedByte(UInt8(ascii: "T")), 0),
      Refused("truee", .trailingBytes, 4),
      Refused("NaN", .unexpectedByte(UInt8(ascii: "N")), 0),
      Refused("Infinity", .unexpectedByte(UInt8(ascii: "I")), 0),
      Refused("-Infinity", .invalidNumber, 0),
      Refused("1 2", .trailingBytes, 2),
      Refused("{} x", .trailingBytes, 3),
      Refused("1\0", .trailingBytes, 1),
      Refused("01", .invalidNumber, 0),
      Refused("-01", .invalidNumber, 0),
      Refused("-", .invalidNumber, 0),
      Refused("1.", .invalidNumber, 0),
      Refused("[1.e1]", .invalidNumber, 1),
      Refused("1e", .invalidNumber, 0),
      Refused("1e+", .invalidNumber, 0),
      Refused(".5", .unexpectedByte(UInt8(ascii: ".")), 0),
      Refused("+1", .unexpectedByte(UInt8(ascii: "+")), 0),
      Refused("0x1F", .trailingBytes, 1),
      Refused("1_000", .trailingBytes, 1),
      Refused("١", .unexpectedByte(0xd9), 0),
      Refused("[", .unexpectedEnd, 1),
      Refused("[1", .unexpectedEnd, 2),
      Refused("[1,", .unexpectedEnd, 3),
      Refused("[1,]", .unexpectedByte(UInt8(ascii: "]")), 3),
      Refused("[,1]", .unexpectedByte(UInt8(ascii: ",")), 1),
      Refused("[1 2]", .unexpectedByte(UInt8(ascii: "2")), 3),
      Refused("[1}", .unexpectedByte(UInt8(ascii: "}")), 2),
      Refused("]", .unexpectedByte(UInt8(ascii: "]")), 0),
      Refused("{", .unexpectedEnd, 1),
      Refused(#"{"a""#, .unexpectedEnd, 4),
      Refused(#"{"a":"#, .unexpectedEnd, 5),
      Refused(#"{"a":1"#, .unexpectedEnd, 6),
      Refused(#"{"a":1,}"#, .unexpectedByte(UInt8(ascii: "}")), 7),
      Refused(#"{"a" 1}"#, .unexpectedByte(UInt8(ascii: "1")), 5),
      Refused("{a:1}", .unexpectedByte(UInt8(ascii: "a")), 1),
      Refused("{'a':1}", .unexpectedByte(UInt8(ascii: "'")), 1),
      Refused("{1:1}", .unexpectedByte(UInt8(ascii: "1")), 1),
      Refused("[1] // no", .trailingBytes, 4),
      Refused("/* no */ 1", .unexpectedByte(UInt8(ascii: "/")), 0),
      Refused("[1\u{a0}]", .unexpectedByte(0xc2), 2),
    ])
  func refusesGrammar(_ row: Refused) {
    #expect(throws: row.error) { try parseJSON(row.bytes) }
  }

  @Test(
    "refuses strings that are no Unicode, each for its own reason",
    arguments: [
      Refused(#"""#, .unexpectedEnd, 1),
      Refused(#""abcdefghijk"#, .unexpectedEnd, 12),
      Refused(#""\"#, .unexpectedEnd, 2),
      Refused(#""\""#, .unexpectedEnd, 3),
      Refused(#""\x41""#, .invalidEscape, 1),
      Refused(#""\'""#, .invalidEscape, 1),
      Refused(#""\u12""#, .invalidEscape, 1),
      Refused(#""\u12G4""#, .invalidEscape, 1),
      Refused(#""\U0041""#, .invalidEscape, 1),
      Refused("\"\\u\u{ff11}\u{ff11}\"", .invalidEscape, 1),
      Refused("\"a\u{0}b\"", .controlCharacter, 2),
      Refused("\"0123456789\nabcdefgh\"", .controlCharacter, 11),
      Refused("\"\u{1f}\"", .controlCharacter, 1),
      Refused(#""\ud800""#, .loneSurrogate, 1),
      Refused(#""\udc00""#, .loneSurrogate, 1),
      Refused(#""\udc00\ud800""#, .loneSurrogate, 1),
      Refused(#""\ud800\ud800""#, .loneSurrogate, 1),
      Refused(#""\ud800\n""#, .loneSurrogate, 1),
      Refused(#""\ud800x""#, .loneSurrogate, 1),
      Refused(#""\ud800\u12""#, .invalidEscape, 7),
      Refused(bytes: Array("\"a".utf8) + [0xff] + Array("\"".utf8), .invalidUTF8, 2),
      Refused(bytes: Array("\"a\\n".utf8) + [0x80] + Array("\"".utf8), .invalidUTF8, 4),
      Refused(bytes: [0x22, 0xc0, 0xaf, 0x22], .invalidUTF8, 1),
      Refused(bytes: [0x22, 0xe0, 0x80, 0x80, 0x22], .invalidUTF8, 1),
      Refused(bytes: [0x22, 0xed, 0xa0, 0x80, 0x22], .invalidUTF8, 1),
      Refused(bytes: [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8, 1),
      Refused(bytes: [0x22, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x22], .invalidUTF8, 1),
      Refused(bytes: [0x22, 0x61, 0xe2, 0x82, 0x22], .invalidUTF8, 2),
      Refused(bytes: [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d], .invalidUTF8, 2),
      Refused(bytes: [0x5b, 0xff, 0x5d], .unexpectedByte(0xff), 1),
    ])
  func refusesStrings(_ row: Refused) {
    #expect(throws: row.error) { try parseJSON(row.bytes) }
  }

  @Test(
    "refuses a member name that occurs twice",
    arguments: [
      Refused(#"{"a":1,"a":2}"#, .duplicateMember("a"), 7),
      Refused(#"{"a":1,"\u0061":2}"#, .duplicateMember("a"), 7),
      Refused(#"[{"b":{"":1,"":2}}]"#, .duplicateMember(""), 12),
      Refused("{\"\u{e9}\":1,\"e\u{301}\":2}", .duplicateMember("é"), 8),
    ])
  func refusesDuplicates(_ row: Refused) {
    #expect(throws: row.error) { try parseJSON(row.bytes) }
  }

  @Test("finds a name that occurs twice among thousands")
  func duplicateAmongMany() throws {
    let names = (0..<5_000).map { "\"name\($0)\":0" }
    let text = "{" + names.joined(separator: ",")
    #expect(try parseJSON(Array((text + "}").utf8)).objectValue?.count == 5_000)
    #expect(throws: JSONError(.duplicateMember("name7"), byteOffset: text.utf8.count + 1)) {
      try parseJSON(Array((text + ",\"name7\":1}").utf8))
    }
  }

  @Test(
    "refuses nesting past the limit at the first bracket too many", arguments: ["[", "{\"a\":"])
  func depth(opening: String) {
    let limits = JSONLimits(depthMax: 64, bytesMax: 1 << 22, valuesMax: 1 << 22)
    let deep = Array(String(repeating: opening, count: 500_000).utf8)
    #expect(throws: JSONError(.tooDeep, byteOffset: 64 * opening.utf8.count)) {
      try parseJSON(deep, limits: limits)
    }
    let closing = opening == "[" ? "]" : "}"
    let fits = String(repeating: opening, count: 63) + (opening == "[" ? "[" : "{")
    let text = fits + String(repeating: closing, count: 64)
    #expect(throws: Never.self) { try parseJSON(Array(text.utf8), limits: limits) }
  }

  @Test("does not count brackets that were closed again as depth")
  func siblings() throws {
    let text = "[" + Array(repeating: "[[]]", count: 200).joined(separator: ",") + "]"
    #expect(try parseJSON(Array(text.utf8)).arrayValue?.count == 200)
  }

  @Test("refuses a text or a number of values past the limit")
  func size() {
    let limits = JSONLimits(depthMax: 4, bytesMax: 8, valuesMax: 3)
    #expect(throws: JSONError(.tooLong, byteOffset: 8)) {
      try parseJSON(Array("123456789".utf8), limits: limits)
    }
    #expect(throws: JSONError(.tooManyValues, byteOffset: 5)) {
      try parseJSON(Array("[1,2,3]".utf8), limits: limits)
    }
    #expect(throws: Never.self) { try parseJSON(Array("[1,2]".utf8), limits: limits) }
  }

  @Test("never crashes or reads past the end on a text cut or changed anywhere")
  func mutations() {
    let text = Array(#"{"a":[1.5e3,"x\u00e9\ud83d\ude00é",true,{"b":null}],"c":-0}"#.utf8)
    for length in 0..<text.count {
      #expect(throws: JSONError.self) { try parseJSON(Array(text[..<length])) }
    }
    for index in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[index] = byte
        guard let value = try? parseJSON(changed) else { continue }
        #expect((try? parseJSON(value.jsonBytes)) == value)
      }
    }
  }

  @Test("says what is wrong and where, without repeating the text")
  func descriptions() {
    #expect(
      JSONError(.unexpectedByte(UInt8(ascii: "x")), byteOffset: 3).description
        == "Unexpected 'x' in the JSON text (byte 3).")
    #expect(
      JSONError(.unexpectedByte(7), byteOffset: 0).description
        == "Unexpected byte 0x07 in the JSON text (byte 0).")
    let duplicate = JSONError(.duplicateMember("secret"), byteOffset: 9).description
    #expect(duplicate == "A member name occurs twice in the same object (byte 9).")
  }
}
