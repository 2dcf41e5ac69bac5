// What a journey to Google is in the words of the domain: what it is for, what Google vouches for,
// how it can end.

package import Credentials
package import Execution
import JSON

/// What a person sets out to Google for.
package enum GoogleIntent: String, Sendable, CaseIterable {
  case signIn = "SIGN_IN"
  case signUp = "SIGN_UP"
  case link = "LINK"
  case reauthenticate = "REAUTHENTICATE"
}

/// The hub's way to Google; what knows the protocol is behind it.
package struct GoogleProvider: Sendable {
  /// The address to send a browser to.
  /// - Throws: where Google cannot be asked where that is.
  package let authorizationURL:
    @Sendable (
      _ secret: FlowSecret, _ intent: GoogleIntent, _ loginHint: String?
    ) async throws -> String

  package init(
    authorizationURL:
      @escaping @Sendable (
        _ secret: FlowSecret, _ intent: GoogleIntent, _ loginHint: String?
      ) async throws -> String
  ) {
    self.authorizationURL = authorizationURL
  }
}

/// What Google vouches for, once its token was checked.
package struct GoogleIdentity: Sendable, Hashable {
  /// The key: an address may change hands, this does not.
  package let subject: String
  package let email: String
  package let hostedDomain: String?
  package let givenName: String
  package let familyName: String

  package init(
    subject: String, email: String, hostedDomain: String?, givenName: String, familyName: String
  ) {
    self.subject = subject
    self.email = email
    self.hostedDomain = hostedDomain
    self.givenName = givenName
    self.familyName = familyName
  }
}

/// A journey that has come back.
package struct GoogleFlow: Sendable {
  package let intent: GoogleIntent
  /// Of LINK and REAUTHENTICATE: whose, and from which session.
  let account: UniqueID?
  let session: UniqueID?
  let facts: JSONValue
}

/// How a journey ends.
package enum GoogleOutcome: Sendable {
  case signedIn(cookies: [ResponseFact])
  case signedUp(cookies: [ResponseFact])
  /// Google's word is good, and the second factor is missing: for `completeSignIn`.
  case challenged(ChallengeToken)
  case linked
  case reauthenticated
  /// Google's word is good, and the second factor is missing: for `reauthenticate`.
  case codeRequired
  case refused(RuleViolation)

  /// What the page is told.
  package var code: String {
    switch self {
    case .signedIn: "SIGNED_IN"
    case .signedUp: "SIGNED_UP"
    case .challenged, .codeRequired: "SECOND_FACTOR_REQUIRED"
    case .linked: "LINKED"
    case .reauthenticated: "REAUTHENTICATED"
    case .refused(let violation): violation.code
    }
  }

  /// Of the session that was opened, where one was.
  package var cookies: [ResponseFact] {
    switch self {
    case .signedIn(let cookies), .signedUp(let cookies): cookies
    case .challenged, .linked, .reauthenticated, .codeRequired, .refused: []
    }
  }
}

/// The refusals that a journey can end with.
let googleRefusals: [RuleViolation] =
  GoogleRefusal.allCases.filter { $0 != .notConfigured }.map(RuleViolation.google)
  + [.reauthenticationRequired, .sessionEnded]
