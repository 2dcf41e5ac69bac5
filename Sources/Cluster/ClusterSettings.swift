// The few settings in which a cluster for tests differs from one for development; out comes the
// text that postgresql.conf includes, written anew at every start.

/// How a private cluster is run. Two are in use: `.development` keeps what it was told through a
/// power cut, `.test` gives that up for speed and is thrown away.
package struct ClusterSettings: Sendable, Equatable {
  package var sharedBuffersMegabytes: Int
  package var connectionsMax: Int
  /// Whether a commit is on the disk before it is acknowledged.
  package var isDurable: Bool
  /// Autovacuum's workers would keep a template database from being cloned.
  package var vacuumsByItself: Bool

  package static let development = ClusterSettings(
    sharedBuffersMegabytes: 128, connectionsMax: 60, isDurable: true, vacuumsByItself: true)
  package static let test = ClusterSettings(
    sharedBuffersMegabytes: 32, connectionsMax: 400, isDurable: false, vacuumsByItself: false)

  package init(
    sharedBuffersMegabytes: Int, connectionsMax: Int, isDurable: Bool, vacuumsByItself: Bool
  ) {
    self.sharedBuffersMegabytes = sharedBuffersMegabytes
    self.connectionsMax = connectionsMax
    self.isDurable = isDurable
    self.vacuumsByItself = vacuumsByItself
  }

  /// What overrides initdb's choices. `socketFolder` is one of `SocketFolder`'s, so it needs no
  /// escaping but the quote's.
  func configuration(socketFolder: String, port: Int) -> String {
    let folder = socketFolder.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''")
    var lines = [
      "# Written by mi-alegra at every start; changes here are lost. ALTER SYSTEM's stay.",
      "listen_addresses = ''",
      "unix_socket_directories = '\(folder)'",
      "unix_socket_permissions = 0700",
      "port = \(port)",
      "max_connections = \(connectionsMax)",
      "shared_buffers = \(sharedBuffersMegabytes)MB",
      "wal_level = minimal",
      "max_wal_senders = 0",
      "max_wal_size = 1GB",
      "autovacuum = \(vacuumsByItself ? "on" : "off")",
      // The hub's statements are short: compiling one costs more than running it.
      "jit = off",
      "timezone = 'UTC'",
      "log_timezone = 'UTC'",
      "datestyle = 'iso, ymd'",
      "lc_messages = 'C'",
      "log_line_prefix = '%m [%p] %q%u@%d '",
    ]
    if !isDurable {
      lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
