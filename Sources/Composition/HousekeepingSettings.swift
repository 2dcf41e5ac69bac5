// The settings of housekeeping: out of the environment and the flags, how often it is done and for
// how long what is kept.

import Configuration
import Hub

extension HousekeepingLimits {
  init(_ reader: ConfigReader) throws(ConfigurationError) {
    self.init()
    roundSeconds = try reader.seconds("housekeeping.seconds", default: roundSeconds)
    sentMailsKeptDays = try reader.days("sent.mails.kept.days", default: sentMailsKeptDays)
    givenUpMailsKeptDays = try reader.days(
      "given.up.mails.kept.days", default: givenUpMailsKeptDays)
    linksKeptDays = try reader.days("links.kept.days", default: linksKeptDays)
    sessionsKeptDays = try reader.days("sessions.kept.days", default: sessionsKeptDays)
    eventsKeptDays = try reader.days("events.kept.days", default: eventsKeptDays)
    devicesKeptDays = try reader.days("devices.kept.days", default: devicesKeptDays)
  }
}

extension ConfigReader {
  /// A day at least, ten years at most.
  fileprivate func days(_ key: String, default standard: Int) throws(ConfigurationError) -> Int {
    try number(key, default: standard, in: 1...3650)
  }
}
