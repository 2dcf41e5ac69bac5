// Nothing or a presented text enters, the token of a solution's backend leaves, and its hash to
// store. Refused: a text of another shape.

/// The token that the backend of a solution shows. The database holds its hash. It prints itself
/// nowhere; `text` is for whoever made it, once.
package struct ServiceToken: Sendable, Hashable {
  /// Tells what it is to whoever finds one, and to secret scanners. No other token begins so.
  package static let prefix = "mas_"

  package let text: String

  /// A new one.
  package static func make() -> ServiceToken {
    ServiceToken(text: ChecksummedToken.make(prefix: prefix))
  }

  /// A token as it was presented; nil where it cannot be one of ours.
  package init?(presented text: String) {
    guard ChecksummedToken.isWellFormed(text, prefix: Self.prefix) else { return nil }
    self.text = text
  }

  private init(text: String) { self.text = text }

  /// What the database stores and finds it by: SHA-256 of the text, 32 bytes.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }
}

extension ServiceToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "mas_…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
