// Nothing or a presented text enters, the secret of one journey to a provider of identities leaves,
// with all that is derived from it. Refused: a text of another shape.

/// What the browser keeps while a person proves at a provider who they are. State, nonce and code
/// verifier are derived from it, so that the database stores its hash alone and holds nothing that
/// would end the journey in another browser's place. It prints itself nowhere.
package struct FlowSecret: Sendable, Hashable {
  /// Tells what it is to whoever finds one, and to secret scanners.
  package static let prefix = "fs_"
  /// 32 bytes of base64url behind the prefix.
  package static let textBytes = 46

  /// For the cookie alone.
  package let text: String
  private let secret: [UInt8]

  private init(secret: [UInt8]) {
    self.secret = secret
    text = Self.prefix + encodeBase64(secret, .urlSafe)
  }

  /// A new one of 256 random bits.
  package static func make() -> FlowSecret { FlowSecret(secret: randomBytes(count: 32)) }

  /// A secret as it was presented; nil where it cannot be one of ours.
  package init?(presented text: String) {
    guard text.utf8.count == Self.textBytes, text.hasPrefix(Self.prefix),
      let secret = decodeBase64(String(text.dropFirst(Self.prefix.count)), .urlSafe),
      secret.count == 32
    else { return nil }
    self.init(secret: secret)
  }

  /// What the database stores and finds the journey by.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }

  /// Goes to the provider and comes back (RFC 6749, section 10.12).
  package var state: String { derived("state") }

  /// Goes to the provider and comes back within what it signs (OpenID Connect Core, 15.5.2).
  package var nonce: String { derived("nonce") }

  /// Goes to the provider by ourselves, when the code is exchanged: 43 characters (RFC 7636,
  /// section 4.1).
  package var codeVerifier: String { derived("code-verifier") }

  /// What the provider is told of the verifier beforehand: S256 (RFC 7636, section 4.2).
  package var codeChallenge: String { encodeBase64(sha256(Array(codeVerifier.utf8)), .urlSafe) }

  /// Whether this is the state that went out, compared in constant time.
  package func isState(_ presented: String) -> Bool {
    constantTimeEquals(Array(presented.utf8), Array(state.utf8))
  }

  private func derived(_ purpose: String) -> String {
    encodeBase64(
      hmacSHA256(key: secret, message: Array("mi-alegra/flow/1/\(purpose)".utf8)), .urlSafe)
  }
}

extension FlowSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "fs_…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
