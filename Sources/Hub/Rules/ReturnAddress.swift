// Where in a solution somebody wants to go enters: a path, or an address of https. What leaves
// names its origin, for the solution's own to be held against, and a path that leads nowhere else
// whoever reads it. Refused: every spelling that some program takes for another host.
// Source: RFC 3986; the WHATWG URL Standard for what browsers make of the rest.

/// A place within a site, in one plain spelling.
package struct ReturnAddress: Sendable, Hashable {
  /// Such as `https://pos.example.com`, as it was typed but for capitals; nil for a path alone.
  package let origin: String?
  /// Path, query and fragment; begins with one slash.
  package let rest: String

  /// - Throws: `returnAddressForeign` for what is, or could be taken for, another site; `tooLong`.
  package init(typed: String) throws(RuleViolation) {
    guard typed.utf8.count <= returnAddressBytesMax else {
      throw .tooLong(charactersMax: returnAddressBytesMax)
    }
    var rest = Substring(typed)
    var origin: String?
    let scheme = "https://"
    if typed.prefix(scheme.count).lowercased() == scheme {
      let authority = typed.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
      guard !authority.isEmpty, authority.utf8.allSatisfy(isAuthorityByte) else {
        throw .returnAddressForeign
      }
      origin = scheme + authority.lowercased()
      rest = typed[authority.endIndex...]
      if rest.isEmpty { rest = "/" }
    }
    guard isPlain(rest) else { throw .returnAddressForeign }
    self.origin = origin
    self.rest = String(rest)
  }

  /// The whole address on the site of a launch address, which is its origin or the one it had.
  func address(at launchURL: String) -> String {
    let host = launchURL.dropFirst("https://".count).prefix { $0 != "/" }
    return "https://" + host + rest
  }
}

private let returnAddressBytesMax = 2048

/// Host and port in ASCII: no user name, no brackets, no escapes.
private func isAuthorityByte(_ byte: UInt8) -> Bool {
  isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    || byte == UInt8(ascii: ":")
}

/// Whether a path with query and fragment has nothing in it that is read in two ways.
private func isPlain(_ text: Substring) -> Bool {
  guard text.utf8.first == UInt8(ascii: "/"), hasURLBytesOnly(text) else { return false }
  let path = text.prefix { $0 != "?" && $0 != "#" }.lowercased()
  // A slash, a backslash, a dot, a percent sign or a control character that comes out of an escape
  // is one to some programs and none to others.
  for escape in ["%2f", "%5c", "%2e", "%25", "%0", "%1", "%7f"] where path.contains(escape) {
    return false
  }
  let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  return segments.dropLast().allSatisfy { !$0.isEmpty } && !segments.contains(".")
    && !segments.contains("..")
}

private let punctuation = Set("-._~:/?#@!$&'()*+,;=".utf8)

/// Letters, digits and punctuation of URLs, and whole escapes.
private func hasURLBytesOnly(_ text: Substring) -> Bool {
  var digitsDue = 0
  for byte in text.utf8 {
    if digitsDue > 0 {
      guard isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20) else {
        return false
      }
      digitsDue -= 1
    } else if byte == UInt8(ascii: "%") {
      digitsDue = 2
    } else if !isDigit(byte), !isLetter(byte), !punctuation.contains(byte) {
      return false
    }
  }
  return digitsDue == 0
}
