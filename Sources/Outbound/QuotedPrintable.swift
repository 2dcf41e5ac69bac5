// A text of UTF-8 enters, lines of ASCII leave: quoted-printable (RFC 2045, section 6.7), which
// keeps most of a Spanish text readable on the wire.

private let lineBytesMax = 76
private let equals = UInt8(ascii: "=")

/// Encodes a text whose lines end in `\n`; the encoded ones end in CRLF.
func quotedPrintable(_ text: String) -> [UInt8] {
  var encoded: [UInt8] = []
  var lineBytes = 0
  func breakLine(softly: Bool) {
    if softly { encoded.append(equals) }
    encoded += [0x0d, 0x0a]
    lineBytes = 0
  }
  let bytes = Array(text.utf8)
  for (index, byte) in bytes.enumerated() {
    if byte == 0x0a {
      breakLine(softly: false)
      continue
    }
    // A blank at a line's end would be lost on the way.
    let endsLine = index + 1 == bytes.count || bytes[index + 1] == 0x0a
    let isPlain = byte > 0x20 && byte < 0x7f && byte != equals || byte == 0x20 && !endsLine
    let needed = isPlain ? 1 : 3
    // A soft line break takes the last column.
    if lineBytes + needed > lineBytesMax - 1 { breakLine(softly: true) }
    if isPlain {
      encoded.append(byte)
    } else {
      encoded += [equals, hexadecimalDigit(byte >> 4), hexadecimalDigit(byte & 15)]
    }
    lineBytes += needed
  }
  return encoded
}

private func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") - 10 + nibble
}
