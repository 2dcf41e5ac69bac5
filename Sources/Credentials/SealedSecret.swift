// A secret and the place where it is stored enter, an envelope leaves; the envelope opens at that
// place only. Refused: an envelope of another shape, of an unknown key, changed, or moved.

internal import COpenSSL

/// Where a sealed secret is stored. It is part of what is authenticated, so that a ciphertext
/// copied to another row, column or tenant does not open.
package struct SecretPlace: Sendable, Hashable {
  /// Nil for what belongs to a person rather than to a company.
  package let tenant: UniqueID?
  package let table: String
  package let column: String
  /// The row's key as text.
  package let row: String

  package init(tenant: UniqueID?, table: String, column: String, row: String) {
    self.tenant = tenant
    self.table = table
    self.column = column
    self.row = row
  }

  /// Each part with its length before it, so that no two places read alike.
  fileprivate var authenticated: [UInt8] {
    let parts = [tenant?.bytes ?? [], Array(table.utf8), Array(column.utf8), Array(row.utf8)]
    return parts.flatMap { part in
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.count).bigEndian, Array.init) + part
    }
  }
}

/// A secret at rest: `1 | length of key name | key name | nonce (12) | tag (16) | ciphertext`.
package struct SealedSecret: Sendable, Hashable {
  /// The envelope, for a `bytea` column.
  package let bytes: [UInt8]
  /// The name of the key that opens it.
  package let keyName: String
  fileprivate let bodyStart: Int

  /// Reads an envelope; nil where it is none.
  package init?(bytes: [UInt8]) {
    guard bytes.count >= 2, bytes[0] == sealVersion,
      case let bodyStart = 2 + Int(bytes[1]), bytes.count >= bodyStart + nonceBytes + tagBytes,
      let keyName = String(validating: bytes[2..<bodyStart], as: UTF8.self)
    else { return nil }
    self.bytes = bytes
    self.keyName = keyName
    self.bodyStart = bodyStart
  }
}

/// Why a sealed secret does not open, or could not be sealed.
package enum SealError: Error, Hashable {
  /// None of our keys has the name in the envelope.
  case unknownKey(name: String)
  /// The envelope was changed, or stands in another place than it was sealed for.
  case notAuthentic
  /// OpenSSL failed, as where memory is exhausted.
  case fault
}

/// The keys for secrets at rest, several at once: the first seals, all open.
package struct SealingKeys: Sendable {
  /// AES-256.
  package static let secretBytes = 32

  private let all: [NamedSecret]
  private let sealing: NamedSecret

  /// The first secret seals.
  package init(_ secrets: [NamedSecret]) throws(KeyListError) {
    for (index, secret) in secrets.enumerated() {
      guard secret.secret.count == Self.secretBytes else {
        throw .wrongLength(
          name: secret.name, bytes: secret.secret.count, expectedBytes: Self.secretBytes)
      }
      if secrets[..<index].contains(where: { $0.name == secret.name }) {
        throw .duplicateName(secret.name)
      }
    }
    guard let sealing = secrets.first else { throw .empty }
    self.sealing = sealing
    all = secrets
  }

  /// Reads `name:base64,name:base64`, the text of an environment variable or a file.
  package init(parsing text: String) throws(KeyListError) {
    try self.init(NamedSecret.parseList(text))
  }

  /// The names of the keys, the sealing one first.
  package var names: [String] { all.map(\.name) }

  /// Whether the envelope was sealed under a key that no longer seals.
  package func needsResealing(_ sealed: SealedSecret) -> Bool { sealed.keyName != sealing.name }

  /// Seals a secret for its place, by AES-256-GCM (NIST SP 800-38D) under a random nonce: good for
  /// 2^32 secrets a key (section 8.3).
  package func seal(_ secret: [UInt8], at place: SecretPlace) throws(SealError) -> SealedSecret {
    let header = [sealVersion, UInt8(sealing.name.utf8.count)] + Array(sealing.name.utf8)
    let nonce = randomBytes(count: nonceBytes)
    guard
      let (ciphertext, tag) = encryptAES256GCM(
        secret, key: sealing.secret, nonce: nonce, authenticated: header + place.authenticated),
      let sealed = SealedSecret(bytes: header + nonce + tag + ciphertext)
    else { throw .fault }
    return sealed
  }

  /// Opens a secret at the place where it was found.
  package func open(_ sealed: SealedSecret, at place: SecretPlace) throws(SealError) -> [UInt8] {
    guard let key = all.first(where: { $0.name == sealed.keyName }) else {
      throw .unknownKey(name: sealed.keyName)
    }
    let nonceEnd = sealed.bodyStart + nonceBytes
    let tagEnd = nonceEnd + tagBytes
    guard
      let secret = decryptAES256GCM(
        Array(sealed.bytes[tagEnd...]), tag: Array(sealed.bytes[nonceEnd..<tagEnd]),
        key: key.secret, nonce: Array(sealed.bytes[sealed.bodyStart..<nonceEnd]),
        authenticated: sealed.bytes[..<sealed.bodyStart] + place.authenticated)
    else { throw .notAuthentic }
    return secret
  }
}

private let sealVersion: UInt8 = 1
private let nonceBytes = 12
private let tagBytes = 16

/// AES-256-GCM; nil where OpenSSL fails.
package func encryptAES256GCM(
  _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], authenticated: [UInt8]
) -> (ciphertext: [UInt8], tag: [UInt8])? {
  guard key.count == 32, nonce.count == nonceBytes, let context = EVP_CIPHER_CTX_new() else {
    return nil
  }
  defer { EVP_CIPHER_CTX_free(context) }
  var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
  var tag = [UInt8](repeating: 0, count: tagBytes)
  var written: Int32 = 0
  guard EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
    EVP_EncryptUpdate(context, nil, &written, authenticated, Int32(authenticated.count)) == 1,
    EVP_EncryptUpdate(context, &ciphertext, &written, plaintext, Int32(plaintext.count)) == 1,
    EVP_EncryptFinal_ex(context, nil, &written) == 1,
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagBytes), &tag) == 1
  else { return nil }
  return (ciphertext, tag)
}

/// AES-256-GCM; nil where the tag does not fit, and nothing of the text is given out then.
package func decryptAES256GCM(
  _ ciphertext: [UInt8], tag: [UInt8], key: [UInt8], nonce: [UInt8], authenticated: [UInt8]
) -> [UInt8]? {
  guard key.count == 32, nonce.count == nonceBytes, tag.count == tagBytes,
    let context = EVP_CIPHER_CTX_new()
  else { return nil }
  defer { EVP_CIPHER_CTX_free(context) }
  var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
  var tag = tag
  var written: Int32 = 0
  guard EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
    EVP_DecryptUpdate(context, nil, &written, authenticated, Int32(authenticated.count)) == 1,
    EVP_DecryptUpdate(context, &plaintext, &written, ciphertext, Int32(ciphertext.count)) == 1,
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagBytes), &tag) == 1,
    EVP_DecryptFinal_ex(context, nil, &written) == 1
  else { return nil }
  return plaintext
}
