// Who is connected for long enters; the moment from which they may not be leaves.

import Execution
import GraphQLTypes
internal import NIOCore
internal import Postgres

/// Tells once when a token expires or its session ends, for whatever outlives its request. Confined
/// to its event loop.
final class SessionWatch {
  enum End {
    case tokenExpired
    /// Revoked, or its person is no member any more; or a program's token that is over or revoked.
    case sessionEnded
  }

  private let caller: Caller
  private let engine: Engine
  private let reads: ReadPool
  private let eventLoop: any EventLoop
  private var onEnd: ((End) -> Void)?
  private var expiry: Scheduled<Void>?
  private var check: Scheduled<Void>?

  init(
    _ caller: Caller, engine: Engine, reads: ReadPool, eventLoop: any EventLoop,
    onEnd: @escaping (End) -> Void
  ) {
    self.caller = caller
    self.engine = engine
    self.reads = reads
    self.eventLoop = eventLoop
    self.onEnd = onEnd
    // When a program's token expires is the database's to say, at the next look.
    if case .member(let member) = caller {
      let seconds = Int64(max(0, member.expiresAt - engine.now()))
      expiry = eventLoop.assumeIsolated().scheduleTask(in: .seconds(seconds)) { [weak self] in
        self?.end(.tokenExpired)
      }
    }
    scheduleCheck()
  }

  func cancel() {
    onEnd = nil
    expiry?.cancel()
    check?.cancel()
  }

  private func end(_ end: End) {
    let onEnd = onEnd
    cancel()
    onEnd?(end)
  }

  private func scheduleCheck() {
    let interval = timeAmount(engine.limits.sessionCheckSeconds)
    check = eventLoop.assumeIsolated().scheduleTask(in: interval) { [weak self] in
      self?.checkSession()
    }
  }

  /// An answer that does not come ends nothing: without the database nothing is given away either.
  private func checkSession() {
    let bindings = engine.bindings
    let batch = ReadBatch(bearer: caller.bearer, bindings: bindings)
    reads.submit(batch.batch) { [weak self] result in
      guard let self, self.onEnd != nil else { return }
      if case .success(let results) = result,
        case .sessionEnded = batch.outcome(results, VariableValues(), bindings)
      {
        return self.end(.sessionEnded)
      }
      self.scheduleCheck()
    }
  }
}

extension SessionWatch.End {
  var refusal: Refusal {
    switch self {
    case .tokenExpired:
      .unauthenticated(
        "The access token has expired; come back with a new one.",
        challenge: .tokenInvalid)
    case .sessionEnded:
      .unauthenticated("The session has ended; sign in again.", challenge: .tokenInvalid)
    }
  }
}
