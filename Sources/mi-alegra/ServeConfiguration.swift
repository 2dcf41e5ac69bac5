// The environment and the flags come in, flags first; the server's settings leave. Refused here:
// what is missing or cannot be read, with the name of the variable that mends it.

import Configuration
import Credentials
import Foundation
import Postgres
import Server

/// Everything that `serve` needs to know.
struct ServeConfiguration {
  var host: String
  var port: Int
  var eventLoops: Int
  var database: ConnectionSettings
  var isThroughPooler: Bool
  var readRole: String
  var writeRole: String
  var tokenKeys: TokenKeys
  var issuer: String
  var audience: String
  var hasSecureCookies: Bool
  var limits: Limits
  var postgresLimits: PostgresLimits

  /// The read pool's connections. Behind PgBouncer the role's own settings must do what session
  /// parameters do elsewhere.
  var readSettings: ConnectionSettings { settings(role: readRole).reading() }
  var writeSettings: ConnectionSettings { settings(role: writeRole) }

  private func settings(role: String) -> ConnectionSettings {
    var settings = database.user(role)
    settings.isThroughPooler = isThroughPooler
    return settings
  }

  /// - Parameter flags: what the command line gave, by the configuration's keys; it wins over the
  ///   environment.
  init(
    flags: [AbsoluteConfigKey: ConfigValue],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) {
    let reader = ConfigReader(providers: [
      InMemoryProvider(name: "flags", values: flags),
      EnvironmentVariablesProvider(environmentVariables: environment),
    ])
    host = reader.string(forKey: "host", default: "127.0.0.1")
    port = reader.int(forKey: "port", default: 8080)
    guard (0...65_535).contains(port) else { throw .invalid("PORT", "is no port") }
    eventLoops = reader.int(forKey: "event.loops", default: 1)
    guard (1...256).contains(eventLoops) else { throw .invalid("EVENT_LOOPS", "is not 1 to 256") }
    isThroughPooler = reader.bool(forKey: "database.pooler", default: false)
    readRole = reader.string(forKey: "database.read.role", default: "hub_app_read")
    writeRole = reader.string(forKey: "database.write.role", default: "hub_app_write")
    database = try Self.database(reader)
    tokenKeys = try Self.tokenKeys(reader)
    issuer = reader.string(forKey: "token.issuer", default: "mi-alegra")
    audience = reader.string(forKey: "token.audience", default: "mi-alegra")
    hasSecureCookies = reader.bool(forKey: "cookies.secure", default: true)
    limits = Limits()
    limits.connectionsMax = reader.int(
      forKey: "connections.max", default: limits.connectionsMax)
    limits.bodyBytesMax = reader.int(forKey: "body.bytes.max", default: limits.bodyBytesMax)
    postgresLimits = PostgresLimits()
    postgresLimits.readConnections = reader.int(
      forKey: "database.read.connections", default: postgresLimits.readConnections)
    postgresLimits.writeConnections = reader.int(
      forKey: "database.write.connections", default: postgresLimits.writeConnections)
  }

  private static func database(_ reader: ConfigReader) throws(ConfigurationError)
    -> ConnectionSettings
  {
    guard let url = reader.string(forKey: "database.url") else {
      throw .missing("DATABASE_URL", "postgresql://user@host/database")
    }
    do throws(DatabaseError) {
      return try ConnectionSettings(url)
    } catch {
      throw .invalid("DATABASE_URL", "cannot be read as a connection string")
    }
  }

  private static func tokenKeys(_ reader: ConfigReader) throws(ConfigurationError) -> TokenKeys {
    var text = reader.string(forKey: "token.keys", isSecret: true)
    if text == nil, let file = reader.string(forKey: "token.keys.file") {
      text = try? String(contentsOfFile: file, encoding: .utf8)
      if text == nil { throw .invalid("TOKEN_KEYS_FILE", "cannot be read") }
    }
    guard let text else {
      throw .missing(
        "TOKEN_KEYS", "name:base64-of-32-random-bytes; `mi-alegra token key` makes one")
    }
    do throws(KeyListError) {
      return try TokenKeys(parsing: text.trimmingCharacters(in: .whitespacesAndNewlines))
    } catch {
      throw .invalid("TOKEN_KEYS", error.description)
    }
  }
}

/// A setting that keeps the program from starting.
enum ConfigurationError: Error, CustomStringConvertible {
  case missing(String, String)
  case invalid(String, String)

  var description: String {
    switch self {
    case .missing(let name, let form): "\(name) is not set; it has the form \(form)"
    case .invalid(let name, let reason): "\(name) \(reason)"
    }
  }
}
