// SMTP_URL enters, how to reach the mail server leaves. Refused: what is no such address, and a
// password that would cross a network in the clear. No refusal repeats the text, which may hold
// one.

import Foundation

/// How the mail server is reached.
package struct SMTPSettings: Sendable, Hashable {
  /// Whether STARTTLS is asked for before anything else; `smtps` is encrypted from the beginning.
  package enum StartTLS: String, Sendable, CaseIterable {
    case required, optional, off
  }

  /// `smtp://host:port` or `smtps://host:port`.
  let server: String
  let user: String?
  let password: String?
  package let startTLS: StartTLS
  /// PEM, instead of the system's authorities.
  package var authoritiesFile: String?

  /// - Parameter text: `smtp://user:password@host:587?starttls=required`. Without a port 587, 465
  ///   for `smtps`; without `starttls` it is required, but for a server on this machine.
  package init(_ text: String) throws(SMTPSettingsError) {
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
      let scheme = parts.scheme?.lowercased(), scheme == "smtp" || scheme == "smtps",
      ["", "/"].contains(parts.path), parts.fragment == nil
    else { throw .unreadable }
    let isLoopback = host == "localhost" || host.hasPrefix("127.") || host == "[::1]"
    var startTLS = isLoopback ? StartTLS.optional : .required
    for item in parts.queryItems ?? [] {
      guard item.name == "starttls", let wanted = StartTLS(rawValue: item.value ?? "") else {
        throw .unknownParameter
      }
      startTLS = wanted
    }
    let hasLogin = parts.user?.isEmpty == false
    if hasLogin, scheme == "smtp", startTLS != .required, !isLoopback { throw .passwordInTheClear }
    server = "\(scheme)://\(host):\(parts.port ?? (scheme == "smtps" ? 465 : 587))"
    user = hasLogin ? parts.user : nil
    password = hasLogin ? parts.password ?? "" : nil
    self.startTLS = startTLS
  }
}

/// Why an SMTP_URL is refused.
package enum SMTPSettingsError: Error, Hashable, CustomStringConvertible {
  case unreadable
  case unknownParameter
  case passwordInTheClear

  package var description: String {
    switch self {
    case .unreadable:
      "is no address such as smtp://user:password@mail.example.com:587; what stands in user and "
        + "password beside letters and digits is written as in URLs (%40 for @)"
    case .unknownParameter: "has a parameter other than starttls=required, optional or off"
    case .passwordInTheClear:
      "would send the password in the clear: only starttls=required or smtps:// may carry one"
    }
  }
}

/// How long a mail server may take.
package struct SMTPLimits: Sendable, Hashable {
  /// To be connected, TLS included.
  package var connectTimeoutSeconds = 10.0
  /// For one mail, from connecting to its answer.
  package var sendTimeoutSeconds = 30.0
  /// For the mail that is being sent when the hub stops.
  package var stopTimeoutSeconds = 5.0

  package init() {}
}
