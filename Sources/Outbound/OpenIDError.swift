// What can go wrong between us and a provider of identities, told without a secret.

/// Why a provider proved nothing.
package enum OpenIDError: Error, Hashable, Sendable {
  /// The provider does not answer, or not as one; a sentence for the log.
  case unavailable(String)
  /// The provider does not take the code: expired, used, or another's.
  case codeRefused
  /// The response names another provider than the one that was asked (RFC 9207).
  case otherIssuer
  case token(IDTokenError)
}

/// Why an ID token proves nothing.
package enum IDTokenError: String, Error, Hashable, Sendable, CaseIterable {
  /// Not three parts of base64url with JSON in them, or a claim of the wrong type.
  case malformed
  /// Signed with another algorithm than RS256, or not at all.
  case algorithm
  /// Signed by a key that the provider does not list.
  case unknownKey
  case signature
  case issuer
  case audience
  case authorizedParty
  case expired
  /// Issued in the future, or not to be used yet.
  case issuedLater
  /// Issued longer ago than the answer to a request just made can be.
  case issuedTooLongAgo
  case nonce
  /// The provider does not vouch for the address.
  case emailNotVerified
  /// The domain that it is said to belong to is none.
  case hostedDomain
}
