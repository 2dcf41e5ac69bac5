// Named secrets enter, the keys that sign and verify leave. Refused: a secret under 32 bytes.

internal import JSON

/// The keys for tokens, several at once so that they rotate without a sign-out: the first signs,
/// all verify. To rotate: append the new key everywhere, then put it first, then drop the old one
/// when its last token has expired.
package struct TokenKeys: Sendable {
  /// RFC 7518 section 3.2: a key of the size of the hash output or larger.
  package static let secretBytesMin = 32

  let signing: TokenKey
  let all: [TokenKey]

  /// The first secret signs.
  package init(_ secrets: [NamedSecret]) throws(KeyListError) {
    var all: [TokenKey] = []
    for secret in secrets {
      if all.contains(where: { $0.name == secret.name }) { throw .duplicateName(secret.name) }
      all.append(try TokenKey(secret))
    }
    guard let signing = all.first else { throw .empty }
    self.signing = signing
    self.all = all
  }

  /// Reads `name:base64,name:base64`, the text of an environment variable or a file.
  package init(parsing text: String) throws(KeyListError) {
    try self.init(NamedSecret.parseList(text))
  }

  /// The names of the keys, the signing one first.
  package var names: [String] { all.map(\.name) }

  func key(named name: String) -> TokenKey? { all.first { $0.name == name } }
}

/// The signature algorithms of RFC 7518 section 3.1 that are accepted at all.
enum TokenAlgorithm: String {
  case hs256 = "HS256"
}

/// One key with the only algorithm that it is good for (RFC 8725 section 3.1).
struct TokenKey: Sendable {
  let name: String
  let algorithm: TokenAlgorithm
  /// Signs access tokens.
  let signature: HMACKey
  /// Derives refresh tokens' successors. A key of its own, so that no signature of the one kind can
  /// ever be a value of the other.
  let succession: HMACKey
  /// Makes the tokens of links in mails.
  let link: HMACKey
  /// Makes the tokens that devices are known by again.
  let device: HMACKey
  /// The header that we ourselves write, encoded, with the full stop behind it. A token that begins
  /// with these bytes needs no parsing of its header.
  let encodedHeader: [UInt8]

  init(_ secret: NamedSecret) throws(KeyListError) {
    guard secret.secret.count >= TokenKeys.secretBytesMin else {
      throw .tooShort(
        name: secret.name, bytes: secret.secret.count, bytesMin: TokenKeys.secretBytesMin)
    }
    guard let signature = HMACKey(secret: secret.secret),
      let succession = HMACKey(
        secret: signature.code(for: Array("mi-alegra/refresh-token-succession/1".utf8))),
      let link = HMACKey(secret: signature.code(for: Array("mi-alegra/one-time-link/1".utf8))),
      let device = HMACKey(secret: signature.code(for: Array("mi-alegra/device/1".utf8)))
    else { throw .unusable(name: secret.name) }
    name = secret.name
    algorithm = .hs256
    self.signature = signature
    self.succession = succession
    self.link = link
    self.device = device
    let header = TokenHeader.json(algorithm: algorithm, keyName: secret.name)
    encodedHeader =
      header.withUnsafeBytes { encodedBase64Bytes($0, .urlSafe) } + [
        UInt8(ascii: ".")
      ]
  }
}
