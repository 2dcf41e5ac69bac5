// The server's address as people and their programs reach it: what the setting says, or else the
// address that the server found itself at when it began to listen.

import Configuration
import Foundation
import Synchronization

/// An address that is known for good once the server listens. Links in mails and answers begin with
/// it, and it never comes out of a request, whose `Host` anybody may choose.
final class PublicURL: Sendable {
  private let text: Mutex<String>

  /// - Parameter configuration: its setting, or where it says to listen until that is known.
  init(_ configuration: ServeConfiguration) {
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    let scheme = configuration.tls == nil ? "http" : "https"
    text = Mutex(configuration.publicURL ?? "\(scheme)://\(host):\(configuration.port)")
  }

  var value: String { text.withLock { $0 } }

  /// Takes the address that the server listens at, unless one was configured.
  func settle(_ listening: String, _ configuration: ServeConfiguration) {
    if configuration.publicURL == nil { text.withLock { $0 = listening } }
  }
}

extension ServeConfiguration {
  /// `https://hub.example.com`, or with a path where a proxy serves the hub below one.
  static func publicURL(_ reader: ConfigReader) throws(ConfigurationError) -> String? {
    guard let text = reader.string(forKey: "public.url") else { return nil }
    let form = "is no address like https://hub.example.com"
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw .invalid("PUBLIC_URL", form) }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}
