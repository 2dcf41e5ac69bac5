// The settings of limits, guesses, documents, CORS, proxies and TLS: out of the environment and the
// flags, into the values that the server takes. Refused here: what a browser would not write as an
// origin, what is no network, half a pair of TLS files, a manifest that cannot be read.

import Configuration
import Foundation
import Hub
import Server

/// Where the certificate chain and its key are.
package struct TLSFiles: Sendable, Hashable {
  package let certificate: String
  package let key: String
}

extension ServeConfiguration {
  /// Each limit under its own variable.
  static func limits(_ reader: ConfigReader) throws(ConfigurationError) -> Limits {
    var limits = Limits()
    for setting in LimitSetting.all {
      let key = setting.variable.lowercased().replacing("_", with: ".")
      switch setting.field {
      case .count(let path, let range):
        limits[keyPath: path] = try reader.number(
          key, default: limits[keyPath: path], in: range)
      case .seconds(let path):
        limits[keyPath: path] = try reader.seconds(key, default: limits[keyPath: path])
      }
    }
    return limits
  }

  static func documents(
    _ reader: ConfigReader, _ limits: Limits
  ) throws(ConfigurationError) -> DocumentPolicy {
    var documents = DocumentPolicy()
    documents.allowsIntrospection = try reader.choice("introspection", default: true)
    documents.suggestsNames = try reader.choice("suggestions", default: true)
    documents.keepsPersistedQueries = try reader.choice("persisted.queries", default: true)
    guard let file = reader.string(forKey: "trusted.documents") else { return documents }
    guard let manifest = try? Data(contentsOf: URL(filePath: file)) else {
      throw .invalid("TRUSTED_DOCUMENTS", "names a file that cannot be read: \(file)")
    }
    do throws(TrustedDocumentsError) {
      documents.trusted = try TrustedDocuments(manifest: [UInt8](manifest), limits: limits)
    } catch {
      throw .invalid("TRUSTED_DOCUMENTS", "(\(file)) \(error)")
    }
    return documents
  }

  static func tls(_ reader: ConfigReader) throws(ConfigurationError) -> TLSFiles? {
    let certificate = reader.string(forKey: "tls.certificate.file")
    let key = reader.string(forKey: "tls.key.file")
    switch (certificate, key) {
    case (nil, nil): return nil
    case (let certificate?, let key?): return TLSFiles(certificate: certificate, key: key)
    case (nil, _): throw .missing("TLS_CERTIFICATE_FILE", "a PEM file; TLS_KEY_FILE needs it")
    case (_, nil): throw .missing("TLS_KEY_FILE", "a PEM file; TLS_CERTIFICATE_FILE needs it")
    }
  }

  static func guesses(_ reader: ConfigReader) throws(ConfigurationError) -> GuessLimits {
    var guesses = GuessLimits()
    guesses.guessesMax = try reader.number(
      "guesses.max", default: guesses.guessesMax, in: 1...10_000)
    guesses.strangerGuessesMax = try reader.number(
      "stranger.guesses.max", default: guesses.strangerGuessesMax, in: 1...10_000)
    guesses.clientGuessesMax = try reader.number(
      "client.guesses.max", default: guesses.clientGuessesMax, in: 1...1_000_000)
    guesses.clientMailsMax = try reader.number(
      "client.mails.max", default: guesses.clientMailsMax, in: 1...1_000_000)
    guesses.guessWindowSeconds = try reader.number(
      "guess.window.seconds", default: guesses.guessWindowSeconds, in: 1...86_400)
    return guesses
  }

  static func proxies(_ reader: ConfigReader) throws(ConfigurationError) -> TrustedProxies {
    guard let text = reader.string(forKey: "trusted.proxies") else { return .none }
    do throws(TrustedProxies.InvalidNetwork) {
      return try TrustedProxies(parsing: text)
    } catch {
      throw .invalid(
        "TRUSTED_PROXIES",
        "holds \"\(error.entry)\"; a network is written as 10.0.0.0/8 or 2001:db8::/32")
    }
  }

  static func cors(_ reader: ConfigReader) throws(ConfigurationError) -> CORS? {
    let allowsCredentials = try reader.choice("cors.credentials", default: false)
    guard let text = reader.string(forKey: "cors.origins") else {
      if allowsCredentials {
        throw .missing("CORS_ORIGINS", "https://app.example.com,..; CORS_CREDENTIALS needs it")
      }
      return nil
    }
    var cors: CORS
    if text.trimmingCharacters(in: .whitespaces) == "*" {
      guard !allowsCredentials else {
        throw .invalid("CORS_CREDENTIALS", "takes a list of origins in CORS_ORIGINS, not *")
      }
      cors = CORS(origins: .any)
    } else {
      cors = CORS(origins: .list(try origins(text)), allowsCredentials: allowsCredentials)
    }
    cors.maxAgeSeconds = try reader.number(
      "cors.max.age.seconds", default: cors.maxAgeSeconds, in: 0...86_400)
    return cors
  }

  private static func origins(_ text: String) throws(ConfigurationError) -> Set<String> {
    var origins: Set<String> = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let origin = piece.trimmingCharacters(in: .whitespaces)
      guard isOrigin(origin) else {
        throw .invalid(
          "CORS_ORIGINS",
          "holds \"\(origin)\"; an origin is written as browsers do: https://app.example.com")
      }
      origins.insert(origin)
    }
    return origins
  }

  /// Scheme, host and port as a browser writes them (RFC 6454, section 6.2): lower case, and no
  /// port where it is the scheme's own. Anything else would never be met.
  private static func isOrigin(_ text: String) -> Bool {
    guard text == text.lowercased(), let parts = URLComponents(string: text),
      let scheme = parts.scheme, scheme == "https" || scheme == "http",
      let host = parts.host, !host.isEmpty
    else { return false }
    let standardPort = scheme == "https" ? 443 : 80
    let port = parts.port.map { ":\($0)" } ?? ""
    return parts.port != standardPort && text == "\(scheme)://\(host)\(port)"
  }
}
