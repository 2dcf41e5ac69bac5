// The settings of Google come in, the hub's way to it leaves: one client for all event loops, so
// that what is fetched from Google is fetched once.

import Configuration
import Credentials
import Foundation
import Hub
import NIOCore
package import Outbound
import Routes

/// Who this hub is to Google.
package struct GoogleSettings: Sendable {
  package let issuer: SecureURL
  package let clientID: String
  let clientSecret: String
}

extension GoogleSettings: CustomStringConvertible, CustomReflectable {
  package var description: String { "client \(clientID) of \(issuer.text)" }
  package var customMirror: Mirror { Mirror(self, children: ["clientID": clientID]) }
}

extension ServeConfiguration {
  /// Nil where no client is configured: nobody signs in with Google then.
  static func google(_ reader: ConfigReader) throws(ConfigurationError) -> GoogleSettings? {
    let clientID = reader.string(forKey: "google.client.id")
    let secret = reader.string(forKey: "google.client.secret", isSecret: true)
    let issuer = reader.string(forKey: "google.issuer", default: "https://accounts.google.com")
    switch (clientID, secret) {
    case (nil, nil): return nil
    case (nil, _):
      throw .missing("GOOGLE_CLIENT_ID", "....apps.googleusercontent.com; its secret needs it")
    case (_, nil):
      throw .missing("GOOGLE_CLIENT_SECRET", "what Google gave out with GOOGLE_CLIENT_ID")
    case (let clientID?, let secret?):
      guard let url = SecureURL(issuer), !issuer.contains("?") else {
        throw .invalid("GOOGLE_ISSUER", "is no https address (http only on this machine)")
      }
      return GoogleSettings(issuer: url, clientID: clientID, clientSecret: secret)
    }
  }
}

/// What is open towards Google while the hub runs.
struct GoogleHouse: Sendable {
  let client: OpenIDClient
  private let requests: OutgoingRequests

  init(_ settings: GoogleSettings, _ publicURL: PublicURL, on group: any EventLoopGroup) {
    requests = OutgoingRequests(on: group)
    client = OpenIDClient(
      OpenIDSettings(
        issuer: settings.issuer, clientID: settings.clientID,
        clientSecret: settings.clientSecret
      ) { publicURL.value + googleReturnPath },
      requests: requests, now: secondsSince1970)
  }

  /// Google in the domain's words.
  var provider: GoogleProvider {
    let client = client
    return GoogleProvider { secret, intent, loginHint in
      try await client.authorizationURL(
        for: secret, prompt: OpenIDPrompt(intent), loginHint: loginHint)
    }
  }

  func close() async { await requests.close() }
}
