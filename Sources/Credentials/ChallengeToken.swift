// Nothing or a presented text enters, the token of a sign-in that lacks its second factor leaves.
// Refused: a text of another shape.

/// Names a sign-in of which the first factor was proved. It prints itself nowhere; `text` is for
/// the answer alone.
package struct ChallengeToken: Sendable, Hashable {
  /// Tells what it is to whoever finds one, and to secret scanners.
  package static let prefix = "ct_"
  /// 32 bytes of base64url behind the prefix.
  package static let textBytes = 46

  package let text: String

  /// A new one of 256 random bits.
  package static func make() -> ChallengeToken {
    ChallengeToken(text: prefix + encodeBase64(randomBytes(count: 32), .urlSafe))
  }

  private init(text: String) { self.text = text }

  /// A token as it was presented; nil where it cannot be one of ours.
  package init?(presented text: String) {
    guard text.utf8.count == Self.textBytes, text.hasPrefix(Self.prefix),
      decodeBase64(String(text.dropFirst(Self.prefix.count)), .urlSafe)?.count == 32
    else { return nil }
    self.text = text
  }

  /// What the database stores and finds it by.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }
}

extension ChallengeToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "ct_…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
