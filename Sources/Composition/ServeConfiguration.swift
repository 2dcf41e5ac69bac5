// The environment and the flags come in, flags first; the server's settings leave. Refused here:
// what is missing or cannot be read, with the name of the variable that mends it.

package import Configuration
package import Credentials
package import Delivery
import Foundation
package import Hub
package import Outbound
package import Postgres
package import Server

/// Everything that `serve` needs to know.
package struct ServeConfiguration {
  package var host: String
  package var port: Int
  /// Where people reach the server, without a slash at its end; nil: where it listens.
  package var publicURL: String?
  package var eventLoops: Int
  package var database: ConnectionSettings
  package var isThroughPooler: Bool
  /// The way to PostgreSQL that LISTEN takes: past a pooler, which passes no notifications on.
  private let directDatabase: ConnectionSettings
  package var readRole: String
  package var writeRole: String
  package var tokenKeys: TokenKeys
  /// For secrets at rest; nil: nothing can be sealed, and there is no second factor.
  package var sealingKeys: SealingKeys?
  package var issuer: String
  package var audience: String
  package var hasSecureCookies: Bool
  package var hasExplorer: Bool
  /// Offered by the explorer; only `dev` has any.
  package var demoLogins: [DemoLogin] = []
  /// Which pages of other origins may ask; nil: none.
  package var cors: CORS?
  /// Who may say for whom a request is.
  package var proxies: TrustedProxies
  /// Nil: nobody signs in with Google.
  package var google: GoogleSettings?
  /// What requests to addresses may do that the catalogue or somebody outside names.
  package var guarded: GuardedLimits
  /// Nil: without encryption, behind something that ends TLS.
  package var tls: TLSFiles?
  package var documents: DocumentPolicy
  package var mail: MailSettings
  /// Where mails go that no mail server is set for; only `dev` has one.
  package var mailShelf: MailShelf?
  package var webhooks: WebhookLimits
  package var guesses: GuessLimits
  package var housekeeping: HousekeepingLimits
  /// Nil: the heads of logs are not signed.
  package var auditKeys: AuditKeys?
  /// Between two signatures of one log.
  package var auditSeconds: Int
  package var limits: Limits
  package var postgresLimits: PostgresLimits

  /// The read pool's connections. Behind PgBouncer the role's own settings must do what session
  /// parameters do elsewhere.
  package var readSettings: ConnectionSettings { settings(role: readRole).reading() }
  package var writeSettings: ConnectionSettings { settings(role: writeRole) }
  package var listenSettings: ConnectionSettings { directDatabase.user(readRole).reading() }

  private func settings(role: String) -> ConnectionSettings {
    var settings = database.user(role)
      .session("statement_timeout", "\(statementMilliseconds)ms")
    settings.isThroughPooler = isThroughPooler
    return settings
  }

  /// Zero would mean no limit to PostgreSQL.
  private var statementMilliseconds: Int { max(1, Int(limits.executionTimeoutSeconds * 1000)) }

  /// - Parameter flags: what the command line gave, by the configuration's keys; it wins over the
  ///   environment.
  package init(
    flags: [AbsoluteConfigKey: ConfigValue],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) {
    let reader = ConfigReader(providers: [
      InMemoryProvider(name: "flags", values: flags),
      EnvironmentVariablesProvider(environmentVariables: environment),
    ])
    host = reader.string(forKey: "host", default: "127.0.0.1")
    port = try reader.number("port", default: 8080, in: 0...65_535)
    publicURL = try Self.publicURL(reader)
    eventLoops = try reader.number("event.loops", default: 1, in: 1...256)
    isThroughPooler = try reader.choice("database.pooler", default: false)
    readRole = reader.string(forKey: "database.read.role", default: "hub_app_read")
    writeRole = reader.string(forKey: "database.write.role", default: "hub_app_write")
    database = try Self.database(reader, "database.url")
    if isThroughPooler {
      directDatabase = try Self.database(reader, "database.listen.url")
    } else {
      directDatabase = database
    }
    tokenKeys = try Self.tokenKeys(reader)
    sealingKeys = try Self.sealingKeys(reader)
    issuer = reader.string(forKey: "token.issuer", default: "mi-alegra")
    audience = reader.string(forKey: "token.audience", default: "mi-alegra")
    hasSecureCookies = try reader.choice("cookies.secure", default: true)
    hasExplorer = try reader.choice("explorer", default: false)
    limits = try Self.limits(reader)
    cors = try Self.cors(reader)
    proxies = try Self.proxies(reader)
    google = try Self.google(reader)
    guarded = GuardedLimits()
    guarded.allowsLoopback = try reader.choice("outbound.loopback", default: false)
    tls = try Self.tls(reader)
    documents = try Self.documents(reader, limits)
    mail = try MailSettings(reader)
    webhooks = try WebhookLimits(reader)
    guesses = try Self.guesses(reader)
    housekeeping = try HousekeepingLimits(reader)
    auditKeys = try Self.auditKeys(reader)
    auditSeconds = try reader.number("audit.seconds", default: 86_400, in: 1...31_536_000)
    postgresLimits = PostgresLimits()
    postgresLimits.readConnections = try reader.number(
      "database.read.connections", default: postgresLimits.readConnections, in: 1...1000)
    postgresLimits.writeConnections = try reader.number(
      "database.write.connections", default: postgresLimits.writeConnections, in: 1...1000)
    // PostgreSQL ends a slow statement before its connection is given up.
    postgresLimits.answerSeconds = max(
      postgresLimits.answerSeconds, Int(limits.executionTimeoutSeconds) + 5)
  }

  private static func database(
    _ reader: ConfigReader, _ key: ConfigKey
  ) throws(ConfigurationError) -> ConnectionSettings {
    guard let url = reader.string(forKey: key, isSecret: true) else {
      throw .missing(key.variable, "postgresql://user@host/database")
    }
    do throws(DatabaseError) {
      return try ConnectionSettings(url)
    } catch {
      throw .invalid(key.variable, "cannot be read as a connection string: \(error)")
    }
  }

  private static func tokenKeys(_ reader: ConfigReader) throws(ConfigurationError) -> TokenKeys {
    guard let text = try keys(reader, "token.keys") else {
      throw .missing("TOKEN_KEYS", "name:base64-of-32-random-bytes; `mi-alegra keys new` makes one")
    }
    do throws(KeyListError) {
      return try TokenKeys(parsing: text)
    } catch {
      throw .invalid("TOKEN_KEYS", error.description)
    }
  }

  private static func sealingKeys(
    _ reader: ConfigReader
  ) throws(ConfigurationError) -> SealingKeys? {
    guard let text = try keys(reader, "sealing.keys") else { return nil }
    do throws(KeyListError) {
      return try SealingKeys(parsing: text)
    } catch {
      throw .invalid("SEALING_KEYS", error.description)
    }
  }

  private static func auditKeys(_ reader: ConfigReader) throws(ConfigurationError) -> AuditKeys? {
    guard let text = try keys(reader, "audit.keys") else { return nil }
    do throws(KeyListError) {
      return try AuditKeys(parsing: text)
    } catch {
      throw .invalid("AUDIT_KEYS", error.description)
    }
  }

  /// A list of keys, out of its variable or the file that stands beside it; nil where neither is
  /// set.
  private static func keys(
    _ reader: ConfigReader, _ name: String
  ) throws(ConfigurationError) -> String? {
    var text = reader.string(forKey: ConfigKey(stringLiteral: name), isSecret: true)
    if text == nil, let file = reader.string(forKey: ConfigKey(stringLiteral: name + ".file")) {
      text = try? String(contentsOfFile: file, encoding: .utf8)
      if text == nil {
        throw .invalid(ConfigKey(stringLiteral: name + ".file").variable, "cannot be read")
      }
    }
    return text?.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// A setting that keeps the program from starting.
package enum ConfigurationError: Error, CustomStringConvertible {
  case missing(String, String)
  case invalid(String, String)

  package var description: String {
    switch self {
    case .missing(let name, let form): "\(name) is not set; it has the form \(form)"
    case .invalid(let name, let reason): "\(name) \(reason)"
    }
  }
}
