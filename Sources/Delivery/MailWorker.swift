// Mails of the outbox enter one by one, and leave by whoever carries them; what became of each is
// written down. At least once: a worker that dies after sending leaves its mail to be sent again,
// under the same Message-ID.

package import Outbound
internal import Postgres

/// What carries mails out of the house.
package struct MailCarrier: Sendable {
  let carry: @Sendable (OutgoingMail) async -> MailOutcome
  /// Nothing is to be carried for a while.
  let rest: @Sendable () -> Void
  /// What is being carried should come to its end: the hub stops.
  let stop: @Sendable () -> Void

  package init(
    carry: @escaping @Sendable (OutgoingMail) async -> MailOutcome,
    rest: @escaping @Sendable () -> Void = {}, stop: @escaping @Sendable () -> Void = {}
  ) {
    self.carry = carry
    self.rest = rest
    self.stop = stop
  }
}

/// Sends what is in the outbox until it is stopped. Several of them, in one or more servers, share
/// the work.
package struct MailWorker: Sendable {
  private let task: Task<Void, Never>
  private let carrier: MailCarrier

  /// Begins to send.
  package static func start(
    _ outbox: Outbox, _ composer: MailComposer, _ carrier: MailCarrier, limits: DeliveryLimits,
    observe: @escaping @Sendable (DeliveryObservation) -> Void
  ) -> MailWorker {
    var rounds = DeliveryRounds(
      outbox: outbox, composer: composer, carrier: carrier, limits: limits, observe: observe)
    return MailWorker(task: Task { await rounds.run() }, carrier: carrier)
  }

  /// Returns when the mail that is being sent has come to its end.
  package func stop() async {
    task.cancel()
    carrier.stop()
    await task.value
  }
}

/// The worker's work, one mail after the other.
private struct DeliveryRounds {
  let outbox: Outbox
  let composer: MailComposer
  let carrier: MailCarrier
  let limits: DeliveryLimits
  let observe: @Sendable (DeliveryObservation) -> Void
  private var databaseFailures = 0
  private var serverFailures = 0
  private var serverLostAt = ContinuousClock.now

  init(
    outbox: Outbox, composer: MailComposer, carrier: MailCarrier, limits: DeliveryLimits,
    observe: @escaping @Sendable (DeliveryObservation) -> Void
  ) {
    self.outbox = outbox
    self.composer = composer
    self.carrier = carrier
    self.limits = limits
    self.observe = observe
  }

  mutating func run() async {
    while !Task.isCancelled {
      let pauseSeconds: Double
      do throws(DatabaseError) {
        pauseSeconds = try await sendNext()
        databaseFailures = 0
      } catch {
        databaseFailures += 1
        if databaseFailures == 1, !Task.isCancelled { observe(.outboxFailed(error)) }
        pauseSeconds = serverRetry(afterFailures: databaseFailures)
      }
      // Ends early where the worker is stopped.
      if pauseSeconds > 0 { try? await Task.sleep(for: .seconds(pauseSeconds)) }
    }
  }

  /// Sends the mail that is due longest.
  /// - Returns: how long to wait before the next one.
  private mutating func sendNext() async throws(DatabaseError) -> Double {
    guard let mail = try await outbox.claim(leaseSeconds: limits.leaseSeconds) else {
      carrier.rest()
      return limits.pollSeconds
    }
    let composed: OutgoingMail
    do throws(MailTemplateError) {
      composed = try composer.compose(mail)
    } catch {
      try await giveUp(mail, error.description)
      return 0
    }
    switch await carrier.carry(composed) {
    case .sent:
      isServerBack()
      try await settle(mail)
    case .refused(let reason):
      isServerBack()
      try await giveUp(mail, withoutLinkTokens(reason))
    case .deferred(let reason):
      isServerBack()
      try await tryLater(mail, withoutLinkTokens(reason))
    case .unreachable(let reason):
      try await tryLater(mail, reason)
      if serverFailures == 0 {
        serverLostAt = .now
        observe(.mailServerLost)
      }
      serverFailures += 1
      return serverRetry(afterFailures: serverFailures)
    }
    return 0
  }

  /// Writes down that a mail was sent, and does not lightly let go: what is not written down is
  /// sent again once its lease is over.
  private func settle(_ mail: OutboxMail) async throws(DatabaseError) {
    for attempt in 1..<max(2, limits.settlementsMax) {
      do throws(DatabaseError) {
        return try await outbox.wasSent(mail)
      } catch {
        try? await Task.sleep(for: .seconds(serverRetry(afterFailures: attempt) / 10))
      }
    }
    try await outbox.wasSent(mail)
  }

  private func tryLater(_ mail: OutboxMail, _ reason: String) async throws(DatabaseError) {
    guard mail.attempt < limits.attemptsMax else { return try await giveUp(mail, reason) }
    let seconds = retrySeconds(
      afterFailures: mail.attempt, min: limits.retrySecondsMin, max: limits.retrySecondsMax,
      share: .random(in: 0...1))
    try await outbox.failed(mail, reason, retrySeconds: seconds)
    observe(
      .mailDelayed(mail.id, kind: mail.kind, attempt: mail.attempt, retrySeconds: seconds))
  }

  private func giveUp(_ mail: OutboxMail, _ reason: String) async throws(DatabaseError) {
    try await outbox.failed(mail, reason, retrySeconds: nil)
    observe(.mailGivenUp(mail.id, kind: mail.kind, attempt: mail.attempt))
  }

  private mutating func isServerBack() {
    if serverFailures > 0 {
      let away = ContinuousClock.now - serverLostAt
      observe(.mailServerBack(secondsAway: Double(away.components.seconds)))
    }
    serverFailures = 0
  }

  private func serverRetry(afterFailures failures: Int) -> Double {
    retrySeconds(
      afterFailures: failures, min: limits.serverRetrySecondsMin,
      max: limits.serverRetrySecondsMax, share: .random(in: 0...1))
  }
}

/// A mail server's words are kept, and some repeat the address that they dislike in a mail: the
/// link may still be good.
func withoutLinkTokens(_ reason: String) -> String {
  reason.replacing(#/lt_[A-Za-z0-9_=\-]+/#, with: "lt_…")
}
