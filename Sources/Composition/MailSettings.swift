// The settings of mails: out of the environment and the flags, into whom they come from and where
// their links lead. Refused here: what is no address, what is no address of a site.

import Configuration
package import Delivery
import Foundation
package import Outbound

/// How mails leave this hub.
package struct MailSettings: Sendable {
  /// Where people reach the hub, without a slash at its end; nil: where it listens.
  package var publicURL: String?
  /// Whom mails come from.
  package var sender: MailSender?
  package var limits = DeliveryLimits()

  init(_ reader: ConfigReader) throws(ConfigurationError) {
    publicURL = try Self.publicURL(reader)
    sender = try Self.sender(reader)
  }

  private static func publicURL(_ reader: ConfigReader) throws(ConfigurationError) -> String? {
    guard var text = reader.string(forKey: "public.url") else { return nil }
    while text.last == "/" { text.removeLast() }
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
      parts.scheme == "https" || parts.scheme == "http", parts.query == nil,
      parts.fragment == nil, parts.user == nil
    else {
      throw .invalid("PUBLIC_URL", "is no address of a site, such as https://hub.example.com")
    }
    return text
  }

  private static func sender(_ reader: ConfigReader) throws(ConfigurationError) -> MailSender? {
    guard let text = reader.string(forKey: "mail.from") else { return nil }
    guard let sender = MailSender(text) else {
      throw .invalid("MAIL_FROM", "is no sender, such as Mi Alegra <hub@example.com>")
    }
    return sender
  }
}
