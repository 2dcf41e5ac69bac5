// Pieces of header field values enter, their parts leave, by the grammar of RFC 9110, section 5.6.

/// parameter = token "=" ( token / quoted-string ), the quotes taken off.
func parameter(_ text: Substring) -> (name: Substring, value: Substring)? {
  guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
  let name = trimWhiteSpace(text[..<equals])
  var value = trimWhiteSpace(text[text.utf8.index(after: equals)...])
  if value.utf8.count >= 2, value.utf8.first == UInt8(ascii: "\""),
    value.utf8.last == UInt8(ascii: "\"")
  {
    value = value.dropFirst().dropLast()
  }
  return (name, value)
}

/// type "/" subtype, both tokens.
func isMediaType(_ text: Substring) -> Bool {
  let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  return halves.count == 2 && halves.allSatisfy { !$0.isEmpty && $0.allSatisfy(isTokenByte) }
}

/// tchar (RFC 9110, section 5.6.2).
func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
    UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
    UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
    UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
    true
  default: false
  }
}

/// Splits a field value at a separator, but not inside of a quoted string.
func splitOutsideQuotes(_ text: Substring, at separator: UInt8) -> [Substring] {
  var parts: [Substring] = []
  var start = text.startIndex
  var isQuoted = false
  var isEscaped = false
  var index = text.startIndex
  while index < text.endIndex {
    let byte = text.utf8[index]
    if isEscaped {
      isEscaped = false
    } else if isQuoted && byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isQuoted.toggle()
    } else if byte == separator && !isQuoted {
      parts.append(text[start..<index])
      start = text.utf8.index(after: index)
    }
    index = text.utf8.index(after: index)
  }
  parts.append(text[start...])
  return parts
}

func trimWhiteSpace(_ text: Substring) -> Substring {
  var utf8 = text.utf8
  while let byte = utf8.first, byte == 0x20 || byte == 0x09 { utf8.removeFirst() }
  while let byte = utf8.last, byte == 0x20 || byte == 0x09 { utf8.removeLast() }
  return Substring(utf8)
}

/// Compares letters of ASCII without regard to case.
func equalsIgnoringCase(_ text: some StringProtocol, _ other: StaticString) -> Bool {
  let bytes = text.utf8
  guard bytes.count == other.utf8CodeUnitCount else { return false }
  var position = other.utf8Start
  for byte in bytes {
    if lowercased(byte) != lowercased(position.pointee) { return false }
    position += 1
  }
  return true
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
