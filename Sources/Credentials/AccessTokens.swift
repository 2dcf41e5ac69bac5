// Claims enter, a signed token leaves; a token enters, its claims leave. Refused: whatever is not
// signed by one of our keys with that key's algorithm, for us, and for now.

internal import JSON

/// Signs and verifies access tokens: JSON Web Tokens (RFC 7519) in the compact form of RFC 7515
/// section 7.1, signed with HS256 (RFC 7518 section 3.2).
package struct AccessTokens: Sendable {
  /// The longest token that is looked at; ours have about 400 bytes.
  package static let tokenBytesMax = 1024
  /// How far the clocks of two servers may differ (RFC 7519 section 4.1.4 and 4.1.5).
  package static let leewaySecondsDefault = 5

  package let issuer: String
  package let audience: String
  package let leewaySeconds: Int
  private let keys: TokenKeys
  private let claimsPrefix: [UInt8]

  package init(
    keys: TokenKeys, issuer: String, audience: String,
    leewaySeconds: Int = AccessTokens.leewaySecondsDefault
  ) {
    self.keys = keys
    self.issuer = issuer
    self.audience = audience
    self.leewaySeconds = leewaySeconds
    claimsPrefix = AccessTokenClaims.jsonPrefix(issuer: issuer, audience: audience)
  }

  /// The claims of a token that is valid from now on.
  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - lifetimeSeconds: until it expires.
  package func claims(
    account: UniqueID, tenant: UniqueID, session: UniqueID, now: Int, lifetimeSeconds: Int
  ) -> AccessTokenClaims {
    AccessTokenClaims(
      issuer: issuer, audience: audience, account: account, tenant: tenant, session: session,
      issuedAt: now, notBefore: now, expiresAt: now + lifetimeSeconds)
  }

  /// The token for these claims, under the signing key (RFC 7515 section 5.1).
  package func sign(_ claims: AccessTokenClaims) -> String {
    var token = keys.signing.encodedHeader
    claims.json.withUnsafeBytes { token += encodedBase64Bytes($0, .urlSafe) }
    let code = keys.signing.signature.code(for: token)
    token.append(UInt8(ascii: "."))
    code.withUnsafeBytes { token += encodedBase64Bytes($0, .urlSafe) }
    return String(decoding: token, as: UTF8.self)
  }

  /// Verifies a token as it came in the request.
  /// - Parameter now: seconds since 1970.
  package func verify(_ token: [UInt8], now: Int) throws(TokenError) -> AccessTokenClaims {
    try token.withUnsafeBufferPointer { (token) throws(TokenError) in
      try verify(UnsafeRawBufferPointer(token), now: now)
    }
  }

  /// Verifies a token as it came in the request.
  /// - Parameter now: seconds since 1970.
  package func verify(_ token: String, now: Int) throws(TokenError) -> AccessTokenClaims {
    try verify(Array(token.utf8), now: now)
  }

  /// Verifies a token in memory that the caller keeps for the length of the call: the signature
  /// first (RFC 7515 section 5.2), and no claim is read before it holds.
  /// - Parameter now: seconds since 1970.
  package func verify(
    _ token: UnsafeRawBufferPointer, now: Int
  ) throws(TokenError) -> AccessTokenClaims {
    let claims = try verifySignature(token)
    guard claims.issuer == issuer else { throw .issuer }
    guard claims.audience == audience else { throw .audience }
    // RFC 7519 section 4.1.4: now must be before exp; section 4.1.5: not before nbf. A token from
    // the future (iat) is one that no clock of ours has issued.
    guard now < claims.expiresAt + leewaySeconds else { throw .expired }
    guard now >= claims.notBefore - leewaySeconds, now >= claims.issuedAt - leewaySeconds else {
      throw .notYetValid
    }
    return claims
  }

  /// The claims of a token that we signed, whatever they say of issuer, audience and time: for
  /// `token inspect`. A request is judged by `verify`.
  package func verifySignature(
    _ token: UnsafeRawBufferPointer
  ) throws(TokenError) -> AccessTokenClaims {
    guard token.count <= Self.tokenBytesMax else { throw .malformed }
    let (key, payloadStart) = try key(of: token)
    guard let payloadEnd = token.firstFullStop(from: payloadStart),
      token.firstFullStop(from: payloadEnd + 1) == nil
    else { throw .malformed }
    let signature = UnsafeRawBufferPointer(rebasing: token[(payloadEnd + 1)...])
    let payload = UnsafeRawBufferPointer(rebasing: token[payloadStart..<payloadEnd])
    let signed = UnsafeRawBufferPointer(rebasing: token[..<payloadEnd])
    try checkSignature(signature, of: signed, key: key)
    return try readClaims(payload)
  }

  /// The key that the header names, and where the payload begins.
  private func key(
    of token: UnsafeRawBufferPointer
  ) throws(TokenError) -> (key: TokenKey, payloadStart: Int) {
    for key in keys.all where token.starts(withBytes: key.encodedHeader) {
      return (key, key.encodedHeader.count)
    }
    guard let headerEnd = token.firstFullStop(from: 0) else { throw .malformed }
    let header = UnsafeRawBufferPointer(rebasing: token[..<headerEnd])
    return (try TokenHeader.key(forEncoded: header, in: keys), headerEnd + 1)
  }

  private func checkSignature(
    _ encoded: UnsafeRawBufferPointer, of signed: UnsafeRawBufferPointer, key: TokenKey
  ) throws(TokenError) {
    // 43 characters of base64url are exactly the 32 bytes of the code.
    guard encoded.count == 43 else { throw .signature }
    let isOurs = withUnsafeTemporaryAllocation(
      byteCount: HMACKey.codeBytes, alignment: 1
    ) { code -> Bool? in
      guard decodeBase64(encoded, .urlSafe, into: code) == HMACKey.codeBytes else { return nil }
      return key.signature.isCode(UnsafeRawBufferPointer(code), for: signed)
    }
    guard let isOurs else { throw .malformed }
    guard isOurs else { throw .signature }
  }

  private func readClaims(_ payload: UnsafeRawBufferPointer) throws(TokenError) -> AccessTokenClaims
  {
    try withUnsafeTemporaryAllocation(
      of: UInt8.self, capacity: Self.tokenBytesMax
    ) { (buffer) throws(TokenError) in
      guard let count = decodeBase64(payload, .urlSafe, into: UnsafeMutableRawBufferPointer(buffer))
      else { throw .malformed }
      let json = UnsafeBufferPointer(rebasing: buffer[..<count])
      var scanner = ClaimsScanner(UnsafeRawBufferPointer(json))
      if let claims = scanner.claims(
        prefix: claimsPrefix, issuer: issuer, audience: audience)
      {
        return claims
      }
      return try AccessTokenClaims(parsing: json)
    }
  }
}

/// Why a token is refused. An answer says only that it is; which of these goes to the metrics.
package enum TokenError: Error, Hashable {
  /// Not three parts of base64url, too long, or JSON that is not a token of ours.
  case malformed
  /// A `kid` that names none of our keys.
  case unknownKey
  /// Any algorithm but the one bound to the key: `none`, `RS256`, `hs256` in the wrong case.
  case algorithm
  case signature
  case expired
  case notYetValid
  case issuer
  case audience
}

extension UnsafeRawBufferPointer {
  fileprivate func starts(withBytes prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    return prefix.withUnsafeBytes { prefix in
      prefix.elementsEqual(UnsafeRawBufferPointer(rebasing: self[..<prefix.count]))
    }
  }

  fileprivate func firstFullStop(from start: Int) -> Int? {
    var offset = start
    while offset < count {
      if self[offset] == UInt8(ascii: ".") { return offset }
      offset += 1
    }
    return nil
  }
}
