// A seeded mutation fuzz slice over lexer, parser and printer: no input crashes, and what parses
// prints to a fixed point.

import Testing

@testable import GraphQLSyntax

/// A small generator of its own (SplitMix64), so that a failing seed fails everywhere.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private let seeds: [String] = [
  "query Q($a: [Int!]! = [1, 2] @d(x: {y: \"z\"})) @e { a: b(c: $a, d: -1.5e3) { ...F ... on T "
    + "{ x } } }",
  "\"d\" fragment F on T @a { b(c: \"\\u{1F600}\\uD83D\\uDE00\\n\", d: \"\"\"x\n    y\n\"\"\") }",
  "\"\"\"a\n  b\"\"\" type T implements A & B @c { \"f\" a(\"b\" c: Int = 1): [T!]! @d } extend "
    + "type T { z: Z }",
  "schema @a { query: Q } enum E { A @b B } union U = | A | B input I { a: Int = {b: [null "
    + "true]} }",
  "directive @d(a: Int) repeatable on FIELD | QUERY extend schema @x # comment é\r\n scalar S",
]

private let fragments: [String] = [
  "{", "}", "(", ")", "[", "]", "...", ":", "=", "@", "|", "&", "!", "$", "\"", "\"\"\"", "\\",
  "\\u",
  "\\u{", "#", "\n", "\r", "on", "query", "type", "extend", "null", "-", "1", "1.", "e", "\u{FEFF}",
  "é",
]

@Suite("Fuzz")
struct SyntaxFuzzTests {
  @Test("mutated documents never crash, and what parses prints to a fixed point", arguments: 0..<8)
  func mutations(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    for _ in 0..<250 {
      var bytes = Array(seeds[Int.random(in: 0..<seeds.count, using: &generator)].utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        mutate(&bytes, &generator)
      }
      let source = Source(bytes: bytes)
      let limits = ParseLimits(tokensMax: 500, depthMax: 20)
      _ = try? parseValue(source, limits: limits)
      _ = try? parseType(source, limits: limits)
      _ = try? parseCoordinate(source)
      do throws(SyntaxError) {
        let printed = print(try parse(source, limits: limits))
        let again = try? parse(Source(printed))
        #expect(again.map { print($0) } == printed, "\(String(decoding: bytes, as: UTF8.self))")
      } catch {
        #expect(Int(error.range.start) <= bytes.count)
        _ = LineIndex(source).location(of: error.range)
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let position = Int.random(in: 0...bytes.count, using: &generator)
    switch Int.random(in: 0..<5, using: &generator) {
    case 0:
      bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
    case 1:
      let fragment = fragments[Int.random(in: 0..<fragments.count, using: &generator)]
      bytes.insert(contentsOf: Array(fragment.utf8), at: position)
    case 2:
      let end = min(bytes.count, position + Int.random(in: 1...6, using: &generator))
      bytes.removeSubrange(position..<end)
    case 3 where position < bytes.count:
      bytes[position] =
        fragments[Int.random(in: 0..<fragments.count, using: &generator)].utf8.first ?? 0
    default:
      let end = min(bytes.count, position + Int.random(in: 1...12, using: &generator))
      bytes.insert(contentsOf: bytes[position..<end], at: position)
    }
  }
}
