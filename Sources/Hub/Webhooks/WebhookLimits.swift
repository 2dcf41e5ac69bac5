// What bounds a company's webhooks.

/// Counts and seconds.
enum WebhookBounds {
  /// Of one company.
  static let webhooksMax = 20
  static let nameCharactersMax = 100
  static let concurrencyMax = 10
  /// Seven days in which both secrets sign.
  static let overlapHoursMax = 168
  /// Told once more at one request.
  static let replayedEventsMax = 10_000
}
