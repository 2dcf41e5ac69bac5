// A typed text enters, a password ready to be hashed leaves. Refused: what no rule could accept.

/// A password in NFC (RFC 8265 section 4.2: OpaqueString), which is all that a hash is made of. It
/// prints itself nowhere, and its bytes never leave this target.
package struct Password: Sendable {
  /// Bytes in NFC, past any 128 characters that people write; more is refused before any work.
  package static let bytesMax = 4096

  let text: String

  /// Spaces are kept. Nil where the text is longer than `bytesMax`.
  package init?(typed text: String) {
    guard text.utf8.count <= Self.bytesMax else { return nil }
    let normalized = normalizedNFC(text)
    guard normalized.utf8.count <= Self.bytesMax else { return nil }
    self.text = normalized
  }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "password" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
