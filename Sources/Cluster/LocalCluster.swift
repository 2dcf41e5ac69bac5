// A directory enters, a running PostgreSQL of our own leaves, reachable through a private Unix
// socket; refused are data of another version, a folder of another user, a second user of one.

import Glibc
import Synchronization

/// A private PostgreSQL cluster: made on the first start, used again after, adopted when a process
/// of ours that was killed left it running. Its processes are in a session of their own.
///
/// Under the directory: `data` (PostgreSQL's), `postgresql.log` (this start's) with the one before
/// it as `postgresql.log.old`, and `lock`.
package final class LocalCluster: Sendable {
  package static let oldestMajor = 15

  /// The absolute path it was started under.
  package let directory: String
  package let superuser = "postgres"
  /// PostgreSQL's major version, 15 or more.
  package let major: Int
  /// The folder with the socket, as psql's `-h` takes it.
  package let socketFolder: String
  package let port: Int
  /// The postmaster, which the kernel and `postgresql.log` know by this number.
  package let processID: Int32
  /// Whether it was running already when `start` was called.
  package let wasAdopted: Bool

  private let binaries: Binaries
  private let account: ServerAccount
  private let lock: Mutex<DirectoryLock?>

  /// How a server is told to end.
  package enum StopMode: String, Sendable {
    /// Rolls back what is open and closes every connection.
    case fast
    /// Ends without a checkpoint: the next start recovers, as after a crash.
    case immediate
  }

  /// Starts the cluster under `directory`, which is made where missing, and returns when it
  /// answers. Blocks its thread for as long: a second or two on the first start.
  ///
  /// With `wiped`, whatever cluster an earlier process left there is removed first.
  package static func start(
    directory: String, settings: ClusterSettings, wiped: Bool = false
  ) throws(ClusterError) -> LocalCluster {
    let installed = try Binaries.installed()
    let account = try ServerAccount.current()
    let directory = try prepare(directory, for: account)
    let lock = try DirectoryLock(directory: directory)
    if wiped { try wipe(directory, binaries: installed, account: account) }

    let data = "\(directory)/data"
    let dataMajor = try majorVersion(of: data)
    let binaries = try Binaries.choose(
      from: installed, dataMajor: dataMajor, directory: directory)
    if dataMajor == nil {
      try initialize(data, binaries: binaries, account: account, settings: settings)
    }
    if let postmaster = try adopt(data, binaries: binaries, account: account) {
      return LocalCluster(
        directory: directory, postmaster: postmaster, wasAdopted: true, binaries: binaries,
        account: account, lock: lock)
    }
    let postmaster = try launch(
      directory, binaries: binaries, account: account, settings: settings)
    return LocalCluster(
      directory: directory, postmaster: postmaster, wasAdopted: false, binaries: binaries,
      account: account, lock: lock)
  }

  private init(
    directory: String, postmaster: Postmaster, wasAdopted: Bool, binaries: Binaries,
    account: ServerAccount, lock: consuming sending DirectoryLock
  ) {
    self.directory = directory
    self.major = binaries.major
    self.socketFolder = postmaster.socketFolder
    self.port = postmaster.port
    self.processID = postmaster.processID
    self.wasAdopted = wasAdopted
    self.binaries = binaries
    self.account = account
    self.lock = Mutex(consume lock)
  }

  /// Stops the server, waits until it is gone and gives the directory free. A second call does
  /// nothing; a stopped cluster is started again by `start`, under the same socket.
  package func stop(_ mode: StopMode = .fast) throws(ClusterError) {
    try lock.withLock { held throws(ClusterError) in
      guard held != nil else { return }
      // Whichever postmaster serves the directory now: an operator may have restarted it under us.
      if Postmaster.living(in: "\(directory)/data") != nil {
        try Self.stop("\(directory)/data", mode: mode, binaries: binaries, account: account)
      }
      SocketFolder.remove(socketFolder)
      held = nil
    }
  }

  /// Whether the postmaster lives. It may still be starting or stopping.
  package var isAlive: Bool { Postmaster.isAlive(processID, in: "\(directory)/data") }

  /// A libpq connection string for one database and role.
  package func connectionInfo(database: String, user: String) -> String {
    let pairs = [
      ("host", socketFolder), ("port", String(port)), ("dbname", database), ("user", user),
    ]
    return pairs.map { "\($0)=\(quotedConnectionValue($1))" }.joined(separator: " ")
  }

  /// The same as words that an operator can paste into a shell.
  package func psqlCommand(database: String, user: String) -> String {
    ["psql", "-h", socketFolder, "-p", String(port), "-U", user, "-d", database]
      .map(quotedShellWord).joined(separator: " ")
  }

  /// Lets PostgreSQL's own psql run one command string, stopping at the first error, and gives its
  /// output: rows by line, fields by `|`. For tests and set-up, never for a request.
  @discardableResult
  package func psql(
    _ command: String, database: String, user: String = "postgres"
  ) throws(ClusterError) -> String {
    try psql(["-c", command], database: database, user: user)
  }

  /// The same for a file, run as one transaction.
  @discardableResult
  package func psql(
    file: String, database: String, user: String = "postgres"
  ) throws(ClusterError) -> String {
    try psql(["-1", "-f", Files.absolutePath(file)], database: database, user: user)
  }

  private func psql(
    _ arguments: [String], database: String, user: String
  ) throws(ClusterError) -> String {
    let target = connectionInfo(database: database, user: user)
    let output = try Command(
      executable: binaries.path("psql"),
      arguments: ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", target] + arguments
    ).run()
    return output.hasSuffix("\n") ? String(output.dropLast()) : output
  }

  /// From now on the server ends with this process, however that ends, and its directory is
  /// removed: for tests. A small shell waits at a pipe that only we hold open; it keeps the lock
  /// until everything is gone, so that a next process does not start in a folder being removed.
  package func removeWhenThisProcessEnds() throws(ClusterError) {
    let descriptor: Int32? = lock.withLock { held in
      if held == nil { return nil }
      return held?.descriptor
    }
    guard let descriptor else { return }
    let script = """
      read -r _
      data=$1 sockets=$2 directory=$3; shift 3
      "$@" >/dev/null 2>&1
      rm -rf -- "$data" "$sockets" "$directory"
      """
    let stop = [binaries.path("pg_ctl"), "stop", "-D", "\(directory)/data", "-m", "immediate"]
    let watchdog = Command(
      executable: "/bin/sh",
      arguments: ["-c", script, "sh", "\(directory)/data", socketFolder, directory]
        + account.prefix + stop)
    // Our end stays open on purpose: that it closes is how the shell learns of our end.
    _ = try watchdog.spawnWithPipe(to: 0, inherited: descriptor)
  }
}

/// A value of a connection string: libpq wants quotes around, a backslash before a quote inside.
private func quotedConnectionValue(_ value: String) -> String {
  var quoted = "'"
  for character in value {
    if character == "'" || character == "\\" { quoted.append("\\") }
    quoted.append(character)
  }
  return quoted + "'"
}

private func quotedShellWord(_ word: String) -> String {
  let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "/._-".contains($0) }
  if isPlain { return word }
  let parts = word.split(separator: "'", omittingEmptySubsequences: false)
  return "'" + parts.joined(separator: #"'\''"#) + "'"
}
