// UTF-8 bytes come in, tokens leave; what is no token of the language is refused here.
// Source: GraphQL specification, September 2025, section 2.1 (Source Text) and Appendix B.

/// The lexical token kinds (section 2.1.6). Whitespace, line terminators, commas, comments and the
/// byte order mark are skipped (section 2.1.7, Ignored).
enum TokenKind: UInt8, Sendable {
  case endOfFile
  case exclamationMark
  case dollar
  case ampersand
  case parenthesisLeft
  case parenthesisRight
  case dot
  case spread
  case colon
  case equals
  case at
  case bracketLeft
  case bracketRight
  case braceLeft
  case pipe
  case braceRight
  case name
  case int
  case float
  case string
  case blockString

  /// As an error message names the kind: punctuators stand in quotes.
  var description: String {
    switch self {
    case .endOfFile: "<EOF>"
    case .exclamationMark: "\"!\""
    case .dollar: "\"$\""
    case .ampersand: "\"&\""
    case .parenthesisLeft: "\"(\""
    case .parenthesisRight: "\")\""
    case .dot: "\".\""
    case .spread: "\"...\""
    case .colon: "\":\""
    case .equals: "\"=\""
    case .at: "\"@\""
    case .bracketLeft: "\"[\""
    case .bracketRight: "\"]\""
    case .braceLeft: "\"{\""
    case .pipe: "\"|\""
    case .braceRight: "\"}\""
    case .name: "Name"
    case .int: "Int"
    case .float: "Float"
    case .string: "String"
    case .blockString: "BlockString"
    }
  }
}

/// A token and the bytes it covers; the text itself stays in the source.
struct Token {
  var kind: TokenKind
  /// A quoted string that holds a backslash, so that its bytes are not yet its value.
  var hasEscapes = false
  var start: UInt32
  var end: UInt32

  var range: SourceRange { SourceRange(start: start, end: end) }
}

/// Reads one token after the other. The bytes are borrowed for the time of one parse, are valid
/// UTF-8, and fewer than 2^32; every read is checked against their end.
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var tokensLeft: Int
  let tokensMax: Int

  init(bytes: UnsafeBufferPointer<UInt8>, limits: ParseLimits) {
    self.bytes = bytes
    tokensMax = limits.tokensMax
    tokensLeft = limits.tokensMax
  }

  /// The byte at an offset, or 0 past the end: no token holds a NUL byte.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    offset < bytes.count ? bytes[offset] : 0
  }

  /// Skips what is ignored and reads the next token.
  @inline(__always)
  mutating func next() throws(SyntaxError) -> Token {
    let start = skipIgnored()
    if start >= bytes.count {
      position = bytes.count
      return token(.endOfFile, from: bytes.count)
    }
    tokensLeft -= 1
    if tokensLeft < 0 { throw tokensExceeded(at: start) }

    let first = bytes[start]
    if isNameStart(first) {
      position = endOfName(from: start + 1)
      return token(.name, from: start)
    }
    return try punctuatorOrLiteral(first, at: start)
  }

  @inline(__always)
  func token(_ kind: TokenKind, from start: Int) -> Token {
    Token(
      kind: kind, start: UInt32(truncatingIfNeeded: start),
      end: UInt32(truncatingIfNeeded: position))
  }

  /// `Name :: NameStart NameContinue*` (section 2.1.9).
  @inline(__always)
  func endOfName(from start: Int) -> Int {
    var offset = start
    while offset < bytes.count, isNameContinue(bytes[offset]) { offset += 1 }
    return offset
  }

  @inline(__always)
  private func skipIgnored() -> Int {
    var offset = position
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x0A, 0x2C, 0x09, 0x0D:
        offset += 1
      case 0x23:
        offset = endOfComment(from: offset + 1)
      case 0xEF where byte(at: offset + 1) == 0xBB && byte(at: offset + 2) == 0xBF:
        offset += 3
      default:
        return offset
      }
    }
    return offset
  }

  private func endOfComment(from start: Int) -> Int {
    var offset = start
    while offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D { offset += 1 }
    return offset
  }

  private mutating func punctuatorOrLiteral(
    _ first: UInt8, at start: Int
  ) throws(SyntaxError) -> Token {
    let kind: TokenKind
    switch first {
    case 0x7B: kind = .braceLeft
    case 0x7D: kind = .braceRight
    case 0x3A: kind = .colon
    case 0x28: kind = .parenthesisLeft
    case 0x29: kind = .parenthesisRight
    case 0x24: kind = .dollar
    case 0x21: kind = .exclamationMark
    case 0x40: kind = .at
    case 0x3D: kind = .equals
    case 0x5B: kind = .bracketLeft
    case 0x5D: kind = .bracketRight
    case 0x7C: kind = .pipe
    case 0x26: kind = .ampersand
    case 0x2E where byte(at: start + 1) == 0x2E && byte(at: start + 2) == 0x2E:
      position = start + 3
      return token(.spread, from: start)
    case 0x22:
      if byte(at: start + 1) == 0x22, byte(at: start + 2) == 0x22 {
        return try blockString(from: start)
      }
      return try string(from: start)
    case 0x2D, 0x30...0x39:
      return try number(first, from: start)
    default:
      throw unexpectedCharacter(at: start)
    }
    position = start + 1
    return token(kind, from: start)
  }

  // MARK: Numbers

  /// `IntValue` and `FloatValue` (sections 2.9.1, 2.9.2), with their lookahead restrictions.
  private mutating func number(_ first: UInt8, from start: Int) throws(SyntaxError) -> Token {
    var offset = first == 0x2D ? start + 1 : start
    var kind = TokenKind.int
    if byte(at: offset) == 0x30 {
      offset += 1
      if isDigit(byte(at: offset)) {
        throw malformed(
          "Invalid number, unexpected digit after 0: \(describeCodePoint(at: offset)).", at: offset)
      }
    } else {
      offset = try endOfDigits(from: offset)
    }
    if byte(at: offset) == 0x2E {
      kind = .float
      offset = try endOfDigits(from: offset + 1)
    }
    if byte(at: offset) | 0x20 == 0x65 {
      kind = .float
      offset += 1
      if byte(at: offset) == 0x2B || byte(at: offset) == 0x2D { offset += 1 }
      offset = try endOfDigits(from: offset)
    }
    if byte(at: offset) == 0x2E || isNameStart(byte(at: offset)) { throw expectedDigit(at: offset) }
    position = offset
    return token(kind, from: start)
  }

  /// `Digit+`
  private func endOfDigits(from start: Int) throws(SyntaxError) -> Int {
    var offset = start
    while isDigit(byte(at: offset)) { offset += 1 }
    if offset == start { throw expectedDigit(at: start) }
    return offset
  }

  private func expectedDigit(at offset: Int) -> SyntaxError {
    malformed(
      "Invalid number, expected digit but got: \(describeCodePoint(at: offset)).", at: offset)
  }

  // MARK: Errors

  @inline(never)
  func malformed(_ message: String, at start: Int) -> SyntaxError {
    let offset = UInt32(truncatingIfNeeded: start)
    return .malformed(
      message: "Syntax Error: " + message, range: SourceRange(start: offset, end: offset))
  }

  @inline(never)
  private func tokensExceeded(at start: Int) -> SyntaxError {
    let offset = UInt32(truncatingIfNeeded: start)
    return .limitExceeded(
      limit: .tokensMax, maximum: tokensMax, range: SourceRange(start: offset, end: offset))
  }

  @inline(never)
  private func unexpectedCharacter(at offset: Int) -> SyntaxError {
    if bytes[offset] == 0x27 {
      return malformed(
        "Unexpected single quote character ('), did you mean to use a double quote (\")?",
        at: offset)
    }
    return malformed("Unexpected character: \(describeCodePoint(at: offset)).", at: offset)
  }

  /// A printable ASCII character in quotes, any other code point as U+0000.
  func describeCodePoint(at offset: Int) -> String {
    guard offset < bytes.count else { return TokenKind.endOfFile.description }
    let text = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
    guard let scalar = text.unicodeScalars.first else { return TokenKind.endOfFile.description }
    if scalar == "\"" { return "'\"'" }
    if scalar.value >= 0x20, scalar.value <= 0x7E { return "\"\(scalar)\"" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// `NameStart :: Letter | _`
@inline(__always)
func isNameStart(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == 0x5F }

/// `NameContinue :: Letter | Digit | _`
@inline(__always)
func isNameContinue(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }
