// An ID token as it was answered enters, its parts leave, read and not yet believed. Refused: what
// is no signed token, another algorithm than RS256, extensions that we do not understand.
// Source: RFC 7515 sections 4 and 7.1, RFC 8725.

import Credentials
import JSON
import JWTKit

/// A token whose header allows it to be verified.
struct IDToken: Sendable {
  /// Nil where the header names none.
  let keyName: String?
  private let text: String
  private let payload: [UInt8]

  init(_ text: String) throws(IDTokenError) {
    guard text.utf8.count <= tokenBytesMax else { throw .malformed }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = decodeBase64(String(parts[0]), .urlSafe),
      let payload = decodeBase64(String(parts[1]), .urlSafe),
      decodeBase64(String(parts[2]), .urlSafe) != nil,
      let head = try? parseJSON(header, limits: tokenLimits), head.objectValue != nil
    else { throw .malformed }
    guard head["alg"]?.stringValue == idTokenAlgorithm else { throw .algorithm }
    // An extension that must be understood is not (RFC 7515, section 4.1.11).
    guard head["crit"] == nil else { throw .malformed }
    if let named = head["kid"], named.stringValue == nil { throw .malformed }
    keyName = head["kid"]?.stringValue
    self.text = text
    self.payload = payload
  }

  /// The claims, once the signature is found to be this key's.
  func claims(signedBy key: Insecure.RSA.PublicKey) async throws(IDTokenError) -> IDTokenClaims {
    // The only key of its collection, so that no name in the header can choose another.
    let keys = await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256)
    do {
      _ = try await keys.verify(text, as: SignedPayload.self)
    } catch {
      throw .signature
    }
    return try IDTokenClaims(payload)
  }
}

/// Takes nothing out of a payload: the claims are read by our own reader, which lets no name occur
/// twice, and judged by our own rules.
private struct SignedPayload: JWTPayload {
  func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// What an ID token says; believed only after `check`.
package struct IDTokenClaims: Sendable, Hashable {
  package var issuer: String
  package var subject: String
  package var audience: [String]
  package var authorizedParty: String?
  package var expiresAt: Int
  package var issuedAt: Int
  package var notBefore: Int?
  package var authenticatedAt: Int?
  package var nonce: String?
  package var email: String
  package var isEmailVerified: Bool
  /// The Google Workspace domain that the person belongs to.
  package var hostedDomain: String?
  package var givenName: String
  package var familyName: String
}

extension IDTokenClaims {
  fileprivate init(_ payload: [UInt8]) throws(IDTokenError) {
    guard let json = try? parseJSON(payload, limits: tokenLimits), json.pathOfNUL == nil,
      let issuer = json["iss"]?.stringValue,
      let subject = json["sub"]?.stringValue, (1...255).contains(subject.utf8.count),
      subject.utf8.allSatisfy({ (0x20...0x7e).contains($0) }),
      let audience = json["aud"]?.stringValue.map({ [$0] })
        ?? json["aud"]?.arrayValue?.map({ $0.stringValue ?? "" }),
      let expiresAt = json["exp"].flatMap(seconds), let issuedAt = json["iat"].flatMap(seconds),
      let email = json["email"]?.stringValue
    else { throw .malformed }
    // What is there must be what it is there for: a nonce that is a number is no absent nonce.
    func optional<Value>(
      _ name: String, _ read: (JSONValue) -> Value?
    ) throws(IDTokenError) -> Value? {
      guard let claim = json[name], !claim.isNull else { return nil }
      guard let value = read(claim) else { throw .malformed }
      return value
    }
    self.issuer = issuer
    self.subject = subject
    self.audience = audience
    self.expiresAt = expiresAt
    self.issuedAt = issuedAt
    self.email = email
    authorizedParty = try optional("azp", \.stringValue)
    notBefore = try optional("nbf", seconds)
    authenticatedAt = try optional("auth_time", seconds)
    nonce = try optional("nonce", \.stringValue)
    hostedDomain = try optional("hd", \.stringValue)
    isEmailVerified = json["email_verified"]?.boolValue == true
    givenName = json["given_name"]?.stringValue ?? ""
    familyName = json["family_name"]?.stringValue ?? ""
  }
}

/// NumericDate (RFC 7519, section 2), fractions cut off; bounded, so that sums do not overflow.
private func seconds(_ value: JSONValue) -> Int? {
  guard let number = value.doubleValue, (0...9_007_199_254_740_991).contains(number) else {
    return nil
  }
  return Int(number)
}

/// Google's have about one thousand.
private let tokenBytesMax = 16 * 1024
private let tokenLimits = JSONLimits(depthMax: 8, bytesMax: 16 * 1024, valuesMax: 256)
