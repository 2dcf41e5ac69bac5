// A statement's canonical text enters once, when a plan is made; what every execution needs to know
// of it (its server-side name, a cheap identity) leaves.

/// A statement that a connection prepares when it first meets it. Two statements of the same text
/// are equal; make one when the plan is made, not one for each request.
package struct PreparedStatement: Sendable, Hashable {
  private final class Identity: Sendable {
    let text: String
    let name: String
    let digest: UInt64
    let parameterTypes: [UInt32]
    let isNamed: Bool
    let answersBinary: Bool

    init(text: String, parameterTypes: [UInt32], isNamed: Bool, answersBinary: Bool = false) {
      self.text = text
      self.answersBinary = answersBinary
      self.parameterTypes = parameterTypes
      self.isNamed = isNamed
      digest = fnv1a(text.utf8, seed: 0xcbf2_9ce4_8422_2325)
      let second = fnv1a(text.utf8.reversed(), seed: digest ^ 0x9e37_79b9_7f4a_7c15)
      name = isNamed ? "hub_" + hexadecimal(digest) + hexadecimal(second) : ""
    }
  }

  private let identity: Identity

  /// - Parameter parameterTypes: the parameters' OIDs; where absent or 0, PostgreSQL
  ///   infers the type.
  /// - Parameter answersBinary: its cells come in their types' own format, in which `bytea` are the
  ///   bytes themselves and half as long; `text` is the same in both.
  package init(_ text: String, parameterTypes: [UInt32] = [], answersBinary: Bool = false) {
    identity = Identity(
      text: text, parameterTypes: parameterTypes, isNamed: true, answersBinary: answersBinary)
  }

  private init(unnamed text: String) {
    identity = Identity(text: text, parameterTypes: [], isNamed: false)
  }

  /// A statement that is parsed at each execution and never kept by the server: BEGIN, COMMIT.
  package static func unnamed(_ text: String) -> PreparedStatement {
    PreparedStatement(unnamed: text)
  }

  /// The SQL text, with `$1`, `$2`, ...
  package var text: String { identity.text }

  /// The name it is prepared under: the same text has the same name in every process, so that logs
  /// and `pg_prepared_statements` can be compared. Empty when unnamed.
  package var name: String { identity.name }

  package var parameterTypes: [UInt32] { identity.parameterTypes }

  /// False when it is parsed at each execution.
  package var isNamed: Bool { identity.isNamed }

  /// How libpq is asked for the cells: 1 in binary, 0 as text.
  var resultFormat: Int32 { identity.answersBinary ? 1 : 0 }

  package static func == (left: PreparedStatement, right: PreparedStatement) -> Bool {
    if left.identity === right.identity { return true }
    // The digest decides in nearly all cases; the texts decide always, so that no collision can
    // make one statement answer for another.
    return left.identity.digest == right.identity.digest
      && left.identity.isNamed == right.identity.isNamed
      && left.identity.parameterTypes == right.identity.parameterTypes
      && left.identity.answersBinary == right.identity.answersBinary
      && left.identity.text == right.identity.text
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(identity.digest)
  }
}

/// The FNV-1a hash, 64 bits (draft-eastlake-fnv).
private func fnv1a(_ bytes: some Sequence<UInt8>, seed: UInt64) -> UInt64 {
  var hash = seed
  for byte in bytes {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }
  return hash
}

private func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
