// A leaf's value comes in as PostgreSQL, an action or a catalogue has it; JSON of the field's type
// leaves, and what the type cannot hold is refused.
// Source: GraphQL specification, September 2025, section 6.4.3 (CoerceResult) and the result
// coercion of each type in sections 3.5 and 3.9.

import JSON

extension JSONWriter {
  /// Writes a column's text; false where the type cannot hold it.
  mutating func leaf(_ text: UnsafeRawBufferPointer, _ encoding: Encoding) -> Bool {
    switch encoding {
    case .text, .id, .custom: string(text)
    case .integer:
      if !text.isInt32 { return false }
      raw(text)
    case .float:
      if !text.isFiniteNumber { return false }
      raw(text)
    case .boolean: boolean(text.first == UInt8(ascii: "t"))
    case .instant: instant(text)
    case .name(let names):
      if !names.contains(where: { text.elementsEqual($0) }) { return false }
      string(text)
    }
    return true
  }

  /// Writes a value that is not null; false where the type cannot hold it.
  mutating func leaf(_ value: JSONValue, _ encoding: Encoding) -> Bool {
    switch (encoding, value) {
    case (.custom, _), (.text, .string), (.id, .string), (.instant, .string), (.boolean, .bool):
      self.value(value)
    case (.integer, .number):
      guard let number = value.intValue, Int32(exactly: number) != nil else { return false }
      integer(number)
    case (.float, .number):
      if value.doubleValue == nil { return false }
      self.value(value)
    case (.id, .number):
      guard let number = value.intValue else { return false }
      string(String(number))
    case (.name(let names), .string(let text)):
      if !names.contains(where: { text.utf8.elementsEqual($0) }) { return false }
      string(text)
    case _: return false
    }
    return true
  }
}

extension Encoding {
  /// Whether a value that is JSON already, and not null, is one of the type's.
  func holds(json: [UInt8]) -> Bool {
    switch self {
    case .custom: true
    case .text, .id, .instant: json.first == UInt8(ascii: "\"")
    case .boolean: json.first == UInt8(ascii: "t") || json.first == UInt8(ascii: "f")
    case .integer: json.withUnsafeBytes(\.isInt32)
    case .float: json.withUnsafeBytes(\.isFiniteNumber)
    case .name(let names):
      // A name has nothing that JSON escapes.
      json.first == UInt8(ascii: "\"")
        && names.contains { json.dropFirst().dropLast().elementsEqual($0) }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether this is a whole number of 32 bits, in decimal digits.
  fileprivate var isInt32: Bool {
    let isNegative = first == UInt8(ascii: "-")
    let digits = isNegative ? self[1...] : self[...]
    guard (1...10).contains(digits.count) else { return false }
    var magnitude = 0
    for byte in digits {
      let digit = byte &- UInt8(ascii: "0")
      if digit > 9 { return false }
      magnitude = magnitude * 10 + Int(digit)
    }
    return magnitude <= Int(Int32.max) + (isNegative ? 1 : 0)
  }

  /// Whether this is a number that a double can hold: not `NaN`, not `-Infinity`, and not a
  /// `numeric` of a thousand digits.
  fileprivate var isFiniteNumber: Bool {
    let head = first == UInt8(ascii: "-") ? self[1...] : self[...]
    guard let byte = head.first, byte &- UInt8(ascii: "0") <= 9 else { return false }
    if count <= surelyFiniteBytes, !contains(UInt8(ascii: "e")), !contains(UInt8(ascii: "E")) {
      return true
    }
    return Double(String(decoding: self, as: UTF8.self))?.isFinite ?? false
  }
}

/// A number of so few digits, without an exponent, is below the greatest double.
private let surelyFiniteBytes = 308
