// A text comes in, a text that differs from it in a few places leaves: by single bytes, by words of
// the language, or by whole runs that are moved, doubled or dropped.

/// What breaks lexers: marks that belong in pairs, escapes, ends of lines, odd characters.
private let shards: [String] = [
  "{", "}", "(", ")", "[", "]", "...", ":", "=", "@", "|", "&", "!", "$", "\"", "\"\"\"", "\\",
  "\\\"\"\"", "\\u", "\\u{", "\\u{1F600}", "\\uD83D", "\\uDE00", "\\u{D800}", "\\u0000", "#", "\n",
  "\r", "\r\n", "\t", " ", ",", "-", "0", "1", "1.", "01", "0x", "e", "E+", "1e400", "2147483648",
  "\u{FEFF}", "é", "😀", "\u{2028}", "\u{0}", "\u{7}", "null", "true", "on", "_", "__",
]

private let words: [String] = [
  "query", "mutation", "subscription", "fragment", "on", "schema", "scalar", "type", "interface",
  "union", "enum", "input", "directive", "extend", "implements", "repeatable", "true", "false",
  "null", "__typename", "__schema", "__type", "@skip(if: true)", "@include(if: $a)", "@deprecated",
  "@oneOf", "@specifiedBy(url: \"u\")", "Int", "ID", "String", "Query", "$a", "$b", "...F", "...G",
  "{a: 1}", "[1, null]", "{}", "[]", "\"d\"", "\"\"\"b\n  c\"\"\"", "= 1", "= {}", "!", "&", "|",
]

/// Changes bytes wherever they stand, so that the result may be no UTF-8.
package func mutateBytes(
  _ text: [UInt8], _ generator: inout SeededGenerator
) -> [UInt8] {
  var bytes = text
  for _ in 0...generator.below(4) {
    let position = generator.below(bytes.count + 1)
    switch generator.below(6) {
    case 0: bytes.insert(UInt8(generator.below(256)), at: position)
    case 1: bytes.insert(contentsOf: Array(generator.pick(shards).utf8), at: position)
    case 2:
      bytes.removeSubrange(position..<min(bytes.count, position + 1 + generator.below(6)))
    case 3 where position < bytes.count:
      bytes[position] = generator.pick(shards).utf8.first ?? 0
    case 4 where position < bytes.count:
      bytes[position] ^= 1 << UInt8(generator.below(8))
    default:
      let end = min(bytes.count, position + 1 + generator.below(40))
      bytes.insert(contentsOf: bytes[position..<end], at: generator.below(bytes.count + 1))
    }
  }
  return bytes
}

/// Changes whole tokens, so that most results are still documents.
/// - Parameter pool: further words, such as the names of a schema.
package func mutateTokens(
  _ text: [UInt8], pool: [String], _ generator: inout SeededGenerator
) -> [UInt8] {
  var tokens = tokens(of: text)
  for _ in 0...generator.below(3) where !tokens.isEmpty {
    let position = generator.below(tokens.count)
    switch generator.below(8) {
    case 0: tokens[position] = Array(generator.pick(words).utf8)
    case 1: tokens.insert(Array(generator.pick(words).utf8), at: position)
    case 2: tokens.remove(at: position)
    case 3: tokens.swapAt(position, generator.below(tokens.count))
    case 4:
      let end = min(tokens.count, position + 1 + generator.below(30))
      tokens.insert(contentsOf: tokens[position..<end], at: generator.below(tokens.count + 1))
    case 5 where !pool.isEmpty:
      tokens[position] = Array(generator.pick(pool).utf8)
    case 6:
      let end = min(tokens.count, position + 1 + generator.below(12))
      tokens.removeSubrange(position..<end)
    default:
      // A name in the place of another one changes the meaning and seldom the form.
      let names = tokens.indices.filter { isLetter(tokens[$0].first ?? 0) }
      if names.isEmpty { continue }
      tokens[generator.pick(names)] = tokens[generator.pick(names)]
    }
  }
  return Array(tokens.joined(separator: [0x20]))
}

/// Repeats a run of the text until it is long: what takes more than linear time shows here.
package func amplify(
  _ text: [UInt8], to length: Int, _ generator: inout SeededGenerator
) -> [UInt8] {
  let tokens = tokens(of: text)
  if tokens.isEmpty { return text }
  let start = generator.below(tokens.count)
  let end = min(tokens.count, start + 1 + generator.below(24))
  let run = Array(tokens[start..<end].joined(separator: [0x20])) + [0x20]
  let head = Array(tokens[..<start].joined(separator: [0x20]))
  let tail = Array(tokens[end...].joined(separator: [0x20]))
  var bytes = head + [0x20]
  while bytes.count < length { bytes += run }
  return bytes + tail
}

/// Cuts a text where its tokens end, more or less: strings and comments stay whole.
package func tokens(of text: [UInt8]) -> [[UInt8]] {
  var tokens: [[UInt8]] = []
  var offset = 0
  while offset < text.count {
    let start = offset
    let byte = text[offset]
    offset += 1
    if isLetter(byte) || isDigit(byte) {
      while offset < text.count, isLetter(text[offset]) || isDigit(text[offset]) { offset += 1 }
    } else if byte == 0x22 {
      while offset < text.count, text[offset] != 0x22, text[offset] != 0x0A {
        offset += text[offset] == 0x5C ? 2 : 1
      }
      offset = min(offset + 1, text.count)
    } else if byte == 0x2E {
      while offset < text.count, text[offset] == 0x2E { offset += 1 }
    } else if byte == 0x20 || byte == 0x0A || byte == 0x2C {
      continue
    }
    tokens.append(Array(text[start..<offset]))
  }
  return tokens
}

private func isLetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
