// Quoted and block strings: the lexer finds where they end and refuses bad escapes; their value is
// resolved only when the parser keeps it.
// Source: GraphQL specification, September 2025, section 2.9.4 (String Value).

extension Lexer {
  /// `StringValue :: " StringCharacter* "`
  mutating func string(from start: Int) throws(SyntaxError) -> Token {
    var offset = start + 1
    var hasEscapes = false
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x22:
        position = offset + 1
        var result = token(.string, from: start)
        result.hasEscapes = hasEscapes
        return result
      case 0x5C:
        hasEscapes = true
        offset += try escape(at: offset).length
      case 0x0A, 0x0D:
        throw malformed("Unterminated string.", at: offset)
      default:
        offset += 1
      }
    }
    throw malformed("Unterminated string.", at: offset)
  }

  /// `""" BlockStringCharacter* """`
  mutating func blockString(from start: Int) throws(SyntaxError) -> Token {
    var offset = start + 3
    while offset < bytes.count {
      if isTripleQuote(at: offset) {
        position = offset + 3
        return token(.blockString, from: start)
      }
      offset += bytes[offset] == 0x5C && isTripleQuote(at: offset + 1) ? 4 : 1
    }
    throw malformed("Unterminated string.", at: offset)
  }

  private func isTripleQuote(at offset: Int) -> Bool {
    byte(at: offset) == 0x22 && byte(at: offset + 1) == 0x22 && byte(at: offset + 2) == 0x22
  }

  // MARK: Values

  /// The value of a string token, its escapes or its indentation resolved.
  func value(of token: Token) -> String {
    let isBlock = token.kind == .blockString
    let quotes = isBlock ? 3 : 1
    let content = Int(token.start) + quotes..<Int(token.end) - quotes
    if isBlock { return blockStringValue(bytes[content]) }
    if !token.hasEscapes {
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[content]), as: UTF8.self)
    }
    var value: [UInt8] = []
    value.reserveCapacity(content.count)
    var offset = content.lowerBound
    while offset < content.upperBound {
      // The token was made from these very bytes, so that no escape is refused a second time.
      if bytes[offset] == 0x5C, let escape = try? escape(at: offset) {
        value.append(contentsOf: UTF8.encode(escape.scalar) ?? UTF8.encodedReplacementCharacter)
        offset += escape.length
      } else {
        value.append(bytes[offset])
        offset += 1
      }
    }
    return String(decoding: value, as: UTF8.self)
  }

  // MARK: Escapes

  /// `StringCharacter :: \u EscapedUnicode | \ EscapedCharacter`: the scalar and the bytes it took.
  private func escape(
    at start: Int
  ) throws(SyntaxError) -> (scalar: Unicode.Scalar, length: Int) {
    switch byte(at: start + 1) {
    case 0x22: return ("\"", 2)
    case 0x5C: return ("\\", 2)
    case 0x2F: return ("/", 2)
    case 0x62: return ("\u{8}", 2)
    case 0x66: return ("\u{C}", 2)
    case 0x6E: return ("\n", 2)
    case 0x72: return ("\r", 2)
    case 0x74: return ("\t", 2)
    case 0x75 where byte(at: start + 2) == 0x7B: return try variableWidthEscape(at: start)
    case 0x75: return try fixedWidthEscape(at: start)
    default:
      throw malformed(
        "Invalid character escape sequence: \"\(text(from: start, characters: 2))\".", at: start)
    }
  }

  /// `EscapedUnicode :: { HexDigit+ }`, a Unicode scalar value; zeros may lead in any number.
  private func variableWidthEscape(
    at start: Int
  ) throws(SyntaxError) -> (scalar: Unicode.Scalar, length: Int) {
    var point: UInt32 = 0
    var offset = start + 3
    while let digit = hexDigit(at: offset), point <= 0x10_FFFF {
      point = point << 4 | digit
      offset += 1
    }
    if offset > start + 3, byte(at: offset) == 0x7D, offset < bytes.count,
      let scalar = Unicode.Scalar(point)
    {
      return (scalar, offset + 1 - start)
    }
    throw malformed(
      "Invalid Unicode escape sequence: \"\(text(from: start, characters: offset + 1 - start))\".",
      at: start)
  }

  /// `EscapedUnicode :: HexDigit HexDigit HexDigit HexDigit`; two may form a surrogate pair.
  private func fixedWidthEscape(
    at start: Int
  ) throws(SyntaxError) -> (scalar: Unicode.Scalar, length: Int) {
    if let first = fourHexDigits(at: start + 2) {
      if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
      if first < 0xDC00, byte(at: start + 6) == 0x5C, byte(at: start + 7) == 0x75,
        let second = fourHexDigits(at: start + 8), second >= 0xDC00, second <= 0xDFFF,
        let scalar = Unicode.Scalar(0x1_0000 + ((first & 0x3FF) << 10) + (second & 0x3FF))
      {
        return (scalar, 12)
      }
    }
    throw malformed(
      "Invalid Unicode escape sequence: \"\(text(from: start, characters: 6))\".", at: start)
  }

  private func fourHexDigits(at offset: Int) -> UInt32? {
    guard let a = hexDigit(at: offset), let b = hexDigit(at: offset + 1),
      let c = hexDigit(at: offset + 2), let d = hexDigit(at: offset + 3)
    else { return nil }
    return a << 12 | b << 8 | c << 4 | d
  }

  private func hexDigit(at offset: Int) -> UInt32? {
    let digit = byte(at: offset)
    switch digit {
    case 0x30...0x39: return UInt32(digit - 0x30)
    case 0x41...0x46: return UInt32(digit - 0x41 + 10)
    case 0x61...0x66: return UInt32(digit - 0x61 + 10)
    default: return nil
    }
  }

  /// The next characters of the source for a message, cut at its end.
  private func text(from start: Int, characters: Int) -> String {
    let upper = min(start + characters * 4, bytes.count)
    let text = String(decoding: bytes[start..<upper], as: UTF8.self)
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(characters)))
  }
}

// MARK: Block strings

/// `BlockStringValue(rawValue)` (section 2.9.4) of what stands between the triple quotes.
func blockStringValue(_ raw: Slice<UnsafeBufferPointer<UInt8>>) -> String {
  let lines = splitLines(raw)
  var commonIndent = Int.max
  var firstNonEmpty: Int?
  var lastNonEmpty = -1
  for (index, line) in lines.enumerated() {
    let indent = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
    if indent == line.count { continue }
    if firstNonEmpty == nil { firstNonEmpty = index }
    lastNonEmpty = index
    if index != 0 { commonIndent = min(commonIndent, indent) }
  }
  guard let firstNonEmpty else { return "" }

  var value: [UInt8] = []
  value.reserveCapacity(raw.count)
  for index in firstNonEmpty...lastNonEmpty {
    if index != firstNonEmpty { value.append(0x0A) }
    appendUnescaped(index == 0 ? lines[index] : lines[index].dropFirst(commonIndent), to: &value)
  }
  return String(decoding: value, as: UTF8.self)
}

private func splitLines(
  _ raw: Slice<UnsafeBufferPointer<UInt8>>
) -> [Slice<UnsafeBufferPointer<UInt8>>] {
  var lines: [Slice<UnsafeBufferPointer<UInt8>>] = []
  var start = raw.startIndex
  var offset = start
  while offset < raw.endIndex {
    let byte = raw[offset]
    offset += 1
    guard byte == 0x0A || byte == 0x0D else { continue }
    lines.append(raw[start..<offset - 1])
    if byte == 0x0D, offset < raw.endIndex, raw[offset] == 0x0A { offset += 1 }
    start = offset
  }
  lines.append(raw[start..<raw.endIndex])
  return lines
}

/// Appends a line with `\"""` read as `"""`.
private func appendUnescaped(
  _ line: Slice<UnsafeBufferPointer<UInt8>>, to value: inout [UInt8]
) {
  var offset = line.startIndex
  while offset < line.endIndex {
    if line[offset] == 0x5C, offset + 3 < line.endIndex, line[offset + 1] == 0x22,
      line[offset + 2] == 0x22, line[offset + 3] == 0x22
    {
      offset += 1
      value.append(contentsOf: line[offset..<offset + 3])
      offset += 3
    } else {
      value.append(line[offset])
      offset += 1
    }
  }
}
