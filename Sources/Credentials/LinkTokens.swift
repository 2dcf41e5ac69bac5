// The id of a one-time link enters, the token that a mail carries leaves, and back. Refused: a
// token of another shape, of another purpose, or made by none of our keys.

/// Makes and reads the tokens of one-time links. A token is derived from the link's id, so that the
/// database and the outbox hold no secret: `lt_` and 48 bytes of base64url, which are the id and
/// HMAC-SHA-256 over id and purpose.
package struct LinkTokens: Sendable {
  /// Tells what it is to whoever finds one, and to secret scanners.
  package static let prefix = "lt_"
  /// 48 bytes of base64url behind the prefix.
  package static let textBytes = 67

  private let keys: TokenKeys

  package init(keys: TokenKeys) {
    self.keys = keys
  }

  /// The token of a link under the signing key.
  package func token(of link: UniqueID, purpose: String) -> String {
    let code = keys.signing.link.code(for: Self.message(link, purpose))
    return Self.prefix + encodeBase64(link.bytes + code, .urlSafe)
  }

  /// The link that a presented token names; nil where it is none of ours for this purpose. Whether
  /// the link may still be used is for the database to say.
  package func link(presented text: String, purpose: String) -> UniqueID? {
    guard text.utf8.count == Self.textBytes, text.hasPrefix(Self.prefix),
      let bytes = decodeBase64(String(text.dropFirst(Self.prefix.count)), .urlSafe),
      bytes.count == 16 + HMACKey.codeBytes,
      let link = bytes[..<16].withUnsafeBytes({ UniqueID(bytes: $0) })
    else { return nil }
    let message = Self.message(link, purpose)
    let isOurs = keys.all.contains { key in
      bytes[16...].withUnsafeBytes { code in
        message.withUnsafeBytes { key.link.isCode(code, for: $0) }
      }
    }
    return isOurs ? link : nil
  }

  private static func message(_ link: UniqueID, _ purpose: String) -> [UInt8] {
    link.bytes + Array(purpose.utf8)
  }
}
