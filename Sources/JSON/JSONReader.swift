// UTF-8 bytes enter, one JSONValue leaves. Refused here: whatever RFC 8259 does not allow, a member
// name that occurs twice, text that is no Unicode, and nesting or size past the limits.

/// What a JSON text may cost.
package struct JSONLimits: Sendable, Hashable {
  /// Arrays and objects inside one another; the reader's recursion is bounded by it.
  package var depthMax: Int
  /// Length of the whole text in bytes.
  package var bytesMax: Int
  /// Values of every kind together: each costs memory that its two bytes of text do not show.
  package var valuesMax: Int

  package init(depthMax: Int = 64, bytesMax: Int = 1 << 20, valuesMax: Int = 100_000) {
    self.depthMax = depthMax
    self.bytesMax = bytesMax
    self.valuesMax = valuesMax
  }

  package static let standard = JSONLimits()
}

/// Reads one JSON text (RFC 8259, section 2). NUL written as `\u0000` is legal and kept;
/// `JSONValue.pathOfNUL` finds it where it may not be stored.
package func parseJSON(
  _ bytes: [UInt8], limits: JSONLimits = .standard
) throws(JSONError) -> JSONValue {
  try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
    try parseJSON(buffer, limits: limits)
  }
}

/// Reads one JSON text from memory that the caller keeps for the length of the call.
package func parseJSON(
  _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .standard
) throws(JSONError) -> JSONValue {
  guard bytes.count <= limits.bytesMax else {
    throw JSONError(.tooLong, byteOffset: limits.bytesMax)
  }
  var reader = JSONReader(bytes: bytes, limits: limits)
  return try reader.text()
}

private struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let limits: JSONLimits
  private var offset = 0
  private var depth = 0
  private var valueCount = 0

  init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// JSON-text = ws value ws
  mutating func text() throws(JSONError) -> JSONValue {
    skipWhiteSpace()
    let result = try value()
    skipWhiteSpace()
    if offset < bytes.count { throw JSONError(.trailingBytes, byteOffset: offset) }
    return result
  }

  /// value = false / null / true / object / array / number / string, without white space around.
  private mutating func value() throws(JSONError) -> JSONValue {
    valueCount += 1
    if valueCount > limits.valuesMax { throw failure(.tooManyValues) }
    switch try current() {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte: throw failure(.unexpectedByte(byte))
    }
  }

  /// object = "{" [ member *( "," member ) ] "}"
  private mutating func object() throws(JSONError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [JSONMember] = []
    var names = NameSet()
    if try current() == UInt8(ascii: "}") {
      offset += 1
      return .object(members)
    }
    while true {
      let nameOffset = offset
      guard try current() == UInt8(ascii: "\"") else {
        throw failure(.unexpectedByte(bytes[offset]))
      }
      let name = try string()
      guard names.insert(name, among: members) else {
        throw JSONError(.duplicateMember(name), byteOffset: nameOffset)
      }
      skipWhiteSpace()
      guard try current() == UInt8(ascii: ":") else {
        throw failure(.unexpectedByte(bytes[offset]))
      }
      offset += 1
      skipWhiteSpace()
      members.append(JSONMember(name: name, value: try value()))
      if try closes(with: UInt8(ascii: "}")) { return .object(members) }
    }
  }

  /// array = "[" [ value *( "," value ) ] "]"
  private mutating func array() throws(JSONError) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    if try current() == UInt8(ascii: "]") {
      offset += 1
      return .array(elements)
    }
    while true {
      elements.append(try value())
      if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
    }
  }

  /// Steps over the opening bracket and counts it.
  private mutating func enter() throws(JSONError) {
    depth += 1
    if depth > limits.depthMax { throw failure(.tooDeep) }
    offset += 1
    skipWhiteSpace()
  }

  /// After an element: true at the closing bracket, false after a comma.
  private mutating func closes(with bracket: UInt8) throws(JSONError) -> Bool {
    skipWhiteSpace()
    let byte = try current()
    if byte == bracket {
      offset += 1
      return true
    }
    guard byte == UInt8(ascii: ",") else { throw failure(.unexpectedByte(byte)) }
    offset += 1
    skipWhiteSpace()
    return false
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      let byte = try current()
      guard byte == word.utf8Start[index] else { throw failure(.unexpectedByte(byte)) }
      offset += 1
    }
    return value
  }

  /// number = [ "-" ] int [ frac ] [ exp ]
  private mutating func number() throws(JSONError) -> String {
    let start = offset
    if peek() == UInt8(ascii: "-") { offset += 1 }
    let isZero = peek() == UInt8(ascii: "0")
    let integerDigits = skipDigits()
    guard integerDigits > 0, !isZero || integerDigits == 1 else {
      throw JSONError(.invalidNumber, byteOffset: start)
    }
    if peek() == UInt8(ascii: ".") {
      offset += 1
      guard skipDigits() > 0 else { throw JSONError(.invalidNumber, byteOffset: start) }
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      offset += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
      guard skipDigits() > 0 else { throw JSONError(.invalidNumber, byteOffset: start) }
    }
    return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<offset]), as: UTF8.self)
  }

  private mutating func skipDigits() -> Int {
    let start = offset
    while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    return offset - start
  }

  /// string = quotation-mark *char quotation-mark. Without escapes the text is copied in one piece.
  private mutating func string() throws(JSONError) -> String {
    offset += 1
    let start = offset
    offset = endOfPlainRun(in: bytes, from: offset)
    if peek() == UInt8(ascii: "\"") {
      defer { offset += 1 }
      return try unicode(UnsafeBufferPointer(rebasing: bytes[start..<offset]), at: start)
    }
    var unescaped: [UInt8] = []
    var runStart = start
    while true {
      unescaped.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<offset]))
      switch try current() {
      case UInt8(ascii: "\""):
        let source = UnsafeBufferPointer(rebasing: bytes[start..<offset])
        // Escapes are ASCII, so the source is UTF-8 exactly where what it stands for is.
        if let wrong = firstInvalidUTF8(in: source) {
          throw JSONError(.invalidUTF8, byteOffset: start + wrong)
        }
        offset += 1
        return String(decoding: unescaped, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(into: &unescaped)
      default:
        throw failure(.controlCharacter)
      }
      runStart = offset
      offset = endOfPlainRun(in: bytes, from: offset)
    }
  }

  private func unicode(
    _ source: UnsafeBufferPointer<UInt8>, at start: Int
  ) throws(JSONError) -> String {
    if let string = String(validating: source, as: UTF8.self) { return string }
    throw JSONError(.invalidUTF8, byteOffset: start + (firstInvalidUTF8(in: source) ?? 0))
  }

  /// char = escape ( %x22 / %x5C / %x2F / b / f / n / r / t / u 4HEXDIG ), at its backslash.
  private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
    let start = offset
    offset += 1
    let letter = try current()
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0c)
    case UInt8(ascii: "n"): unescaped.append(0x0a)
    case UInt8(ascii: "r"): unescaped.append(0x0d)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"): unescaped.append(contentsOf: try unicodeEscape(startedAt: start))
    default: throw JSONError(.invalidEscape, byteOffset: start)
    }
  }

  /// One scalar from `\uXXXX`, or from the two that make a surrogate pair.
  private mutating func unicodeEscape(
    startedAt start: Int
  ) throws(JSONError) -> Unicode.UTF8.EncodedScalar {
    var value = try fourHexDigits(startedAt: start)
    if (0xd800...0xdbff).contains(value), peek() == UInt8(ascii: "\\"),
      offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "u")
    {
      let secondStart = offset
      offset += 2
      let second = try fourHexDigits(startedAt: secondStart)
      guard (0xdc00...0xdfff).contains(second) else {
        throw JSONError(.loneSurrogate, byteOffset: start)
      }
      value = 0x10000 + ((value - 0xd800) << 10) + (second - 0xdc00)
    }
    // Nil for a surrogate only: four digits, or a pair, never pass U+10FFFF.
    guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else {
      throw JSONError(.loneSurrogate, byteOffset: start)
    }
    return encoded
  }

  private mutating func fourHexDigits(startedAt start: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try current()
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw JSONError(.invalidEscape, byteOffset: start)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  /// ws = *( %x20 / %x09 / %x0A / %x0D )
  private mutating func skipWhiteSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      offset += 1
    }
  }

  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func current() throws(JSONError) -> UInt8 {
    guard offset < bytes.count else { throw failure(.unexpectedEnd) }
    return bytes[offset]
  }

  private func failure(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason, byteOffset: offset)
  }
}

/// The names seen in one object. A few are compared one by one; many are hashed, so that an object
/// of thousands of members costs no quadratic time. Names that Unicode calls canonically equivalent
/// count as the same, because `JSONValue.subscript(_:)` could not tell them apart.
private struct NameSet {
  private var hashed: Set<String> = []

  mutating func insert(_ name: String, among members: [JSONMember]) -> Bool {
    if members.count < 12 { return !members.contains { $0.name == name } }
    if hashed.isEmpty { hashed = Set(members.map(\.name)) }
    return hashed.insert(name).inserted
  }
}
