// Every limit of what sends mails, in one value that the configuration may change.

/// Counts and seconds.
package struct DeliveryLimits: Sendable, Hashable {
  /// Between two looks at an outbox in which nothing was due.
  package var pollSeconds = 1.0
  /// How long a mail belongs to the worker that claimed it. More than sending one may take; a
  /// worker that died keeps its mail for as long.
  package var leaseSeconds = 120.0
  /// Attempts at one mail before it is given up: a day and a half.
  package var attemptsMax = 16
  /// The wait before a mail is tried again; it doubles with each failure, and up to half of it is
  /// random.
  package var retrySecondsMin = 15.0
  package var retrySecondsMax = 6 * 3600.0
  /// The same for the mail server, while it is not reached.
  package var serverRetrySecondsMin = 1.0
  package var serverRetrySecondsMax = 60.0
  /// Attempts at writing down that a mail was sent, before it may be sent once more.
  package var settlementsMax = 10

  package init() {}
}

/// How long to wait after so many failures in a row: doubling from the least to the most, up to
/// half of it taken off at random, so that what failed together does not come back together.
/// - Parameter share: 0 to 1, random.
func retrySeconds(
  afterFailures failures: Int, min least: Double, max most: Double, share: Double
) -> Double {
  var seconds = least
  for _ in 1..<max(1, failures) where seconds < most { seconds *= 2 }
  return Swift.min(seconds, most) * (1 - share / 2)
}
