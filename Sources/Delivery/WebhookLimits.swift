// Every limit of what tells webhooks, in one value that the configuration may change.

/// Counts and seconds.
package struct WebhookLimits: Sendable, Hashable {
  /// Between two looks where nothing was due.
  package var pollSeconds = 1.0
  /// How long a delivery belongs to the server that claimed it. More than sending one may take; of
  /// a server that died, they wait for as long.
  package var leaseSeconds = 60.0
  /// Under way at once, from one server.
  package var deliveriesMax = 64
  /// Of those, to webhooks that took nothing the last time: who is dead holds up nobody.
  package var failingMax = 16
  /// To one webhook in a row, before others have the place.
  package var deliveriesInARow = 20
  /// Webhooks that are looked at, and events of each, in one transaction.
  package var webhooksAtOnce = 100
  package var eventsAtOnce = 200
  /// The waits behind the first attempt, the second and so on, three days in all; a tenth more at
  /// random. Behind the last one a delivery is given up.
  package var retrySeconds: [Double] = [
    5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]
  /// The longest wait that an endpoint may ask for (`Retry-After`).
  package var retryAfterSecondsMax = 86_400.0
  /// A webhook that has taken nothing for so long is disabled: five days.
  package var failingSecondsMax = 432_000.0
  /// The wait before the database is asked again that did not do what it was asked; it doubles.
  package var databaseRetrySecondsMin = 0.25
  package var databaseRetrySecondsMax = 30.0
  /// Attempts at writing down what came of a delivery, before it may be sent once more.
  package var settlementsMax = 10

  package init() {}

  /// How long to wait behind a failed attempt; nil where it was the last one.
  /// - Parameters:
  ///   - asked: what the endpoint asked for.
  ///   - share: 0 to 1, random.
  func wait(behind attempt: Int, asked: Double?, share: Double) -> Double? {
    guard retrySeconds.indices.contains(attempt - 1) else { return nil }
    let least = min(asked ?? 0, retryAfterSecondsMax)
    return max(least, retrySeconds[attempt - 1] * (1 + share / 10))
  }
}
