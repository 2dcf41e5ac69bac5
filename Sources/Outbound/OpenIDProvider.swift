// A provider's discovery document enters, the endpoints that are asked leave. Refused: a document
// of another issuer, and endpoints that are neither https nor on this machine.
// Source: OpenID Connect Discovery 1.0, sections 3 and 4.

import JSON

/// What a provider of identities says of itself.
struct OpenIDProvider: Sendable, Hashable {
  let authorizationEndpoint: SecureURL
  let tokenEndpoint: SecureURL
  let keySet: SecureURL
  /// Whether its responses name it, so that one provider's cannot pass for another's (RFC 9207).
  let namesItself: Bool

  /// - Parameter issuer: the one that was asked: the document must say the same (section 4.3).
  init(document: [UInt8], issuer: String) throws(OpenIDError) {
    guard let json = try? parseJSON(document, limits: documentLimits) else {
      throw .unavailable("the discovery document is no JSON")
    }
    guard json["issuer"]?.stringValue == issuer else {
      throw .unavailable("the discovery document is of another issuer")
    }
    func endpoint(_ name: String) throws(OpenIDError) -> SecureURL {
      guard let url = json[name]?.stringValue.flatMap(SecureURL.init) else {
        throw .unavailable("the discovery document has no usable \(name)")
      }
      return url
    }
    authorizationEndpoint = try endpoint("authorization_endpoint")
    tokenEndpoint = try endpoint("token_endpoint")
    keySet = try endpoint("jwks_uri")
    namesItself = json["authorization_response_iss_parameter_supported"]?.boolValue == true
  }

  /// Where an issuer describes itself (section 4).
  static func address(of issuer: SecureURL) -> SecureURL? {
    let base = issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text
    return SecureURL(base + "/.well-known/openid-configuration")
  }
}

/// For discovery documents, key sets and answers of the token endpoint.
let documentLimits = JSONLimits(depthMax: 16, bytesMax: 256 * 1024, valuesMax: 4096)
