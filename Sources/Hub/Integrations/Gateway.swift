// A request to an integration's maker comes in, its answer leaves, or none. Who carries it is the
// composition's to say: the domain knows no network.

/// A request as the catalogue and a company's credentials made it. It holds secrets.
package struct GatewayRequest: Sendable {
  package enum Method: String, Sendable, Hashable {
    case get = "GET"
    case post = "POST"
  }

  package let method: Method
  package let url: String
  package var headers: [(name: String, value: String)] = []
  package var body: [UInt8]?

  init(method: Method, url: String) {
    self.method = method
    self.url = url
  }
}

/// What the maker answered.
package struct GatewayAnswer: Sendable {
  package let status: Int
  package let body: [UInt8]

  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

/// The way to the makers of integrations.
package struct Gateways: Sendable {
  /// Nil: there was no answer, for whatever reason, or the request may not be sent.
  let send: @Sendable (GatewayRequest) async -> GatewayAnswer?

  package init(send: @escaping @Sendable (GatewayRequest) async -> GatewayAnswer?) {
    self.send = send
  }

  /// Of a hub that does not run.
  package static let none = Gateways { _ in nil }

  /// Asks for the verdict on credentials; no transaction may be open meanwhile.
  func verdict(
    on values: [String: String], _ verification: Verification
  ) async -> CredentialVerdict {
    switch verification {
    case .notNeeded: return .good
    case .unreadable: return .unknown
    case .asked(let verifier):
      guard let request = verifier.request(values) else { return .refused }
      guard let answer = await send(request) else { return .unknown }
      return verifier.verdict(answer)
    }
  }
}

/// How often a company may make us ask.
package struct CredentialCheckLimits: Sendable, Hashable {
  package var checksMax = 20
  package var windowSeconds = 600

  package init() {}
}
