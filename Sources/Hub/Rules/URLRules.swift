// The address of a public site enters, an absolute http or https URL leaves. Other schemes, user
// names, addresses of machines and white space are refused here.
// Source: RFC 3986, with the WHATWG URL Standard's encoding of what stands outside ASCII.

private let urlBytesMax = 2048

/// The URL with scheme and host in lower case, the host in ASCII and the rest percent-encoded where
/// it must be; nil where nothing was typed.
package func webURL(_ typed: String) throws(RuleViolation) -> String? {
  guard let text = try normalizedText(typed, TextBounds(charactersMax: urlBytesMax)) else {
    return nil
  }
  guard let url = absoluteWebURL(text) else { throw .invalidFormat(expected: .url) }
  guard url.utf8.count <= urlBytesMax else { throw .tooLong(charactersMax: urlBytesMax) }
  return url
}

private func absoluteWebURL(_ text: String) -> String? {
  guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) })
  else { return nil }
  let rest = text.dropFirst(scheme.count)
  let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
  guard let authority = authority(rest[..<authorityEnd]), let tail = encoded(rest[authorityEnd...])
  else { return nil }
  return scheme + authority + tail
}

/// host [ ":" port ]; a user name before the host only ever fools people, and is refused with it.
private func authority(_ text: Substring) -> String? {
  guard let colon = text.firstIndex(of: ":") else { return asciiDomain(text) }
  let port = text[text.index(after: colon)...]
  guard let host = asciiDomain(text[..<colon]), port.utf8.allSatisfy(isDigit),
    let number = UInt16(port), number > 0
  else { return nil }
  return "\(host):\(number)"
}

private let urlPunctuation = Set("-._~:/?#[]@!$&'()*+,;=%".utf8)

/// Path, query and fragment. Nil for a `%` without two hexadecimal digits and for what a URL never
/// contains as it is.
private func encoded(_ text: Substring) -> String? {
  var output: [UInt8] = []
  var escapeDigits = 0
  for byte in text.utf8 {
    if escapeDigits > 0 {
      guard isHexDigit(byte) else { return nil }
      escapeDigits -= 1
    } else if byte == UInt8(ascii: "%") {
      escapeDigits = 2
    }
    if byte >= 0x80 {
      output += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 15)]
    } else {
      guard isDigit(byte) || isLetter(byte) || urlPunctuation.contains(byte) else { return nil }
      output.append(byte)
    }
  }
  return escapeDigits == 0 ? String(decoding: output, as: UTF8.self) : nil
}

private func isHexDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}
