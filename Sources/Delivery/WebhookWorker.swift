// What happens to the data of companies enters, and their webhooks are told, by the Standard
// Webhooks specification. At least once: a server that dies leaves what it was at to be told again,
// under the same id. To one webhook in order, unless it wants more than one message at once; to all
// of them side by side.

package import Credentials
package import Outbound
internal import Postgres
import Synchronization

/// What came of one attempt.
struct WebhookAttempt: Sendable, Hashable {
  /// What was answered; nil: nothing.
  var status: Int?
  /// A word that does not change; nil: it was taken.
  var failure: String?
  var milliseconds = 0
  /// How long the endpoint asks us to stay away, in seconds.
  var retryAfterSeconds: Double?
}

/// Tells webhooks what happens until it is stopped. Several servers share the work.
package struct WebhookWorker: Sendable {
  /// Opens the envelopes of a delivery's secrets; empty where none opens.
  package typealias Secrets = @Sendable (WebhookDelivery) -> [WebhookSecret]

  private let task: Task<Void, Never>
  private let underWay: DeliveriesUnderWay

  /// Begins to tell.
  /// - Parameter now: seconds since 1970.
  package static func start(
    _ outbox: WebhookOutbox, _ requests: GuardedRequests, limits: WebhookLimits,
    secrets: @escaping Secrets, now: @escaping @Sendable () -> Int,
    observe: @escaping @Sendable (DeliveryObservation) -> Void
  ) -> WebhookWorker {
    let underWay = DeliveriesUnderWay()
    let sending = WebhookSending(
      outbox: outbox, requests: requests, limits: limits, secrets: secrets, now: now,
      underWay: underWay, observe: observe)
    return WebhookWorker(task: Task { await sending.run() }, underWay: underWay)
  }

  /// Returns when what is being sent has come to its end, which takes no longer than a request may.
  package func stop() async {
    underWay.close()
    task.cancel()
    await task.value
    await underWay.ended()
  }
}

/// The deliveries that this server is at.
private final class DeliveriesUnderWay: Sendable {
  private struct State {
    var tasks: [Int: Task<Void, Never>] = [:]
    /// Those of them that go to webhooks that took nothing the last time.
    var failing: Set<Int> = []
    var next = 0
    var isClosed = false
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.tasks.count } }
  var failing: Int { state.withLock { $0.failing.count } }
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// No task of its own is cancelled: what is being sent is sent.
  func start(isFailing: Bool, _ work: @escaping @Sendable () async -> Void) {
    state.withLock { state in
      let id = state.next
      state.next += 1
      if isFailing { state.failing.insert(id) }
      state.tasks[id] = Task {
        await work()
        self.remove(id)
      }
    }
  }

  func close() { state.withLock { $0.isClosed = true } }

  func ended() async {
    while let task = state.withLock({ $0.tasks.values.first }) { await task.value }
  }

  private func remove(_ id: Int) {
    state.withLock { state in
      state.tasks[id] = nil
      state.failing.remove(id)
    }
  }
}

/// The worker's work.
private struct WebhookSending: Sendable {
  let outbox: WebhookOutbox
  let requests: GuardedRequests
  let limits: WebhookLimits
  let secrets: WebhookWorker.Secrets
  let now: @Sendable () -> Int
  let underWay: DeliveriesUnderWay
  let observe: @Sendable (DeliveryObservation) -> Void

  func run() async {
    var failures = 0
    var isTold = false
    while !Task.isCancelled {
      var pauseSeconds = limits.pollSeconds
      do throws(DatabaseError) {
        if try await goOn() { pauseSeconds = 0 }
        (failures, isTold) = (0, false)
      } catch {
        failures += 1
        pauseSeconds = retrySeconds(
          afterFailures: failures, min: limits.databaseRetrySecondsMin,
          max: limits.databaseRetrySecondsMax, share: 0)
        if !isTold, !error.isLostConnection, !Task.isCancelled {
          observe(.outboxFailed(error))
          isTold = true
        }
      }
      // Ends early where the worker is stopped.
      if pauseSeconds > 0 { try? await Task.sleep(for: .seconds(pauseSeconds)) }
    }
  }

  /// Looks at the logs once, and begins to send what is due.
  /// - Returns: whether there may be more at once.
  private func goOn() async throws(DatabaseError) -> Bool {
    let hasMore = try await outbox.spread()
    let free = limits.deliveriesMax - underWay.count
    guard free > 0, !underWay.isClosed else { return false }
    let failing = max(0, min(free, limits.failingMax - underWay.failing))
    let claimed = try await outbox.claim(most: free, failing: failing)
    for delivery in claimed {
      underWay.start(isFailing: delivery.isFailing) { await send(from: delivery) }
    }
    return hasMore || !claimed.isEmpty
  }

  /// Sends a delivery, and what comes behind it to the same webhook.
  private func send(from first: WebhookDelivery) async {
    var next: WebhookDelivery? = first
    for _ in 0..<limits.deliveriesInARow {
      guard let delivery = next else { return }
      let attempt = await attempt(delivery)
      let outcome = await settle(delivery, attempt)
      guard outcome == .delivered, !underWay.isClosed else { return }
      next = try? await outbox.claimNext(after: delivery)
    }
    // What was claimed last is sent all the same: nobody else takes it for a while.
    if let delivery = next { _ = await settle(delivery, await attempt(delivery)) }
  }

  private func attempt(_ delivery: WebhookDelivery) async -> WebhookAttempt {
    let begin = ContinuousClock.now
    var attempt = await ask(delivery)
    let took = begin.duration(to: .now).components
    attempt.milliseconds = Int(took.seconds * 1000 + took.attoseconds / 1_000_000_000_000_000)
    return attempt
  }

  private func ask(_ delivery: WebhookDelivery) async -> WebhookAttempt {
    let secrets = secrets(delivery)
    guard !secrets.isEmpty else { return WebhookAttempt(failure: "SECRET_UNREADABLE") }
    let body = Array(delivery.body.utf8)
    let timestamp = now()
    let signatures = secrets.map {
      $0.signature(id: delivery.messageID, timestamp: timestamp, body: body)
    }
    do throws(GuardedError) {
      let url: OutboundURL
      do throws(OutboundURLError) { url = try OutboundURL(delivery.url) } catch {
        throw GuardedError.url(error)
      }
      let answer = try await requests.send(
        GuardedRequest(
          .post, url,
          headers: [
            ("content-type", "application/json"), ("webhook-id", delivery.messageID),
            ("webhook-timestamp", "\(timestamp)"),
            ("webhook-signature", signatures.joined(separator: " ")),
          ], body: body))
      guard !(200..<300).contains(answer.status) else {
        return WebhookAttempt(status: answer.status)
      }
      return WebhookAttempt(
        status: answer.status, failure: "STATUS_REFUSED",
        retryAfterSeconds: answer.header("retry-after").flatMap(Double.init))
    } catch {
      if case .redirected(let status) = error {
        return WebhookAttempt(status: status, failure: error.reason)
      }
      return WebhookAttempt(failure: error.reason)
    }
  }

  /// Writes down what came of an attempt, and does not lightly let go: what is not written down is
  /// sent again once its lease is over. Nil where it could not be written.
  private func settle(
    _ delivery: WebhookDelivery, _ attempt: WebhookAttempt
  ) async -> DeliveryOutcome? {
    let wait =
      attempt.failure == nil
      ? nil
      : limits.wait(
        behind: delivery.attempt, asked: attempt.retryAfterSeconds, share: .random(in: 0...1))
    for failures in 1...max(1, limits.settlementsMax) {
      do throws(DatabaseError) {
        let outcome = try await outbox.ended(delivery, attempt, retrySeconds: wait)
        if outcome == .disabled { observe(.webhookDisabled(delivery.webhook)) }
        return outcome
      } catch {
        // A server that stops leaves it to whoever finds the lease over.
        if underWay.isClosed { return nil }
        let pause = retrySeconds(
          afterFailures: failures, min: limits.databaseRetrySecondsMin,
          max: limits.databaseRetrySecondsMax, share: 0)
        try? await Task.sleep(for: .seconds(pause))
      }
    }
    return nil
  }
}

extension DatabaseError {
  /// Told by the pool, to whoever reads the log.
  fileprivate var isLostConnection: Bool { if case .connectionLost = self { true } else { false } }
}
