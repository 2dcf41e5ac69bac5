// Heads of logs enter, their signatures leave, and whether a signature is good.

/// Where the log of a company ended, as it is signed.
package struct SignedHead: Sendable, Hashable {
  /// The company's id, in PostgreSQL's spelling of a uuid.
  package let tenant: String
  /// The number of the last event.
  package let sequence: Int
  /// The hash of the last event, in hexadecimal.
  package let hash: String
  /// Seconds since 1970.
  package let signedAt: Int

  package init(tenant: String, sequence: Int, hash: String, signedAt: Int) {
    self.tenant = tenant
    self.sequence = sequence
    self.hash = hash
    self.signedAt = signedAt
  }

  /// What the signature is over: lines of text, so that anybody can verify it with any tool.
  var message: [UInt8] {
    let lines = [
      "mi-alegra/audit-head/1", tenant, "\(sequence)", hash, "\(signedAt)",
    ]
    return Array(lines.joined(separator: "\n").utf8)
  }
}

/// The keys that sign the heads of logs (HMAC-SHA-256, RFC 2104), several at once: the first signs,
/// all verify. A key stays for as long as what it signed is to be verified.
package struct AuditKeys: Sendable {
  /// A key of the size of the hash output or larger, as for tokens.
  package static let secretBytesMin = 32

  /// What became of verifying a signature.
  package enum Verdict: Sendable, Hashable {
    case good
    case unknownKey
    case wrong
  }

  private let signing: (name: String, key: HMACKey)
  private let all: [String: HMACKey]

  /// Reads `name:base64,name:base64`, the text of an environment variable or a file.
  package init(parsing text: String) throws(KeyListError) {
    var keys: [(name: String, key: HMACKey)] = []
    for secret in try NamedSecret.parseList(text) {
      guard secret.secret.count >= Self.secretBytesMin else {
        throw .tooShort(
          name: secret.name, bytes: secret.secret.count, bytesMin: Self.secretBytesMin)
      }
      guard let key = HMACKey(secret: secret.secret) else { throw .unusable(name: secret.name) }
      keys.append((secret.name, key))
    }
    guard let first = keys.first else { throw .empty }
    signing = first
    all = Dictionary(keys.map { ($0.name, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  /// The signature of a head by the first key: the key's name and 32 bytes.
  package func sign(_ head: SignedHead) -> (keyName: String, signature: [UInt8]) {
    (signing.name, signing.key.code(for: head.message))
  }

  /// Whether this is the signature of the head by the key of that name.
  package func verify(_ signature: [UInt8], of head: SignedHead, by keyName: String) -> Verdict {
    guard let key = all[keyName] else { return .unknownKey }
    let isGood = signature.withUnsafeBytes { signature in
      head.message.withUnsafeBytes { key.isCode(signature, for: $0) }
    }
    return isGood ? .good : .wrong
  }
}
