// Nothing or a presented text enters, an opaque refresh token leaves, its hash to store, and its
// successor. Refused: a text of another shape.

/// A refresh token: opaque, unguessable, known to the person's device only. The database holds its
/// hash. It prints itself nowhere; `text` is for the answer alone.
package struct RefreshToken: Sendable, Hashable {
  /// Tells what it is to whoever finds one, and to secret scanners.
  package static let prefix = "rt_"
  /// 32 bytes of base64url behind the prefix.
  package static let textBytes = 46

  package let text: String

  private init(secret: [UInt8]) {
    text = Self.prefix + encodeBase64(secret, .urlSafe)
  }

  /// A new one of 256 random bits.
  package static func make() -> RefreshToken {
    RefreshToken(secret: randomBytes(count: 32))
  }

  /// A token as it was presented; nil where it cannot be one of ours.
  package init?(presented text: String) {
    guard text.utf8.count == Self.textBytes, text.hasPrefix(Self.prefix),
      let secret = decodeBase64(String(text.dropFirst(Self.prefix.count)), .urlSafe),
      secret.count == 32
    else { return nil }
    self.text = text
  }

  /// What the database stores and finds it by: SHA-256 of the text, 32 bytes. A slow hash is for
  /// passwords; 256 random bits cannot be guessed from a fast one.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }
}

extension RefreshToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "rt_…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Derives the successor that a refresh token is exchanged for. It is stored nowhere but as a hash,
/// yet the same token yields the same one again: two tabs that refresh at once both go on.
package struct RefreshTokenSuccession: Sendable {
  private let keys: TokenKeys

  package init(keys: TokenKeys) {
    self.keys = keys
  }

  /// The successor under the signing key.
  package func successor(of token: RefreshToken) -> RefreshToken {
    successor(of: token, key: keys.signing)
  }

  /// The successor whose hash the database already holds, under whichever key derived it, so that a
  /// rotation of keys between two tabs does not part them; nil where no key of ours derived it.
  package func successor(of token: RefreshToken, storedHash: [UInt8]) -> RefreshToken? {
    keys.all.lazy
      .map { successor(of: token, key: $0) }
      .first { constantTimeEquals($0.hash, storedHash) }
  }

  private func successor(of token: RefreshToken, key: TokenKey) -> RefreshToken {
    RefreshToken(derived: key.succession.code(for: Array(token.text.utf8)))
  }
}

extension RefreshToken {
  fileprivate init(derived secret: [UInt8]) {
    self.init(secret: secret)
  }
}
