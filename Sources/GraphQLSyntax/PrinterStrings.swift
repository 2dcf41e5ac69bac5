// A string's value comes in, its literal leaves, quoted or as a block string.
// Source: GraphQL specification, September 2025, section 2.9.4 (String Value).

/// The value as a quoted string, with every escape that section 2.9.4 asks for.
package func quotedString(_ value: String) -> String {
  var text = "\""
  text.reserveCapacity(value.utf8.count + 2)
  for scalar in value.unicodeScalars {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\u{8}": text += "\\b"
    case "\t": text += "\\t"
    case "\n": text += "\\n"
    case "\u{C}": text += "\\f"
    case "\r": text += "\\r"
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
      let digits = String(scalar.value, radix: 16, uppercase: true)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}

/// The value as a block string whose indentation and blank ends the parser takes off again.
package func blockString(_ value: String) -> String {
  let escaped = escapingTripleQuotes(value)
  let lines = escaped.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
  let isSingleLine = lines.count == 1
  let continuesIndented =
    !isSingleLine
    && lines.dropFirst().allSatisfy { $0.first.map(isBlank) ?? true }
  let endsInTripleQuote = escaped.hasSuffix("\\\"\"\"")
  let endsInQuoteOrSlash = (value.hasSuffix("\"") && !endsInTripleQuote) || value.hasSuffix("\\")
  let isLong = value.utf16.count > 70
  let standsOnLinesOfItsOwn =
    !isSingleLine || isLong || endsInQuoteOrSlash || continuesIndented || endsInTripleQuote
  let startsBlank = isSingleLine && (value.utf8.first.map(isBlank) ?? false)

  var text = "\"\"\""
  if (standsOnLinesOfItsOwn && !startsBlank) || continuesIndented { text += "\n" }
  text += escaped
  if standsOnLinesOfItsOwn { text += "\n" }
  return text + "\"\"\""
}

/// Whether a block string can stand for the value at all: it has no control characters, and no
/// blank lines at its ends or indentation common to its lines, which the parser would take off.
package func isPrintableAsBlock(_ value: String) -> Bool {
  if value.isEmpty { return true }
  var isEveryLineIndented = true
  var isLineBlank = true
  var isFirstLine = true
  var isLineStart = true
  var sawSecondLine = false
  for scalar in value.unicodeScalars {
    switch scalar {
    case "\n":
      if isLineBlank, isFirstLine { return false }
      sawSecondLine = true
      isFirstLine = false
      isLineBlank = true
      isLineStart = true
      continue
    case " ", "\t":
      break
    case "\u{0}"..."\u{1F}":
      return false
    default:
      // A line whose first character is no blank keeps the common indentation at zero.
      if isLineStart { isEveryLineIndented = false }
      isLineBlank = false
    }
    isLineStart = false
  }
  if isLineBlank { return false }
  return !(isEveryLineIndented && sawSecondLine)
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

private func escapingTripleQuotes(_ value: String) -> String {
  var escaped: [UInt8] = []
  escaped.reserveCapacity(value.utf8.count)
  let bytes = Array(value.utf8)
  var offset = 0
  while offset < bytes.count {
    if offset + 2 < bytes.count, bytes[offset] == 0x22, bytes[offset + 1] == 0x22,
      bytes[offset + 2] == 0x22
    {
      escaped.append(contentsOf: "\\\"\"\"".utf8)
      offset += 3
    } else {
      escaped.append(bytes[offset])
      offset += 1
    }
  }
  return String(decoding: escaped, as: UTF8.self)
}
