// The claims of an ID token enter, and nothing leaves where they prove what was asked for.
// jwt-kit's own check of Google's tokens looks at issuer, subject and expiry alone: all of it
// stands here.
// Source: OpenID Connect Core 1.0, section 3.1.3.7, by its numbers.

/// What the token must say to be the answer to one request.
package struct IDTokenExpectation: Sendable, Hashable {
  package var issuers: [String]
  package var clientID: String
  package var nonce: String
  /// The person must have proved who they are within this many seconds, where the provider tells.
  package var authenticationSecondsMax: Int?
  package var limits: IDTokenLimits

  package init(
    issuers: [String], clientID: String, nonce: String, authenticationSecondsMax: Int? = nil,
    limits: IDTokenLimits = IDTokenLimits()
  ) {
    self.issuers = issuers
    self.clientID = clientID
    self.nonce = nonce
    self.authenticationSecondsMax = authenticationSecondsMax
    self.limits = limits
  }
}

package struct IDTokenLimits: Sendable, Hashable {
  /// How far the provider's clock and ours may be apart.
  package var skewSeconds = 60
  /// The token was made while we waited for it; one that lay about is somebody's spare.
  package var ageSecondsMax = 600

  package init() {}
}

extension IDTokenClaims {
  /// - Parameter now: seconds since 1970.
  package func check(_ expected: IDTokenExpectation, now: Int) throws(IDTokenError) {
    let limits = expected.limits
    // 2: the issuer that was asked.
    guard expected.issuers.contains(issuer) else { throw .issuer }
    // 3: meant for us, and for nobody else, since we trust no other audience.
    guard audience == [expected.clientID] else { throw .audience }
    // 4, 5: and asked for by us.
    guard authorizedParty == nil || authorizedParty == expected.clientID else {
      throw .authorizedParty
    }
    // 9, 10: alive, and made just now.
    guard now < expiresAt + limits.skewSeconds else { throw .expired }
    guard issuedAt <= now + limits.skewSeconds, (notBefore ?? 0) <= now + limits.skewSeconds else {
      throw .issuedLater
    }
    guard now - issuedAt <= limits.ageSecondsMax + limits.skewSeconds else {
      throw .issuedTooLongAgo
    }
    // 11: the answer to this request and no other.
    guard nonce == expected.nonce else { throw .nonce }
    // 13: the person was there, as far as the provider tells; Google does not.
    if let secondsMax = expected.authenticationSecondsMax, let authenticatedAt {
      guard now - authenticatedAt <= secondsMax + limits.skewSeconds else {
        throw .issuedTooLongAgo
      }
    }
    guard isEmailVerified else { throw .emailNotVerified }
    guard hostedDomain.map(isDomain) ?? true else { throw .hostedDomain }
  }
}

/// Labels of letters, digits, hyphens, or of other scripts, with a full stop between.
private func isDomain(_ text: String) -> Bool {
  (3...253).contains(text.utf8.count) && text.contains(".") && !text.hasPrefix(".")
    && !text.hasSuffix(".") && !text.contains("..")
    && text.unicodeScalars.allSatisfy { scalar in
      scalar == "." || scalar == "-" || scalar.properties.isAlphabetic
        || scalar.properties.numericType == .decimal
    }
}
