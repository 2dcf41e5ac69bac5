// The secret of a webhook is made or comes out of its seal; the signatures of its messages leave,
// as the Standard Webhooks specification has them.

/// What the two sides of a webhook share. It prints itself nowhere; `text` is for whoever made the
/// webhook, once.
package struct WebhookSecret: Sendable, Hashable {
  /// Of the specification's 24 to 64.
  package static let secretBytes = 32
  package static let prefix = "whsec_"

  /// What is kept, sealed.
  package let bytes: [UInt8]

  /// A new one.
  package static func make() -> WebhookSecret {
    WebhookSecret(bytes: randomBytes(count: secretBytes))
  }

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// What the other side is given: the prefix, and the bytes in padded base64.
  package var text: String { Self.prefix + encodePaddedBase64(bytes) }

  /// `v1,` and the HMAC-SHA-256 over `id.timestamp.body` in padded base64.
  /// - Parameters:
  ///   - id: of the message, without a full stop.
  ///   - timestamp: seconds since 1970 at this attempt.
  package func signature(id: String, timestamp: Int, body: [UInt8]) -> String {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    return "v1," + encodePaddedBase64(hmacSHA256(key: bytes, message: signed))
  }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "\(Self.prefix)…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
