// Nothing or a presented text enters, the code of a launch leaves, and its hash to store. Refused:
// a text of another shape.

/// What a browser carries to a solution, whose backend exchanges it for who comes. It prints itself
/// nowhere; `text` is for the address that the browser is sent to alone.
package struct LaunchCode: Sendable, Hashable {
  /// Tells what it is to whoever finds one, and to secret scanners.
  package static let prefix = "lc_"

  package let text: String

  /// A new one of 256 random bits.
  package static func make() -> LaunchCode {
    LaunchCode(text: prefix + encodeBase64(randomBytes(count: 32), .urlSafe))
  }

  /// A code as it was presented; nil where it cannot be one of ours.
  package init?(presented text: String) {
    guard text.hasPrefix(Self.prefix),
      decodeBase64(String(text.dropFirst(Self.prefix.count)), .urlSafe)?.count == 32
    else { return nil }
    self.text = text
  }

  private init(text: String) { self.text = text }

  /// What the database stores and finds it by: SHA-256 of the text, 32 bytes.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }
}

extension LaunchCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "lc_…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
