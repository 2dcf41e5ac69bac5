// Nothing or a presented text enters, the token of a program leaves, and its hash to store.
// Refused: a text of another shape.

/// Whose programs show a token of a kind.
package protocol ProgramTokenKind: Sendable {
  /// Tells what it is to whoever finds one, and to secret scanners. No other token begins so.
  static var prefix: String { get }
}

/// The backends of solutions.
package enum ServiceTokenKind: ProgramTokenKind {
  package static let prefix = "mas_"
}

/// Partners, for one company.
package enum PartnerTokenKind: ProgramTokenKind {
  package static let prefix = "map_"
}

package typealias ServiceToken = ProgramToken<ServiceTokenKind>
package typealias PartnerToken = ProgramToken<PartnerTokenKind>

/// A token that a program shows. The database holds its hash. It prints itself nowhere; `text` is
/// for whoever made it, once.
package struct ProgramToken<Kind: ProgramTokenKind>: Sendable, Hashable {
  package static var prefix: String { Kind.prefix }

  package let text: String

  /// A new one.
  package static func make() -> ProgramToken {
    ProgramToken(text: ChecksummedToken.make(prefix: Kind.prefix))
  }

  /// A token as it was presented; nil where it cannot be one of ours.
  package init?(presented text: String) {
    guard ChecksummedToken.isWellFormed(text, prefix: Kind.prefix) else { return nil }
    self.text = text
  }

  private init(text: String) { self.text = text }

  /// What the database stores and finds it by: SHA-256 of the text, 32 bytes.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }
}

extension ProgramToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "\(Kind.prefix)…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
