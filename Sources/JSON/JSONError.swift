// What the JSON reader refuses, and where: one reason and the offset of the first wrong byte.

/// Why a text is no JSON (RFC 8259), and at which byte.
package struct JSONError: Error, Hashable {
  package enum Reason: Hashable, Sendable {
    /// The text ends inside a value, or holds nothing but white space.
    case unexpectedEnd
    /// A byte that no production allows here; also a byte order mark, a comment, a stray comma.
    case unexpectedByte(UInt8)
    /// A complete value followed by anything but white space.
    case trailingBytes
    /// A number outside the grammar of section 6: `01`, `1.`, `.5`, `+1`, `1e`.
    case invalidNumber
    /// A backslash followed by something that section 7 does not list.
    case invalidEscape
    /// An unescaped byte below 0x20 in a string.
    case controlCharacter
    /// A `\uD800`...`\uDFFF` that is not half of a pair.
    case loneSurrogate
    /// Bytes that are no UTF-8 (RFC 3629): overlong, a surrogate, past U+10FFFF, cut short.
    case invalidUTF8
    /// A name that occurred before in the same object.
    case duplicateMember(String)
    /// Arrays and objects nested deeper than `JSONLimits.depthMax`.
    case tooDeep
    /// More than `JSONLimits.bytesMax` bytes.
    case tooLong
    /// More than `JSONLimits.valuesMax` values.
    case tooManyValues
  }

  package let reason: Reason
  /// Zero-based offset of the byte where the text went wrong; its length at an unexpected end.
  package let byteOffset: Int

  package init(_ reason: Reason, byteOffset: Int) {
    self.reason = reason
    self.byteOffset = byteOffset
  }
}

extension JSONError: CustomStringConvertible {
  /// One English sentence without the text itself, fit for an answer and for a log.
  package var description: String {
    let what =
      switch reason {
      case .unexpectedEnd: "The JSON text ends too early"
      case .unexpectedByte(let byte): "Unexpected \(spelling(of: byte)) in the JSON text"
      case .trailingBytes: "There is more text after the JSON value"
      case .invalidNumber: "Invalid number"
      case .invalidEscape: "Invalid escape in a string"
      case .controlCharacter: "Unescaped control character in a string"
      case .loneSurrogate: "Lone surrogate escape in a string"
      case .invalidUTF8: "Invalid UTF-8 in a string"
      case .duplicateMember: "A member name occurs twice in the same object"
      case .tooDeep: "The JSON text is nested too deeply"
      case .tooLong: "The JSON text is too long"
      case .tooManyValues: "The JSON text has too many values"
      }
    return "\(what) (byte \(byteOffset))."
  }
}

private func spelling(of byte: UInt8) -> String {
  if (0x21...0x7e).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
  let digits = String(byte, radix: 16)
  return "byte 0x" + (digits.count == 1 ? "0" : "") + digits
}
