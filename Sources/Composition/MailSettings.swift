// The settings of mails: out of the environment and the flags, into whom they come from, the mail
// server and the limits. Refused here: what is no address, a lease that ends before its mail is
// sent.

import Configuration
package import Delivery
package import Outbound

/// How mails leave this hub.
package struct MailSettings: Sendable {
  /// Whom mails come from.
  package var sender: MailSender?
  /// The mail server; nil: mails wait in the outbox.
  package var server: SMTPSettings?
  package var limits = DeliveryLimits()
  package var serverLimits = SMTPLimits()

  init(_ reader: ConfigReader) throws(ConfigurationError) {
    sender = try Self.sender(reader)
    server = try Self.server(reader)
    if server != nil, sender == nil {
      throw .missing("MAIL_FROM", "Mi Alegra <hub@example.com>; SMTP_URL needs it")
    }
    limits.pollSeconds = try reader.seconds("mail.poll.seconds", default: limits.pollSeconds)
    limits.leaseSeconds = try reader.seconds("mail.lease.seconds", default: limits.leaseSeconds)
    limits.attemptsMax = try reader.number(
      "mail.attempts.max", default: limits.attemptsMax, in: 1...1000)
    limits.retrySecondsMin = try reader.seconds(
      "mail.retry.seconds", default: limits.retrySecondsMin)
    serverLimits.sendTimeoutSeconds = try reader.seconds(
      "mail.send.timeout.seconds", default: serverLimits.sendTimeoutSeconds)
    serverLimits.connectTimeoutSeconds = min(
      serverLimits.connectTimeoutSeconds, serverLimits.sendTimeoutSeconds)
    guard limits.leaseSeconds > serverLimits.sendTimeoutSeconds else {
      throw .invalid("MAIL_LEASE_SECONDS", "is not more than MAIL_SEND_TIMEOUT_SECONDS")
    }
  }

  private static func server(_ reader: ConfigReader) throws(ConfigurationError) -> SMTPSettings? {
    guard let text = reader.string(forKey: "smtp.url", isSecret: true) else { return nil }
    do throws(SMTPSettingsError) {
      var server = try SMTPSettings(text)
      server.authoritiesFile = reader.string(forKey: "smtp.authorities.file")
      return server
    } catch {
      throw .invalid("SMTP_URL", error.description)
    }
  }

  private static func sender(_ reader: ConfigReader) throws(ConfigurationError) -> MailSender? {
    guard let text = reader.string(forKey: "mail.from") else { return nil }
    guard let sender = MailSender(text) else {
      throw .invalid("MAIL_FROM", "is no sender, such as Mi Alegra <hub@example.com>")
    }
    return sender
  }
}
