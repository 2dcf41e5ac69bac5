// Where and as whom to connect: a DATABASE_URL or a conninfo text enters, libpq's keywords leave.
// Refused here: what libpq cannot parse, and a password of which it would take a part for a host or
// a port. No refusal repeats the text.

internal import CLibpq

/// How a connection is made. Text is parsed by libpq itself, so every form it knows is accepted
/// (documentation, 34.1.1 "Connection Strings").
package struct ConnectionSettings: Sendable, Hashable {
  /// Keywords of the connection string, without those that were left out.
  private(set) package var keywords: [String: String]

  package var applicationName = "mi-alegra"
  package var connectSeconds = 5

  /// Session parameters (`statement_timeout`, ...) sent when the connection starts. Behind
  /// PgBouncer they are not sent, because it refuses them: there they belong to the role.
  package var sessionParameters: [String: String] = [
    "DateStyle": "ISO, MDY", "TimeZone": "UTC", "IntervalStyle": "iso_8601",
  ]

  /// Behind PgBouncer in transaction mode: no session parameters and no prepared statements.
  package var isThroughPooler = false

  /// Refuse to work as a role that reads past row security (superuser or BYPASSRLS), because there
  /// the policies would hold nothing back.
  package var requiresRowSecurity = true

  /// - Parameter text: `postgresql://user@host/database?...` or `host=... dbname=...`; what is left
  ///   out comes from libpq's environment variables, as with psql.
  package init(_ text: String) throws(DatabaseError) {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &message) else {
      let detail = message.map { withoutQuotations(String(cString: $0)) } ?? "out of memory"
      PQfreemem(message)
      throw .settingsRefused(detail)
    }
    defer { PQconninfoFree(options) }
    keywords = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        keywords[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    try refuseCutPassword()
  }

  /// A password with a special character in it ends where that stands, and libpq takes the rest for
  /// a host or a port, which its errors and ours name.
  private func refuseCutPassword() throws(DatabaseError) {
    let hosts = (keywords["host"] ?? "").split(separator: ",")
    let ports = (keywords["port"] ?? "").split(separator: ",")
    // A host with an @ in front is a socket in the abstract namespace.
    let isCut =
      hosts.contains { $0.dropFirst().contains("@") }
      || ports.contains { Int($0) == nil }
      || (keywords["dbname"] ?? "").contains("@")
    if isCut {
      throw .settingsRefused(
        "host, port or database hold what looks like a part of a password: what stands in it "
          + "beside letters and digits is written as in URLs (%40 for @)")
    }
  }

  /// Whether the text itself holds a password, and not only a file of them.
  package var holdsPassword: Bool {
    keywords["password"] != nil || keywords["sslpassword"] != nil
  }

  /// The same server, as another role. Passwords are not carried over to another user.
  package func user(_ name: String, password: String? = nil) -> ConnectionSettings {
    var settings = self
    if settings.keywords["user"] != name { settings.keywords["password"] = nil }
    settings.keywords["user"] = name
    if let password { settings.keywords["password"] = password }
    return settings
  }

  /// The same server, another database.
  package func database(_ name: String) -> ConnectionSettings {
    var settings = self
    settings.keywords["dbname"] = name
    return settings
  }

  /// The same, with one more session parameter.
  package func session(_ name: String, _ value: String) -> ConnectionSettings {
    var settings = self
    settings.sessionParameters[name] = value
    return settings
  }

  /// The same, every transaction read-only and on one snapshot, for a read pool. Behind PgBouncer
  /// the role must say so itself (`ALTER ROLE .. SET default_transaction_read_only = on`).
  package func reading() -> ConnectionSettings {
    var settings = session("default_transaction_read_only", "on")
      .session("default_transaction_isolation", "repeatable read")
    // Of several hosts libpq would take none for `read-write` whose sessions begin read-only, as
    // these do: what is meant is the one that is no standby (documentation, 34.1.2).
    if settings.keywords["target_session_attrs"] == "read-write" {
      settings.keywords["target_session_attrs"] = "primary"
    }
    return settings
  }

  /// What identifies the server in a log line; never the password.
  package var summary: String {
    let shown = ["host", "hostaddr", "port", "dbname", "user"]
    return shown.compactMap { key in keywords[key].map { "\(key)=\($0)" } }.joined(separator: " ")
  }

  /// The hosts that a name server must be asked for: neither a socket's folder nor an address.
  var hostsToResolve: [String] {
    guard keywords["hostaddr"] == nil, let hosts = keywords["host"] else { return [] }
    let names = hosts.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let needed = names.contains { !$0.isEmpty && !$0.hasPrefix("/") && !$0.hasPrefix("@") }
    // libpq wants as many addresses as hosts, so either all are given or none.
    return needed ? names : []
  }

  /// libpq's keywords and values. The text's own `options` come after ours and so win.
  func parameters(addresses: String?) -> [(keyword: String, value: String)] {
    var all = keywords
    all["fallback_application_name"] = applicationName
    all["client_encoding"] = "UTF8"
    all["connect_timeout"] = String(connectSeconds)
    if let addresses { all["hostaddr"] = addresses }
    if !isThroughPooler, !sessionParameters.isEmpty {
      let ours = sessionParameters.sorted { $0.key < $1.key }
        .map { "-c \($0.key)=\(escaped(option: $0.value))" }.joined(separator: " ")
      all["options"] = [ours, keywords["options"]].compactMap(\.self).joined(separator: " ")
    }
    return all.sorted { $0.key < $1.key }.map { (keyword: $0.key, value: $0.value) }
  }
}

/// What libpq found wrong, without the pieces of the text that it quotes: one may be the password.
private func withoutQuotations(_ message: String) -> String {
  guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\"") else {
    return message
  }
  return message[..<first] + "\"…\"" + message[message.index(after: last)...]
}

/// Spaces and backslashes of an `options` value take a backslash (documentation, 34.1.2).
private func escaped(option value: String) -> String {
  var text = ""
  for character in value {
    if character == " " || character == "\\" { text += "\\" }
    text.append(character)
  }
  return text
}
