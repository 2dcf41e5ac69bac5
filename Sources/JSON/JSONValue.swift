// A JSON document as a value: what the reader makes and the writer serialises. Numbers keep the
// literal as it was written, members keep their order; nothing is refused here.

/// One JSON value (RFC 8259, section 3).
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// The literal as written, such as `1`, `-0`, `1.50` or `6.02e23`; two spellings of the same
  /// number are different values, because no precision is lost on the way.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// The members in the order of the text; the reader lets no name occur twice.
  case object([JSONMember])
}

/// One member of an object: its name and its value.
package struct JSONMember: Sendable, Hashable {
  package var name: String
  package var value: JSONValue

  package init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}

extension JSONValue {
  /// The value of the member with this name; nil where there is none or where this is no object.
  /// An explicit `null` is `.null`, not nil.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    for member in members where member.name == name { return member.value }
    return nil
  }

  /// The element at this position; nil outside the array or where this is no array.
  package subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  package var isNull: Bool { self == .null }

  package var boolValue: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var arrayValue: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var objectValue: [JSONMember]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The literal of a number as it was written.
  package var numberLiteral: String? {
    if case .number(let literal) = self { literal } else { nil }
  }

  /// The integer that this number is exactly, whichever way it is spelled: `3`, `3.0`, `30e-1` and
  /// `-0` are integers; `3.5`, `1e400` and what does not fit 64 bits are not. Nothing is rounded.
  package var intValue: Int? {
    guard case .number(let literal) = self else { return nil }
    return Int(literal) ?? exactInteger(of: literal)
  }

  /// The nearest double, finite only: nil for `1e400` and where this is no number.
  package var doubleValue: Double? {
    guard case .number(let literal) = self, let value = Double(literal), value.isFinite else {
      return nil
    }
    return value
  }
}

/// The integer behind a literal with a fraction or an exponent, by shifting its decimal point.
/// - Complexity: linear in the length of the literal, whatever the exponent says.
private func exactInteger(of literal: String) -> Int? {
  var isNegative = false
  var digits: [UInt8] = []
  var fractionDigits = 0
  var seenPoint = false
  var exponent = 0
  var bytes = literal.utf8[...]
  if bytes.first == UInt8(ascii: "-") {
    isNegative = true
    bytes = bytes.dropFirst()
  }
  scan: while let byte = bytes.first {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      digits.append(byte - UInt8(ascii: "0"))
      if seenPoint { fractionDigits += 1 }
    case UInt8(ascii: "."):
      seenPoint = true
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      // An exponent past 64 bits is an integer only where every digit is zero.
      guard let value = Int(Substring(bytes.dropFirst())) else {
        return digits.allSatisfy { $0 == 0 } ? 0 : nil
      }
      exponent = value
      break scan
    default:
      return nil
    }
    bytes = bytes.dropFirst()
  }
  while digits.last == 0 {
    digits.removeLast()
    fractionDigits -= 1
  }
  if digits.isEmpty { return 0 }
  let (shift, overflow) = exponent.subtractingReportingOverflow(fractionDigits)
  guard !overflow, shift >= 0, shift <= 19 else { return nil }
  var magnitude = 0
  for digit in digits + Array(repeating: 0, count: shift) {
    let (scaled, scaledOver) = magnitude.multipliedReportingOverflow(by: 10)
    // Built downwards, so that the least integer, whose magnitude has no positive twin, is reached.
    let (sum, sumOver) = scaled.subtractingReportingOverflow(Int(digit))
    if scaledOver || sumOver { return nil }
    magnitude = sum
  }
  if isNegative { return magnitude }
  return magnitude == .min ? nil : -magnitude
}

extension JSONValue {
  /// Where the first NUL stands in a string or a name, such as `variables.input.names[2]`; nil
  /// where there is none. PostgreSQL's text cannot hold one.
  package var pathOfNUL: String? {
    guard let path = nulPath() else { return nil }
    return path.hasPrefix(".") ? String(path.dropFirst()) : path
  }

  private func nulPath() -> String? {
    switch self {
    case .null, .bool, .number: return nil
    case .string(let text): return text.utf8.contains(0) ? "" : nil
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        if let path = element.nulPath() { return "[\(index)]" + path }
      }
      return nil
    case .object(let members):
      for member in members {
        // The name itself is not repeated: whoever prints the path should print no NUL.
        if member.name.utf8.contains(0) { return "" }
        if let path = member.value.nulPath() { return "." + member.name + path }
      }
      return nil
    }
  }
}
