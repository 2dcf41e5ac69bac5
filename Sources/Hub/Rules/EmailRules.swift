// An email address as typed enters, its display form and the key it compares by leave.
// Source: RFC 5321 section 4.1.2 (dot-string local parts; quoted ones and address literals are
// refused), sizes from its section 4.5.3.1 and RFC 3696 erratum 1690.

/// An address that mail can be sent to, as far as its form tells.
package struct EmailAddress: Hashable, Sendable {
  /// As the person writes it, without white space around.
  package let display: String
  /// What is kept and written to: as the person writes it, a domain of another script in its ASCII
  /// form. In lower case it is the key.
  package let stored: String
  /// Lower case, the domain in its ASCII form: equal for all spellings of one address.
  package let key: String
}

/// Nil where nothing was typed.
package func emailAddress(_ typed: String) throws(RuleViolation) -> EmailAddress? {
  guard let display = try normalizedText(typed, TextBounds(charactersMax: emailBytesMax)) else {
    return nil
  }
  guard let parts = emailParts(display) else { throw .invalidFormat(expected: .email) }
  return EmailAddress(display: display, stored: parts.stored, key: parts.key)
}

/// The key to look an address up by; nil where it is no address, and so nobody's. Spaces around it
/// are typed by people; other control characters are not, and make it another text.
package func emailKey(_ typed: String) -> String? {
  let isTyped = typed.unicodeScalars.allSatisfy { scalar in
    scalar.properties.generalCategory != .control || scalar.properties.isWhitespace
  }
  return isTyped ? emailParts(typed)?.key : nil
}

private struct EmailParts {
  let local: Substring
  /// As typed.
  let domain: Substring
  let asciiDomain: String

  var key: String { local.lowercased() + "@" + asciiDomain }

  var stored: String {
    let isASCII = domain.utf8.allSatisfy { $0 < 0x80 }
    return String(local) + "@" + (isASCII ? String(domain) : asciiDomain)
  }
}

private func emailParts(_ typed: String) -> EmailParts? {
  let text = trimmed(typed)
  guard text.utf8.count <= emailBytesMax * 4,
    let at = text.utf8.lastIndex(of: UInt8(ascii: "@"))
  else { return nil }
  let local = text[..<at]
  let domain = text[text.utf8.index(after: at)...]
  guard isDotString(local.utf8), let ascii = asciiDomain(domain) else { return nil }
  let parts = EmailParts(local: local, domain: domain, asciiDomain: ascii)
  return parts.key.utf8.count <= emailBytesMax ? parts : nil
}

private let emailBytesMax = 254
private let localBytesMax = 64

/// Dot-string = Atom *("." Atom)
private func isDotString(_ local: Substring.UTF8View) -> Bool {
  guard !local.isEmpty, local.count <= localBytesMax else { return false }
  return local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) }
}

private let atomPunctuation = Set("!#$%&'*+-/=?^_`{|}~".utf8)

private func isAtomText(_ byte: UInt8) -> Bool {
  isDigit(byte) || isLetter(byte) || atomPunctuation.contains(byte)
}

func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}
