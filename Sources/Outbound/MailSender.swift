// MAIL_FROM enters, the name and address that mails come from leave. Refused: what is no plain
// address, because it becomes a line of the mail server's protocol and of the mail's header.

/// Whom mails come from.
package struct MailSender: Sendable, Hashable {
  /// Empty where there is none.
  package let name: String
  package let address: String

  /// - Parameter text: `hub@example.com` or `Mi Alegra <hub@example.com>`.
  package init?(_ text: String) {
    let text = text.filter { !$0.isNewline }
    guard let open = text.lastIndex(of: "<") else {
      guard isMailAddress(text) else { return nil }
      name = ""
      address = text
      return
    }
    guard text.last == ">" else { return nil }
    let address = text[text.index(after: open)...].dropLast()
    guard isMailAddress(address) else { return nil }
    self.address = String(address)
    var name = text[..<open]
    while name.last?.isWhitespace == true { name.removeLast() }
    while name.first?.isWhitespace == true { name.removeFirst() }
    if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
    self.name = String(name)
  }

  /// What stands behind the @.
  package var domain: String { address.split(separator: "@").last.map(String.init) ?? address }
}

/// Whether mail can be sent there as it is written: printable ASCII, one @, and nothing that would
/// end an address or a line of SMTP (RFC 5321, section 4.1.2; no quoted local parts).
package func isMailAddress(_ text: some StringProtocol) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
  return parts.count == 2 && text.utf8.count <= 254
    && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(isAddressByte) }
}

private func isAddressByte(_ byte: UInt8) -> Bool {
  byte > 0x20 && byte < 0x7f && !"<>()[]:;,\\\"".utf8.contains(byte)
}
