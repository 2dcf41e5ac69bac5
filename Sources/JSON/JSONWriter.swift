// Values enter one by one, JSON bytes leave, appended to one buffer that may be cut back. The
// caller owns the structure; a comma is placed where the byte before asks for one.

/// Appends JSON (RFC 8259) to a buffer of bytes. It keeps no state beside the bytes, so that
/// `truncate(to:)` may take back any tail, commas included.
package struct JSONWriter: Sendable {
  /// What has been written; may be read, taken or appended to at any time.
  package var bytes: [UInt8]

  @inlinable
  package init(capacity: Int = 0) {
    bytes = []
    if capacity > 0 { bytes.reserveCapacity(capacity) }
  }

  /// The number of bytes written, a position to `truncate(to:)`.
  @inlinable
  package var count: Int { bytes.count }

  /// Takes back everything after a position that was read from `count`; the memory is kept.
  @inlinable
  package mutating func truncate(to count: Int) {
    bytes.removeSubrange(count...)
  }

  /// Takes back everything, the memory is kept for the next answer.
  @inlinable
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  // MARK: Structure

  /// Places a comma unless an opening bracket, a colon or a comma stands before, or nothing at all.
  /// A string always ends in its quotation mark, so the last byte is never data.
  @inlinable
  package mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ":"): return
    case .some: bytes.append(UInt8(ascii: ","))
    }
  }

  /// `{`, after a comma where one is due.
  @inlinable
  package mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
  }

  @inlinable
  package mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
  }

  /// `[`, after a comma where one is due.
  @inlinable
  package mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
  }

  @inlinable
  package mutating func endArray() {
    bytes.append(UInt8(ascii: "]"))
  }

  /// A member's name with its colon, after a comma where one is due. For a name known beforehand,
  /// `encodedKey(_:)` once and `raw(_:)` each time is the faster way.
  package mutating func key(named name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
  }

  /// A literal member name that needs no escape, with its colon, after a comma where one is due.
  @inlinable
  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    raw(name)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// The bytes `"name":`, to be kept and written by `raw(_:)`.
  package static func encodedKey(_ name: String) -> [UInt8] {
    var writer = JSONWriter(capacity: name.utf8.count + 3)
    writer.key(named: name)
    return writer.bytes
  }

  // MARK: Values. None of these places a comma.

  @inlinable
  package mutating func null() { raw("null") }

  @inlinable
  package mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

  /// An integer in decimal.
  package mutating func integer(_ value: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = 20
      var magnitude = value.magnitude
      repeat {
        let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        magnitude = quotient
      } while magnitude > 0
      if value < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// A finite double in the shortest form that reads back as the same; JSON has no infinity and no
  /// NaN (section 6), so those are written as null.
  package mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    raw(text: value.description)
  }

  /// A string with its quotation marks, escaped where section 7 demands it.
  package mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { string(UnsafeRawBufferPointer($0)) }
  }

  /// A string from UTF-8 bytes that are known to be valid, such as PostgreSQL's text.
  package mutating func string(_ utf8: UnsafeRawBufferPointer) {
    bytes.append(UInt8(ascii: "\""))
    var runStart = 0
    while true {
      let runEnd = endOfPlainRun(in: utf8, from: runStart)
      if runEnd > runStart {
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: utf8[runStart..<runEnd]))
      }
      if runEnd == utf8.count { break }
      escape(utf8[runEnd])
      runStart = runEnd + 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Text that is JSON already: a pre-encoded key, a document out of a `json` column.
  @inlinable
  package mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Bytes that are JSON already.
  @inlinable
  package mutating func raw(_ encoded: [UInt8]) {
    bytes.append(contentsOf: encoded)
  }

  /// Bytes that are JSON already, such as a number as PostgreSQL spelled it.
  @inlinable
  package mutating func raw(_ encoded: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: encoded)
  }

  /// Text that is JSON already.
  package mutating func raw(text encoded: String) {
    var encoded = encoded
    encoded.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x08: raw("\\b")
    case 0x09: raw("\\t")
    case 0x0a: raw("\\n")
    case 0x0c: raw("\\f")
    case 0x0d: raw("\\r")
    default:
      raw(byte < 0x10 ? "\\u000" : "\\u001")
      let digit = byte & 0x0f
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }
}

extension JSONWriter {
  /// A whole value, without white space; numbers as they were written.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): boolean(flag)
    case .number(let literal): raw(text: literal)
    case .string(let text): string(text)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        self.value(element)
      }
      endArray()
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        string(member.name)
        bytes.append(UInt8(ascii: ":"))
        self.value(member.value)
      }
      endObject()
    }
  }
}

extension JSONValue {
  /// The value as JSON text in UTF-8, without white space.
  package var jsonBytes: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }

  /// The value as JSON text.
  package var jsonText: String { String(decoding: jsonBytes, as: UTF8.self) }
}
