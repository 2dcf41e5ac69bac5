// What the writer's bytes look like, and that whatever it writes reads back as the same value.

import JSON
import Testing

@Suite("The JSON writer")
struct JSONWriterTests {
  @Test(
    "escapes what section 7 demands and nothing else",
    arguments: [
      ("", #""""#), ("plain", #""plain""#), ("ñ 日本 😀", #""ñ 日本 😀""#),
      ("\"", #""\"""#), ("a\\b", #""a\\b""#), ("/", #""/""#),
      ("\u{8}\u{9}\u{a}\u{c}\u{d}", #""\b\t\n\f\r""#),
      ("\0\u{1}\u{f}\u{10}\u{1f}\u{20}\u{7f}", "\"\\u0000\\u0001\\u000f\\u0010\\u001f \u{7f}\""),
      ("0123456\"0123456\\", #""0123456\"0123456\\""#),
      ("01234567\n89", #""01234567\n89""#),
    ])
  func strings(value: String, text: String) {
    #expect(JSONValue.string(value).jsonText == text)
  }

  @Test("finds a special byte at every offset and in every neighbourhood")
  func everyOffset() throws {
    let neighbours: [UInt8] = [0x20, 0x21, 0x23, 0x5b, 0x5d, 0x7f]
    for special in Array(UInt8(0)...0x1f) + [0x22, 0x5c] {
      for neighbour in neighbours {
        for offset in 0..<19 {
          var bytes = [UInt8](repeating: neighbour, count: 19)
          bytes[offset] = special
          let value = JSONValue.string(String(decoding: bytes, as: UTF8.self))
          #expect(try parseJSON(value.jsonBytes) == value)
        }
      }
    }
  }

  @Test(
    "writes integers in decimal",
    arguments: [
      (0, "0"), (-1, "-1"), (10, "10"), (Int.max, "9223372036854775807"),
      (Int.min, "-9223372036854775808"),
    ])
  func integers(value: Int, text: String) {
    var writer = JSONWriter()
    writer.integer(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }

  @Test(
    "writes doubles so that they read back, and null for what JSON lacks",
    arguments: [
      (1.5, "1.5"), (-0.0, "-0.0"), (1e22, "1e+22"), (2.5e-300, "2.5e-300"),
      (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
    ] as [(Double, String)])
  func doubles(value: Double, text: String) throws {
    var writer = JSONWriter()
    writer.double(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    if value.isFinite { #expect(try parseJSON(writer.bytes).doubleValue == value) }
  }

  @Test("places commas by itself, also after a tail was taken back")
  func structure() {
    var writer = JSONWriter(capacity: 64)
    writer.beginObject()
    writer.key("data")
    writer.beginObject()
    let kept = writer.count
    writer.key("company")
    writer.beginObject()
    writer.key("name")
    writer.string("ends in a bracket [")
    writer.truncate(to: kept)
    writer.key("company")
    writer.null()
    writer.key(named: "a\"b")
    writer.beginArray()
    writer.separate()
    writer.integer(1)
    writer.separate()
    writer.string("{")
    writer.separate()
    writer.boolean(false)
    writer.beginObject()
    writer.endObject()
    writer.endArray()
    writer.endObject()
    writer.separate()
    writer.raw(JSONWriter.encodedKey("errors"))
    writer.raw("[]")
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"data":{"company":null,"a\"b":[1,"{",false,{}]},"errors":[]}"#)
  }

  @Test("reads back whatever it wrote", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    let value = randomValue(using: &generator, depth: 5)
    #expect(try parseJSON(value.jsonBytes) == value)
  }
}

/// A reproducible generator (SplitMix64), so that a failing seed fails again.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

private func randomValue(using generator: inout SplitMix, depth: Int) -> JSONValue {
  switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
  case 0: return .null
  case 1: return .bool(Bool.random(using: &generator))
  case 2: return .number(String(Int.random(in: .min ... .max, using: &generator)))
  case 3: return .number(Double.random(in: -1e300...1e300, using: &generator).description)
  case 4: return .string(randomString(using: &generator))
  case 5, 6:
    let count = Int.random(in: 0..<6, using: &generator)
    return .array((0..<count).map { _ in randomValue(using: &generator, depth: depth - 1) })
  default:
    let count = Int.random(in: 0..<20, using: &generator)
    return .object(
      (0..<count).map { index in
        JSONMember(
          name: "\(index)" + randomString(using: &generator),
          value: randomValue(using: &generator, depth: depth - 1))
      })
  }
}

private func randomString(using generator: inout SplitMix) -> String {
  var scalars = String.UnicodeScalarView()
  for _ in 0..<Int.random(in: 0..<24, using: &generator) {
    let bound: UInt32 = [0x30, 0x80, 0x800, 0x11_0000].randomElement(using: &generator) ?? 0x80
    if let scalar = Unicode.Scalar(UInt32.random(in: 0..<bound, using: &generator)) {
      scalars.append(scalar)
    }
  }
  return String(scalars)
}
