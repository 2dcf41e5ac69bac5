// How long is kept what is over, and how it is taken away, in one value that the configuration may
// change.

/// Days, seconds and counts.
package struct HousekeepingLimits: Sendable, Hashable {
  /// Between two looks for what is past keeping.
  package var roundSeconds = 3600.0
  /// The first look comes within this time of the start, at random: servers that start together
  /// do not look together.
  package var firstRoundSecondsMax = 60.0
  /// Rows removed, or looked at, in one transaction.
  package var rowsMax = 500
  /// Mails, since they were sent.
  package var sentMailsKeptDays = 30
  /// Mails, since they were given up.
  package var givenUpMailsKeptDays = 90
  /// Links of mails, since their time was over.
  package var linksKeptDays = 30
  /// Sessions and their refresh tokens, since they ended.
  package var sessionsKeptDays = 30
  /// The last session of a device, since it ended: for as long a sign-in from there is from no new
  /// device. As long as the device's token is good.
  package var devicesKeptDays = 400
  /// The last session of a network, since it began: for as long `count_guess` knows the network.
  package var networksKeptDays = 90
  /// Counts of requests for mails, since they began. More than any window of `LinkLimits`.
  package var linkRequestsKeptDays = 1
  /// What events tell, since they happened; the links of their chain stay.
  package var eventsKeptDays = 730
  /// API tokens, since they were over or revoked.
  package var apiTokensKeptDays = 90
  /// What was sent to webhooks, since it was at its end.
  package var deliveriesKeptDays = 30

  package init() {}
}
