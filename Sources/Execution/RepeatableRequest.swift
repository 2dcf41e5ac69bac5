// What an Idempotency-Key stands for enters as digests: which request it is, and how its answers
// are kept. Neither the key nor an answer is known to the database.
// Source: draft-ietf-httpapi-idempotency-key-header.

package import SQL

/// A mutation that its client may send again: it is done once, and answered each time.
package struct RepeatableRequest: Sendable, Hashable {
  /// SHA-256 of the key.
  package let keyDigest: [UInt8]
  /// SHA-256 of what is asked: document, operation and variables.
  package let bodyDigest: [UInt8]
  /// How large the answer to one field may be.
  package let answerBytesMax: Int

  package init(keyDigest: [UInt8], bodyDigest: [UInt8], answerBytesMax: Int) {
    self.keyDigest = keyDigest
    self.bodyDigest = bodyDigest
    self.answerBytesMax = answerBytesMax
  }
}

/// How answers are sealed for the row that keeps them. The domain gives it, which has the keys.
package struct AnswerSealing: Sendable {
  package let seal: @Sendable ([UInt8], KeptAnswerPlace) throws -> [UInt8]
  package let open: @Sendable ([UInt8], KeptAnswerPlace) throws -> [UInt8]

  package init(
    seal: @escaping @Sendable ([UInt8], KeptAnswerPlace) throws -> [UInt8],
    open: @escaping @Sendable ([UInt8], KeptAnswerPlace) throws -> [UInt8]
  ) {
    self.seal = seal
    self.open = open
  }
}

/// The row of an answer: whose it is, under which key, and of which field.
package struct KeptAnswerPlace: Sendable, Hashable {
  package let tenant: Parameter
  /// The account, or the partner's token. Not the session: who has refreshed it asks again.
  package let actor: Parameter
  /// SHA-256.
  package let keyDigest: [UInt8]
  /// The response name, so that each field of a document is done once.
  package let field: String

  init(_ scope: TenantScope, _ request: RepeatableRequest, field: String) {
    tenant = scope.tenant
    actor = scope.token?.id ?? scope.account
    keyDigest = request.keyDigest
    self.field = field
  }
}

/// For how long an answer is told again.
package let keptAnswerSeconds = 86_400

/// Why a request with a key is refused.
package enum RepetitionRefusal: Sendable, Hashable {
  /// The same is being done at this moment.
  case underWay
  /// The key came with something else before.
  case reused
  /// The answer would be larger than what is kept; nothing was done.
  case tooLarge
}

/// What was answered to a field.
struct KeptAnswer: Equatable {
  /// The JSON of its value; nil where it is null.
  let value: [UInt8]?
  /// The JSON of its errors, with commas between them.
  let errors: [UInt8]

  init(value: [UInt8]?, errors: [UInt8]) {
    self.value = value
    self.errors = errors
  }

  /// The value's length in eight bytes, the value, and the errors. No value has no bytes.
  var bytes: [UInt8] {
    let value = value ?? []
    return withUnsafeBytes(of: UInt64(value.count).bigEndian, Array.init) + value + errors
  }

  /// Nil for what `bytes` did not make.
  init?(bytes: [UInt8]) {
    guard bytes.count >= 8 else { return nil }
    let length = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else { return nil }
    let end = 8 + Int(length)
    self.init(value: length == 0 ? nil : Array(bytes[8..<end]), errors: Array(bytes[end...]))
  }
}
