// Text or bytes enter, a uuid leaves, and back. Refused: every spelling but the one of RFC 9562.

/// A uuid (RFC 9562): sixteen bytes, without Foundation.
package struct UniqueID: Sendable, Hashable {
  /// The first eight bytes, big-endian.
  package let high: UInt64
  /// The last eight bytes, big-endian.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// All zero: PostgreSQL's rows never carry it, so it finds nothing.
  package static let zero = UniqueID(high: 0, low: 0)

  /// A new random one (version 4, RFC 9562 section 5.4).
  package static func random() -> UniqueID {
    let (high, low) = randomBytes(count: 16).withUnsafeBytes { bytes in
      (
        bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
    return UniqueID(
      high: high & ~0xf000 | 0x4000, low: low & ~(0b11 << 62) | (0b10 << 62))
  }

  /// The sixteen bytes in network order, as PostgreSQL's binary format has them.
  package init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 16 else { return nil }
    high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  /// The 36 characters `8-4-4-4-12`, in either case; no braces, no `urn:uuid:`, no white space.
  package init?(text: UnsafeRawBufferPointer) {
    guard text.count == 36 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (index, byte) in text.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexDigit(byte) else { return nil }
      if index < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
    }
    self.init(high: high, low: low)
  }

  /// The 36 characters `8-4-4-4-12`, in either case; no braces, no `urn:uuid:`, no white space.
  package init?(_ text: String) {
    var text = text
    guard let value = text.withUTF8({ UniqueID(text: UnsafeRawBufferPointer($0)) }) else {
      return nil
    }
    self = value
  }

  /// The sixteen bytes in network order.
  package var bytes: [UInt8] {
    (0..<16).map { index in
      UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64((7 - index % 8) * 8))
    }
  }

  /// The 36 lower-case characters as ASCII, as PostgreSQL prints a uuid.
  package var textBytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 36) { text, count in
      for index in 0..<36 {
        if index == 8 || index == 13 || index == 18 || index == 23 {
          text[index] = UInt8(ascii: "-")
          continue
        }
        // The digit's place among 32, once the hyphens before it are taken away.
        let place = index - (index > 23 ? 4 : index > 18 ? 3 : index > 13 ? 2 : index > 8 ? 1 : 0)
        let half = place < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: half >> UInt64((15 - place % 16) * 4) & 0xf)
        text[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
      }
      count = 36
    }
  }
}

extension UniqueID: CustomStringConvertible {
  /// The 36 lower-case characters, as PostgreSQL prints a uuid.
  package var description: String { String(decoding: textBytes, as: UTF8.self) }
}

extension UniqueID: Comparable {
  /// PostgreSQL's order of uuids: byte by byte.
  package static func < (left: UniqueID, right: UniqueID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

private func hexDigit(_ byte: UInt8) -> UInt64? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}
