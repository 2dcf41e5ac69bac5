// Everything that the server and its pipeline log or count, as cases; their words stand in
// ObservationWording.swift. No case carries a token, a document, a variable or a person's data.

package import NIOHTTP1

/// One thing that happened.
package enum Observation: Sendable {
  // Life of the process.
  case serverStarted(address: String, eventLoops: Int, usesTLS: Bool)
  case serverStopping
  case serverStopped
  case configurationRead(source: String)
  case migrationApplied(name: String)
  case catalogueLoaded(name: String, revision: Int)

  // Connections.
  case connectionRefused(connectionsMax: Int)
  /// What a connection ended of that is worth a look, such as a failed TLS handshake.
  case connectionFailed(reason: String)

  // Streams, beside the one below that ends their request.
  case operationFailed(RequestID, detail: String)
  case socketOpened(RequestID)
  case socketClosed(RequestID, code: UInt16, reason: String)

  // Requests. Exactly one of these a request.
  case requestFinished(RequestFacts)
  case requestRefused(RequestFacts, ErrorCode, detail: String?)
  /// A handler answered a second time.
  case answeredTwice(route: String)

  // Database.
  case databaseLost(detail: String)
  case databaseBack(secondsAway: Double)
  case statementFailed(sqlState: String, detail: String, request: RequestID?)
  case listenLost(detail: String)

  // Mails. No case has an address, a name or the mail server's words: the table `mail` has them.
  case mailDelayed(mail: String, kind: String, attempt: Int, retrySeconds: Int)
  case mailGivenUp(mail: String, kind: String, attempt: Int)
  case mailServerLost
  case mailServerBack(secondsAway: Double)

  /// What was past keeping is gone: how many rows of what.
  case housekeepingDone(removed: [(what: String, rows: Int)], seconds: Double)

  /// Where the log of a company ended, signed: kept outside of the database by whoever keeps logs.
  case headSigned(
    tenant: String, sequence: Int, hash: String, at: Int, key: String, signature: String)

  // Whatever the executable wants to say about itself.
  case notice(String)
  case failure(String)
}

/// What may be known of a request.
package struct RequestFacts: Sendable {
  package var id: RequestID
  package var method: HTTPMethod
  /// The route's path, not the request's, which may hold anything; `-` where there is no route.
  package var route: String
  package var status: UInt
  package var durationMicroseconds: Int
  /// The response's body.
  package var bodyBytes: Int

  package init(
    id: RequestID, method: HTTPMethod, route: String, status: UInt, durationMicroseconds: Int,
    bodyBytes: Int
  ) {
    self.id = id
    self.method = method
    self.route = route
    self.status = status
    self.durationMicroseconds = durationMicroseconds
    self.bodyBytes = bodyBytes
  }
}

/// Takes observations, from any thread; must not block for long.
package struct Observer: Sendable {
  private let take: @Sendable (Observation) -> Void

  package init(_ take: @escaping @Sendable (Observation) -> Void) {
    self.take = take
  }

  package func observe(_ observation: Observation) { take(observation) }

  package static let none = Observer { _ in }
}
