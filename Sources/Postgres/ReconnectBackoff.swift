// How long to wait before connecting again: failures and a random share enter, milliseconds leave.

/// Doubles with each failure up to a limit; half of the wait is random, so that many servers do not
/// come back to a database in step.
struct ReconnectBackoff {
  private let millisecondsMin: Int
  private let millisecondsMax: Int
  private var current: Int

  init(limits: PostgresLimits) {
    millisecondsMin = max(1, limits.reconnectMillisecondsMin)
    millisecondsMax = max(millisecondsMin, limits.reconnectMillisecondsMax)
    current = millisecondsMin
  }

  /// - Parameter share: 0 to 1, random.
  mutating func next(share: Double) -> Int {
    let wait = current / 2 + Int(Double(current - current / 2) * min(max(share, 0), 1))
    current = min(current * 2, millisecondsMax)
    return max(1, wait)
  }

  mutating func succeeded() {
    current = millisecondsMin
  }
}
