// An account enters, the token by which a device is known again leaves, and back. Refused: a token
// of another shape, or made by none of our keys.

/// Says that whoever shows it has signed in to an account before. It opens nothing: it only keeps
/// strangers' guesses at the password from being counted against this device. It prints itself
/// nowhere; `text` is for the answer alone.
package struct DeviceToken: Sendable, Hashable {
  /// Tells what it is to whoever finds one, and to secret scanners.
  package static let prefix = "dt_"
  /// 64 bytes of base64url behind the prefix: the account's id, sixteen random bytes, and
  /// HMAC-SHA-256 over both.
  package static let textBytes = 89

  package let text: String
  package let account: UniqueID

  /// By what guesses from the device are counted.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }
}

/// Makes and reads the tokens of devices.
package struct DeviceTokens: Sendable {
  private let keys: TokenKeys

  package init(keys: TokenKeys) {
    self.keys = keys
  }

  /// A new one under the signing key, for a device that has just signed in.
  package func make(for account: UniqueID) -> DeviceToken {
    let message = account.bytes + randomBytes(count: 16)
    let code = keys.signing.device.code(for: message)
    return DeviceToken(
      text: DeviceToken.prefix + encodeBase64(message + code, .urlSafe), account: account)
  }

  /// A token as it was presented; nil where it is none of ours.
  package func read(presented text: String) -> DeviceToken? {
    guard text.utf8.count == DeviceToken.textBytes, text.hasPrefix(DeviceToken.prefix),
      let bytes = decodeBase64(String(text.dropFirst(DeviceToken.prefix.count)), .urlSafe),
      bytes.count == 32 + HMACKey.codeBytes,
      let account = bytes[..<16].withUnsafeBytes({ UniqueID(bytes: $0) })
    else { return nil }
    let isOurs = keys.all.contains { key in
      bytes[32...].withUnsafeBytes { code in
        bytes[..<32].withUnsafeBytes { key.device.isCode(code, for: $0) }
      }
    }
    return isOurs ? DeviceToken(text: text, account: account) : nil
  }
}

extension DeviceToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "dt_…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
