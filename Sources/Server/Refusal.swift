// A request that is refused as a whole: its code, what may be told, and the fields that go with it.
// What only the log may know is no part of it.

/// One refusal, before or instead of execution.
package struct Refusal: Error, Sendable, Hashable {
  package var code: ErrorCode
  /// One English sentence for the client's developer; never what the client must not know.
  package var message: String
  /// The limit that was passed.
  package var limit: LimitName?
  /// `Retry-After`, in whole seconds (RFC 9110, section 10.2.3).
  package var retryAfterSeconds: Int?
  /// `Allow`, of a 405 (RFC 9110, section 10.2.1), such as `GET, POST`.
  package var allow: String?
  /// `WWW-Authenticate`, of a 401 (RFC 9110, section 11.6.1).
  package var challenge: BearerChallenge?

  package init(
    _ code: ErrorCode, _ message: String, limit: LimitName? = nil, retryAfterSeconds: Int? = nil,
    allow: String? = nil, challenge: BearerChallenge? = nil
  ) {
    self.code = code
    self.message = message
    self.limit = limit
    self.retryAfterSeconds = retryAfterSeconds
    self.allow = allow
    self.challenge = challenge
  }
}

extension Refusal {
  /// 401 with its challenge: no token where one is needed, or a token that is not valid.
  package static func unauthenticated(
    _ message: String, challenge: BearerChallenge
  ) -> Refusal {
    Refusal(.unauthenticated, message, challenge: challenge)
  }

  /// 404; the path is not repeated, for it may hold anything.
  package static let notFound = Refusal(.notFound, "There is nothing here.")

  /// 405 with the methods that the path takes.
  package static func methodNotAllowed(allow: String) -> Refusal {
    Refusal(.methodNotAllowed, "The method is not allowed here.", allow: allow)
  }

  /// 405 of a mutation that was asked for by GET (GraphQL over HTTP, section 6.2.1).
  package static let mutationByGET = Refusal(
    .methodNotAllowed, "A mutation is sent by POST.", allow: "POST")

  /// 503 while the database does not answer.
  package static let databaseUnavailable = Refusal(
    .databaseUnavailable, "The database does not answer; try again shortly.",
    retryAfterSeconds: 1)

  /// 503; what was asked for may go on, and nobody waits for it.
  static let requestTimedOut = Refusal(
    .timedOut, "The request took too long.", limit: .requestTimeoutSeconds, retryAfterSeconds: 1)

  /// 503 of what would outlive the server, which is about to stop.
  static let stopping = Refusal(
    .overloaded, "The server stops; come back.", retryAfterSeconds: 1)

  /// 500; the cause stands in the log under the request's id.
  package static let internalFault = Refusal(
    .internal, "Something went wrong here; it has been logged under this request's id.")
}

/// What a `WWW-Authenticate: Bearer` says (RFC 6750, section 3).
package enum BearerChallenge: Sendable, Hashable {
  /// No token came with the request, so no error is named (section 3.1).
  case tokenMissing
  /// Expired, revoked, malformed, or signed by nobody we know; which of them is not told.
  case tokenInvalid

  package var fieldValue: String {
    switch self {
    case .tokenMissing: "Bearer realm=\"api\""
    case .tokenInvalid:
      "Bearer realm=\"api\", error=\"invalid_token\", "
        + "error_description=\"The access token is not valid\""
    }
  }
}
