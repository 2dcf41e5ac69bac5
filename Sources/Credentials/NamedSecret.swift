// The text of a key list enters, named secrets leave. Refused: a list without keys, a name that is
// no identifier or occurs twice, a secret that is no base64 or too short. No error says a secret.

/// A secret with the name that tokens and envelopes call it by. It never prints itself.
package struct NamedSecret: Sendable {
  package let name: String
  let secret: [UInt8]

  /// Checks the name, not the secret's length.
  package init(name: String, secret: [UInt8]) throws(KeyListError) {
    guard isKeyName(name) else { throw .invalidName }
    self.name = name
    self.secret = secret
  }

  /// A new key of 32 random bytes, and the entry to put into the key list.
  package static func makeEntry(name: String) throws(KeyListError) -> String {
    guard isKeyName(name) else { throw .invalidName }
    return try NamedSecret(name: name, secret: randomBytes(count: 32)).entry
  }

  /// What stands in a list of keys for it. The one place where a secret is spelled.
  var entry: String {
    let text = encodeBase64(secret, .standard)
    return name + ":" + text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  /// Reads `name:base64`, separated by commas or line breaks; blank lines and lines that begin with
  /// `#` are skipped, so that an environment variable and a file are read alike. Base64 in either
  /// alphabet of RFC 4648, padded or not.
  package static func parseList(_ text: String) throws(KeyListError) -> [NamedSecret] {
    var secrets: [NamedSecret] = []
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      for entry in line.split(separator: ",") {
        let entry = trimmed(entry)
        if entry.isEmpty { continue }
        // Where no colon tells name from secret, the entry may be a secret: only its place is said.
        guard let colon = entry.firstIndex(of: ":") else {
          throw .noName(position: secrets.count + 1)
        }
        let name = String(trimmed(entry[..<colon]))
        guard isKeyName(name) else { throw .noName(position: secrets.count + 1) }
        guard let secret = decodeSecret(trimmed(entry[entry.index(after: colon)...])) else {
          throw .notBase64(name: name)
        }
        if secrets.contains(where: { $0.name == name }) { throw .duplicateName(name) }
        secrets.append(try NamedSecret(name: name, secret: secret))
      }
    }
    if secrets.isEmpty { throw .empty }
    return secrets
  }
}

extension NamedSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "key \(name)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

/// Why a list of keys cannot be used; names keys, never secrets.
package enum KeyListError: Error, Hashable {
  /// The text holds no key at all.
  case empty
  /// The entry at this place, counted from 1, is no `name:base64`.
  case noName(position: Int)
  /// A name is 1 to 32 letters, digits, `.`, `_` or `-`.
  case invalidName
  case notBase64(name: String)
  case duplicateName(String)
  case tooShort(name: String, bytes: Int, bytesMin: Int)
  case wrongLength(name: String, bytes: Int, expectedBytes: Int)
  /// OpenSSL offers no algorithm for it.
  case unusable(name: String)
}

extension KeyListError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "There is no key in the list."
    case .noName(let position): "Key number \(position) is not written as name:base64."
    case .invalidName: "A key's name is 1 to 32 letters, digits, '.', '_' or '-'."
    case .notBase64(let name): "The secret of key \(name) is no base64."
    case .duplicateName(let name): "Two keys are named \(name)."
    case .tooShort(let name, let bytes, let bytesMin):
      "The secret of key \(name) has \(bytes) bytes; it needs at least \(bytesMin)."
    case .wrongLength(let name, let bytes, let expectedBytes):
      "The secret of key \(name) has \(bytes) bytes; it needs exactly \(expectedBytes)."
    case .unusable(let name): "OpenSSL cannot use key \(name)."
    }
  }
}

private func isKeyName(_ name: String) -> Bool {
  (1...32).contains(name.utf8.count)
    && name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
}

private func decodeSecret(_ text: Substring) -> [UInt8]? {
  var text = text
  if text.utf8.count % 4 == 0 {
    for _ in 0..<2 where text.last == "=" { text.removeLast() }
  }
  return decodeBase64(String(text), .standard) ?? decodeBase64(String(text), .urlSafe)
}

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return text
}
