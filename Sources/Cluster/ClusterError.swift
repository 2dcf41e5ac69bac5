// Everything that can keep a private cluster from standing, each case with what is wrong and how to
// mend it; the operator reads `description`, no stage catches a single case.

/// Why a cluster could not be started, reached or stopped. Every description says how to mend it.
package enum ClusterError: Error, Equatable, CustomStringConvertible {
  /// No folder that was searched holds `postgres`, `initdb` and `pg_ctl`.
  case binariesMissing(searched: [String])
  /// PostgreSQL was found, but every one is older than `LocalCluster.oldestMajor`.
  case binariesTooOld(newest: Int)
  /// The data was made by another major version than those installed.
  case foreignVersion(directory: String, major: Int, installed: [Int])
  /// We are root, and there is no account that PostgreSQL's processes may run as.
  case serverAccountMissing(name: String)
  /// The directory cannot be made, written or trusted.
  case directoryUnusable(path: String, reason: String)
  /// The server's account may not enter a folder on the way to the directory.
  case directoryUnreachable(path: String, account: String)
  /// Another living process of ours holds the directory; nil when it did not say which.
  case directoryInUse(path: String, processID: Int32?)
  /// Processes of an earlier server still use the data though their postmaster is gone.
  case orphansLeft(path: String, processIDs: [Int32])
  /// No folder short enough for a Unix socket could be made.
  case socketFolderMissing(tried: [String])
  /// A program of PostgreSQL's ended with another status than 0.
  case commandFailed(command: String, status: Int32, output: String)

  package var description: String {
    switch self {
    case .binariesMissing(let searched):
      return """
        PostgreSQL \(LocalCluster.oldestMajor) or newer was not found in \
        \(searched.joined(separator: ", ")). On Debian or Ubuntu: apt-get install postgresql. \
        Installed elsewhere: set PG_BINDIR to the folder that holds initdb and pg_ctl.
        """
    case .binariesTooOld(let newest):
      return """
        PostgreSQL \(newest) is too old: \(LocalCluster.oldestMajor) or newer is needed. Install \
        it, or set PG_BINDIR to the folder that holds a newer initdb and pg_ctl.
        """
    case .foreignVersion(let directory, let major, let installed):
      let versions = installed.map(String.init).joined(separator: ", ")
      return """
        The data in \(directory) was made by PostgreSQL \(major), and installed is \(versions). \
        Install postgresql-\(major), or remove the folder to begin with an empty one.
        """
    case .serverAccountMissing(let name):
      return """
        PostgreSQL refuses to run as root, and there is no account '\(name)' to run it as. \
        Installing Debian's or Ubuntu's package postgresql makes it; or run as an ordinary user.
        """
    case .directoryUnusable(let path, let reason):
      return "The folder \(path) cannot be used: \(reason)."
    case .directoryUnreachable(let path, let account):
      return """
        The account '\(account)', which runs PostgreSQL when we are root, may not enter \(path). \
        Choose a folder outside root's home.
        """
    case .directoryInUse(let path, let processID):
      let holder = processID.map { "the process \($0)" } ?? "another process"
      return "The folder \(path) is in use by \(holder). Stop it, or choose another folder."
    case .orphansLeft(let path, let processIDs):
      let list = processIDs.map(String.init).joined(separator: ", ")
      return """
        Processes of an earlier PostgreSQL still use \(path): \(list). They end when their \
        statement does; wait for them or end them, then start again.
        """
    case .socketFolderMissing(let tried):
      return """
        No folder for PostgreSQL's socket could be made in \(tried.joined(separator: ", ")); it \
        must be writable and its path at most \(SocketFolder.pathBytesMax) bytes long.
        """
    case .commandFailed(let command, let status, let output):
      return "\(command) ended with status \(status):\n\(output)"
    }
  }
}
