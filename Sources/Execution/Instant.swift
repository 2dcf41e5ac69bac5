// PostgreSQL's text of a timestamptz in UTC comes in, RFC 3339 with microseconds leaves.

import JSON

extension JSONWriter {
  /// Writes `2026-01-31 12:00:00.5+00` as `"2026-01-31T12:00:00.500000Z"` (RFC 3339, section 5.6).
  /// The connection's time zone is UTC and its date style ISO, so the offset is always `+00`.
  mutating func instant(_ text: UnsafeRawBufferPointer) {
    bytes.append(UInt8(ascii: "\""))
    var fraction = -1
    for byte in text {
      switch byte {
      case UInt8(ascii: " "):
        bytes.append(UInt8(ascii: "T"))
      case UInt8(ascii: "."):
        fraction = 0
        bytes.append(byte)
      case UInt8(ascii: "+"):
        if fraction < 0 {
          bytes.append(UInt8(ascii: "."))
          fraction = 0
        }
        for _ in fraction..<6 { bytes.append(UInt8(ascii: "0")) }
        raw("Z\"")
        return
      default:
        if fraction >= 0 { fraction += 1 }
        bytes.append(byte)
      }
    }
    // Without an offset: `infinity`. It is told as it is; the schema's tables forbid it.
    bytes.append(UInt8(ascii: "\""))
  }
}
