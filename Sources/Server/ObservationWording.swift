// The words of the log: each observation's level, message and fields, and nothing else anywhere.

package import Logging
internal import NIOHTTP1

extension Observer {
  /// Writes what the logger's level lets through.
  package init(logger: Logger) {
    self.init { observation in
      let level = observation.level
      guard level >= logger.logLevel else { return }
      logger.log(
        level: level, "\(observation.message)", metadata: observation.fields)
    }
  }
}

extension Observation {
  package var level: Logger.Level {
    switch self {
    case .requestFinished, .connectionFailed, .socketOpened, .socketClosed: .debug
    case .serverStarted, .serverStopping, .serverStopped, .configurationRead, .migrationApplied,
      .catalogueLoaded, .databaseBack, .mailServerBack, .housekeepingDone, .headSigned,
      .notice:
      .info
    case .requestRefused(let facts, let code, _):
      facts.status >= 500 || code == .internal ? .error : .notice
    case .mailDelayed: .notice
    case .connectionRefused, .answeredTwice, .listenLost, .mailServerLost: .warning
    case .databaseLost, .statementFailed, .failure, .operationFailed, .mailGivenUp: .error
    }
  }

  package var message: String {
    switch self {
    case .serverStarted: "server started"
    case .serverStopping: "server stopping"
    case .serverStopped: "server stopped"
    case .configurationRead: "configuration read"
    case .migrationApplied: "migration applied"
    case .catalogueLoaded: "catalogue loaded"
    case .connectionRefused: "connection refused"
    case .connectionFailed: "connection failed"
    case .operationFailed: "operation failed"
    case .socketOpened: "socket opened"
    case .socketClosed: "socket closed"
    case .requestFinished: "request finished"
    case .requestRefused: "request refused"
    case .answeredTwice: "request answered twice"
    case .databaseLost: "database lost"
    case .databaseBack: "database back"
    case .statementFailed: "statement failed"
    case .listenLost: "listen lost"
    case .mailDelayed: "mail delayed"
    case .mailGivenUp: "mail given up"
    case .mailServerLost: "mail server lost"
    case .mailServerBack: "mail server back"
    case .housekeepingDone: "housekeeping done"
    case .headSigned: "head signed"
    case .notice(let text), .failure(let text): text
    }
  }

  package var fields: Logger.Metadata {
    switch self {
    case .serverStarted(let address, let eventLoops, let usesTLS):
      ["address": "\(address)", "eventLoops": "\(eventLoops)", "tls": "\(usesTLS)"]
    case .serverStopping, .serverStopped, .notice, .failure, .mailServerLost: [:]
    case .configurationRead(let source): ["source": "\(source)"]
    case .migrationApplied(let name): ["migration": "\(name)"]
    case .catalogueLoaded(let name, let revision):
      ["catalogue": "\(name)", "revision": "\(revision)"]
    case .connectionRefused(let connectionsMax): ["connectionsMax": "\(connectionsMax)"]
    case .connectionFailed(let reason): ["reason": "\(reason)"]
    case .operationFailed(let id, let detail): ["request": "\(id)", "detail": "\(detail)"]
    case .socketOpened(let id): ["request": "\(id)"]
    case .socketClosed(let id, let code, let reason):
      ["request": "\(id)", "code": "\(code)", "reason": "\(reason)"]
    case .requestFinished(let facts): facts.fields
    case .requestRefused(let facts, let code, let detail):
      facts.fields.merging(
        detail.map { ["code": "\(code.rawValue)", "detail": "\($0)"] }
          ?? ["code": "\(code.rawValue)"]
      ) { $1 }
    case .answeredTwice(let route): ["route": "\(route)"]
    case .databaseLost(let detail): ["detail": "\(detail)"]
    case .databaseBack(let secondsAway): ["secondsAway": "\(secondsAway)"]
    case .statementFailed(let sqlState, let detail, let request):
      request.map { ["sqlState": "\(sqlState)", "detail": "\(detail)", "request": "\($0)"] }
        ?? ["sqlState": "\(sqlState)", "detail": "\(detail)"]
    case .listenLost(let detail): ["detail": "\(detail)"]
    case .mailDelayed(let mail, let kind, let attempt, let retrySeconds):
      [
        "mail": "\(mail)", "kind": "\(kind)", "attempt": "\(attempt)",
        "retrySeconds": "\(retrySeconds)",
      ]
    case .mailGivenUp(let mail, let kind, let attempt):
      ["mail": "\(mail)", "kind": "\(kind)", "attempt": "\(attempt)"]
    case .mailServerBack(let secondsAway): ["secondsAway": "\(secondsAway)"]
    case .housekeepingDone(let removed, let seconds):
      Logger.Metadata(removed.map { ($0.what, "\($0.rows)") }, uniquingKeysWith: { $1 })
        .merging(["seconds": "\(seconds)"]) { $1 }
    case .headSigned(let tenant, let sequence, let hash, let at, let key, let signature):
      [
        "tenant": "\(tenant)", "sequence": "\(sequence)", "hash": "\(hash)", "at": "\(at)",
        "key": "\(key)", "signature": "\(signature)",
      ]
    }
  }
}

extension RequestFacts {
  fileprivate var fields: Logger.Metadata {
    [
      "request": "\(id)", "method": "\(method.rawValue)", "route": "\(route)",
      "status": "\(status)", "microseconds": "\(durationMicroseconds)", "bytes": "\(bodyBytes)",
    ]
  }
}
