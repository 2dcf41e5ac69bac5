// The field Idempotency-Key of a mutation enters; what stands for it and for what was asked leaves.
// Refused here: a key that is none, and a mutation that cannot be done once.
// Source: draft-ietf-httpapi-idempotency-key-header, sections 2.1 and 2.2; RFC 8941, section 3.3.3.

import Credentials
import Execution
import GraphQLSyntax
import JSON
import NIOHTTP1

/// What a client calls an attempt: the same at each repetition.
struct IdempotencyKey: Hashable {
  /// Characters of a key.
  static let lengthMax = 255

  let text: String

  /// - Parameter fields: the request's, of which there may be one: a String of RFC 8941, in
  ///   quotation marks, or the bare characters that many clients send. Visible ASCII, without a
  ///   comma where it is bare: two fields may have been joined by one.
  /// - Returns: nil for anything else.
  init?(_ fields: [String]) {
    guard fields.count == 1, let text = Self.unquoted(fields[0].utf8),
      (1...Self.lengthMax).contains(text.count)
    else { return nil }
    self.text = String(decoding: text, as: UTF8.self)
  }

  private static func unquoted(_ field: String.UTF8View) -> [UInt8]? {
    let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
    guard field.first == quote else {
      let bare = Array(field)
      let isKey = bare.allSatisfy { isVisible($0) && $0 != quote && $0 != UInt8(ascii: ",") }
      return isKey ? bare : nil
    }
    var text: [UInt8] = []
    var rest = field.dropFirst()[...]
    while let byte = rest.popFirst() {
      switch byte {
      case quote: return rest.isEmpty ? text : nil
      case backslash:
        guard let escaped = rest.popFirst(), escaped == quote || escaped == backslash else {
          return nil
        }
        text.append(escaped)
      case _ where isVisible(byte) || byte == UInt8(ascii: " "): text.append(byte)
      case _: return nil
      }
    }
    return nil
  }

  private static func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
}

extension Engine {
  /// How a mutation is done once, for a request with a key; nil for any other.
  func repeatable(
    _ http: HTTPRequest, _ request: GraphQLRequest, _ plan: Plan, _ caller: Caller?
  ) throws(Refusal) -> RepeatableRequest? {
    let fields = http.headers["idempotency-key"]
    guard plan.operationType == .mutation, !fields.isEmpty else { return nil }
    guard let key = IdempotencyKey(fields) else { throw .idempotencyKeyInvalid }
    guard plan.isRepeatable, bindings.answerSealing != nil, caller?.isInTenant == true else {
      throw .idempotencyNotSupported
    }
    return RepeatableRequest(
      keyDigest: sha256(Array(key.text.utf8)), bodyDigest: digest(of: request),
      answerBytesMax: limits.keptAnswerBytesMax)
  }

  /// Each part by its own digest, so that no two requests read alike.
  private func digest(of request: GraphQLRequest) -> [UInt8] {
    let parts = [
      Array(request.query.utf8), Array((request.operationName ?? "").utf8),
      request.variables.jsonBytes,
    ]
    return sha256(parts.flatMap { sha256($0) })
  }
}

extension Caller {
  fileprivate var isInTenant: Bool {
    switch self {
    case .member(let member): member.scope.isInTenant
    case .partner: true
    case .service: false
    }
  }
}

extension Refusal {
  static let idempotencyKeyInvalid = Refusal(
    .idempotencyKeyInvalid,
    "Idempotency-Key is one key of 1 to \(IdempotencyKey.lengthMax) visible characters.")
  static let idempotencyNotSupported = Refusal(
    .idempotencyNotSupported,
    "An Idempotency-Key goes with what a person or a token does in a company, and with nothing "
      + "that opens, changes or ends a session.")
}
