// What bounds a company's API tokens.

/// Counts, days and seconds.
enum ApiTokenLimits {
  /// Of one company that are good at once.
  static let tokensMax = 50
  /// Five years: what lives longer is forgotten.
  static let daysMax = 1826
  static let nameCharactersMax = 100
  /// Seven days in which both texts of a rotated token are good.
  static let overlapHoursMax = 168
}
