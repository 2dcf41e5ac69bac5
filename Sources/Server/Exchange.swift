// One request on its way through the pipeline, and how its end becomes an HTTP response.

package import Execution
import GraphQLTypes
import NIOHTTP1
import Postgres

/// One admitted request.
struct Exchange {
  let plan: Plan
  let variables: VariableValues
  /// Nil where no token came along.
  let bearer: Bearer?
  /// What introspection tells of; nil for the whole schema.
  let shown: Schema?
  let reply: Reply
  /// Of a GET that is answered at once.
  let revalidation: Revalidation?

  /// Answers with what was executed; a response may hold errors of fields and is 200 all the same
  /// (GraphQL over HTTP, section 6.4.2: the operation was executed).
  func answer(_ executed: ExecutionResponse, _ engine: Engine) {
    guard executed.fits(engine.limits.responseBytesMax) else {
      return reply.refuse(.responseTooLarge)
    }
    switch reply {
    case .response(let mediaType, let responder):
      answer(executed, engine, mediaType, responder)
    case .stream(let stream):
      _ = stream.next(executed)
      stream.complete()
    }
  }

  private func answer(
    _ executed: ExecutionResponse, _ engine: Engine, _ mediaType: ResponseMediaType,
    _ responder: Responder
  ) {
    var response = HTTPResponse(
      status: .ok, contentType: mediaType.contentType, body: .bytes(executed.bytes))
    response.add("cache-control", "private, no-cache")
    response.add("vary", "Authorization, Accept")
    for fact in executed.facts { response.add(fact, engine.cookies) }
    response.privateDetail = executed.detail
    if executed.errorCount == 0 {
      revalidation?.apply(to: &response, bytes: executed.bytes, mediaType)
    }
    responder.respond(response)
  }
}

extension ExecutionResponse {
  /// Whether it is whole and no longer than that: the writer itself looks between the elements of
  /// lists alone.
  func fits(_ bytesMax: Int) -> Bool { !isTooLong && bytes.count <= bytesMax }
}

extension HTTPResponse {
  /// Turns an action's fact into a header field.
  package mutating func add(_ fact: ResponseFact, _ cookies: RefreshCookies) {
    switch fact {
    case .setRefreshCookie(let token, let secondsMax):
      add("set-cookie", cookies.set(token, secondsMax: secondsMax))
    case .clearRefreshCookie:
      add("set-cookie", cookies.clear())
    case .setDeviceCookie(let token, let secondsMax):
      add("set-cookie", cookies.setDevice(token, secondsMax: secondsMax))
    case .setFlowCookie(let secret, let secondsMax):
      add("set-cookie", cookies.flow.set(secret, secondsMax: secondsMax))
    case .clearFlowCookie:
      add("set-cookie", cookies.flow.clear())
    case .retryAfter(let seconds):
      add("retry-after", String(seconds))
    case .replayed:
      add("idempotency-replayed", "true")
    }
  }
}

extension Exchange {
  /// What the database's failure is to a client; PostgreSQL's words are for the log alone.
  func refuse(_ error: DatabaseError) {
    reply.refuse(Refusal(of: error), privateDetail: error.privateDetail)
  }

  func refuse(_ error: any Error) {
    let failure = Failure(error)
    reply.refuse(failure.refusal, privateDetail: failure.privateDetail)
  }
}

extension Refusal {
  static let subscriptionNeedsStream = Refusal(
    .transportNotSupported,
    "A subscription is answered as `text/event-stream`, which `Accept` must name, or over a "
      + "WebSocket.")
  static let sessionChangeOverStream = Refusal(
    .transportNotSupported,
    "What opens, changes or ends a session is sent by POST and answered as JSON.")
  /// No `Retry-After`: what was sent may have been done, so the client should look first.
  static let outcomeUnknown = Refusal(
    .databaseUnavailable,
    "The connection broke before the answer came; a mutation may have been done.")
  static let responseTooLarge = Refusal(
    .limitExceeded, "The answer is larger than this server sends.", limit: .responseBytesMax)

  /// Why a field was not answered, or not to its end, where nothing else is told.
  init(of reason: FieldError.Reason) {
    self.init(
      ErrorCode(rawValue: "\(reason.code)") ?? .internal, reason.message,
      limit: reason == .repetition(.tooLarge) ? .keptAnswerBytesMax : nil,
      retryAfterSeconds: reason.retryAfterSeconds,
      challenge: reason == .refused(.unauthenticated) ? .tokenMissing : nil)
  }

  init(of error: DatabaseError) {
    switch error {
    case .connectionLost(outcome: .unknown, _), .desynchronised:
      self = .outcomeUnknown
    case .connectionLost, .closed, .unsafeRole, .settingsRefused:
      self = .databaseUnavailable
    case .queueFull:
      self = Refusal(
        .overloaded, "The server is busy; try again shortly.", retryAfterSeconds: 1)
    case .timedOut:
      self = Refusal(.timedOut, "The database took too long.", limit: .executionTimeoutSeconds)
    case .parameterRefused:
      self = Refusal(.badUserInput, "A text holds a NUL character, which cannot be stored.")
    case .refused(let refusal):
      switch refusal.sqlState {
      // query_canceled by statement_timeout, lock_not_available.
      case "57014", "55P03":
        self = Refusal(.timedOut, "The database took too long.", limit: .executionTimeoutSeconds)
      // The server is shutting down, starting up, or out of connections.
      case "57P01", "57P02", "57P03", "53300": self = .databaseUnavailable
      case _: self = .internalFault
      }
    }
  }
}

extension DatabaseError {
  /// For the log: what PostgreSQL said, without the values that its detail may quote.
  var privateDetail: String {
    switch self {
    case .refused(let refusal):
      "\(refusal.sqlState) \(refusal.message) in \(refusal.statementName ?? "the commit")"
    case .connectionLost, .queueFull, .timedOut, .desynchronised, .parameterRefused, .unsafeRole,
      .settingsRefused, .closed:
      "\(self)"
    }
  }
}

extension FieldError.Reason {
  fileprivate var retryAfterSeconds: Int? {
    switch self {
    case .refused(.rateLimited(let seconds)): seconds
    case .refused(.overloaded), .repetition(.underWay): 1
    case .repetition(.reused), .repetition(.tooLarge): nil
    case .forbidden, .withoutTenant, .scopeRequired, .nullForNonNull, .unfit, .failed, .arguments,
      .unavailable, .refused(.unauthenticated), .refused(.forbidden):
      nil
    }
  }
}
