// The settings of mails: out of the environment and the flags, into whom they come from. Refused
// here: what is no address.

import Configuration
package import Delivery
package import Outbound

/// How mails leave this hub.
package struct MailSettings: Sendable {
  /// Whom mails come from.
  package var sender: MailSender?
  package var limits = DeliveryLimits()

  init(_ reader: ConfigReader) throws(ConfigurationError) {
    sender = try Self.sender(reader)
  }

  private static func sender(_ reader: ConfigReader) throws(ConfigurationError) -> MailSender? {
    guard let text = reader.string(forKey: "mail.from") else { return nil }
    guard let sender = MailSender(text) else {
      throw .invalid("MAIL_FROM", "is no sender, such as Mi Alegra <hub@example.com>")
    }
    return sender
  }
}
