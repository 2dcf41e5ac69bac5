// The steps of a start and a stop, each from what it finds on the disk: prepare the directory, make
// the data, adopt what runs, launch, stop, wipe.

import Glibc

extension LocalCluster {
  /// How long a server may take to start (it may be recovering), to answer or to stop.
  private static let patienceSeconds = 60
  /// Our settings, within the data; postgresql.conf ends by including it.
  private static let settingsFile = "mi-alegra.conf"

  /// The directory as an absolute path, there, private, and enterable by the server's account.
  static func prepare(
    _ directory: String, for account: ServerAccount
  ) throws(ClusterError) -> String {
    let path = Files.absolutePath(directory)
    // pg_ctl hands the path to a shell in double quotes.
    guard !path.contains(where: { "\"$`\\\n".contains($0) }) else {
      throw .directoryUnusable(path: path, reason: "its name has a character that a shell reads")
    }
    try Files.makePrivateFolder(path, owner: account)
    let mayWrite = Command(executable: "test", arguments: ["-w", path], account: account)
    guard try mayWrite.runToStatus().status == 0 else {
      throw .directoryUnreachable(path: path, account: account.name)
    }
    return path
  }

  /// What PG_VERSION says, or nil when there is no data yet.
  static func majorVersion(of data: String) throws(ClusterError) -> Int? {
    if let text = Files.text(of: "\(data)/PG_VERSION") {
      return Int(text.prefix { $0.isNumber })
    }
    guard Files.names(in: data).isEmpty else {
      throw .directoryUnusable(path: data, reason: "it holds something else than PostgreSQL data")
    }
    return nil
  }

  /// Runs initdb beside the final place and renames when it is done, so that an initdb cut short
  /// leaves nothing that looks like data; what such a one left is removed.
  static func initialize(
    _ data: String, binaries: Binaries, account: ServerAccount, settings: ClusterSettings
  ) throws(ClusterError) {
    let parent = String(data.prefix(upTo: data.lastIndex(of: "/") ?? data.endIndex))
    for name in Files.names(in: parent) where name.hasPrefix("data.new-") {
      // The initdb of a process just killed may still be writing there; it ends by itself, and the
      // next first start removes what it leaves.
      try? Files.removeTree("\(parent)/\(name)", as: account)
    }
    let draft = "\(data).new-\(getpid())"
    var arguments = [
      "--pgdata=\(draft)", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
      "--auth-local=trust", "--auth-host=reject", "--data-checksums", "--no-instructions",
    ]
    if !settings.isDurable { arguments.append("--no-sync") }
    try Command(executable: binaries.path("initdb"), arguments: arguments, account: account).run()
    // initdb's own file stays: it says what this machine allows, such as the kind of shared
    // memory.
    let configuration = "\(draft)/postgresql.conf"
    let included = (Files.text(of: configuration) ?? "") + "include '\(settingsFile)'\n"
    try Files.write(included, to: configuration, owner: account)
    rmdir(data)
    guard rename(draft, data) == 0 else {
      throw .directoryUnusable(path: data, reason: systemMessage(errno))
    }
  }

  /// A server that an earlier process of ours left running, once it answers; nil when none runs.
  /// One that cannot be reached any more is stopped instead.
  static func adopt(
    _ data: String, binaries: Binaries, account: ServerAccount
  ) throws(ClusterError) -> Postmaster? {
    let file = "\(data)/postmaster.pid"
    for _ in 0..<(patienceSeconds * 10) {
      guard let processID = firstNumber(in: file), Postmaster.isAlive(processID, in: data) else {
        try clearStale(file, data: data)
        return nil
      }
      // A server just starting has not written its socket's line yet.
      if let postmaster = Postmaster.recorded(in: data) {
        let probe = Command(
          executable: binaries.path("pg_isready"),
          arguments: ["-q", "-h", postmaster.socketFolder, "-p", String(postmaster.port)])
        let status = try probe.runToStatus().status
        if status == 0 { return postmaster }
        if !Files.exists("\(postmaster.socketFolder)/.s.PGSQL.\(postmaster.port)") { break }
      }
      pauseBetweenProbes()
    }
    try stop(data, mode: .fast, binaries: binaries, account: account)
    return nil
  }

  /// Starts the server and waits until it answers.
  static func launch(
    _ directory: String, binaries: Binaries, account: ServerAccount, settings: ClusterSettings
  ) throws(ClusterError) -> Postmaster {
    let (data, log) = ("\(directory)/data", "\(directory)/postgresql.log")
    let socketFolder = try SocketFolder.make(for: directory, owner: account)
    SocketFolder.clear(socketFolder)
    let configuration = settings.configuration(socketFolder: socketFolder, port: SocketFolder.port)
    try Files.write(configuration, to: "\(data)/\(settingsFile)", owner: account)
    rename(log, log + ".old")
    let arguments = [
      "start", "-D", data, "-l", log, "-w", "-s", "-t", String(patienceSeconds),
    ]
    let start = Command(
      executable: binaries.path("pg_ctl"), arguments: arguments, account: account)
    let result = try start.runToStatus()
    guard result.status == 0, let postmaster = Postmaster.living(in: data) else {
      SocketFolder.remove(socketFolder)
      let tail = (Files.text(of: log) ?? "").split(separator: "\n").suffix(20)
      throw .commandFailed(
        command: "pg_ctl start", status: result.status,
        output: result.output + tail.joined(separator: "\n"))
    }
    return postmaster
  }

  static func stop(
    _ data: String, mode: StopMode, binaries: Binaries, account: ServerAccount
  ) throws(ClusterError) {
    let arguments = [
      "stop", "-D", data, "-m", mode.rawValue, "-w", "-s", "-t", String(patienceSeconds),
    ]
    let stop = Command(
      executable: binaries.path("pg_ctl"), arguments: arguments, account: account)
    let result = try stop.runToStatus()
    // It may have ended by itself in between.
    guard result.status == 0 || Postmaster.living(in: data) == nil else {
      throw .commandFailed(
        command: "pg_ctl stop", status: result.status, output: result.output)
    }
  }

  /// Stops and removes whatever cluster an earlier process left in the directory.
  static func wipe(
    _ directory: String, binaries: [Binaries], account: ServerAccount
  ) throws(ClusterError) {
    let data = "\(directory)/data"
    let recorded = Postmaster.recorded(in: data)
    if Postmaster.living(in: data) != nil, let newest = binaries.first {
      try stop(data, mode: .immediate, binaries: newest, account: account)
    }
    if let recorded { SocketFolder.remove(recorded.socketFolder) }
    for name in Files.names(in: directory) where name != "lock" {
      try Files.removeTree("\(directory)/\(name)", as: account)
    }
  }

  /// Removes a postmaster.pid whose process is gone. PostgreSQL would do it, but believes any
  /// process of the same user that has got the number since, as happens after a container's
  /// restart. Backends that outlived a killed postmaster must end first: with them running, a
  /// second server would corrupt the data, and this file is what keeps PostgreSQL from starting.
  private static func clearStale(_ file: String, data: String) throws(ClusterError) {
    guard Files.exists(file) else { return }
    for _ in 0..<(patienceSeconds * 10) {
      if Postmaster.processes(in: data).isEmpty {
        unlink(file)
        return
      }
      pauseBetweenProbes()
    }
    throw .orphansLeft(path: data, processIDs: Postmaster.processes(in: data))
  }

  private static func firstNumber(in file: String) -> Int32? {
    Files.text(of: file).flatMap { Int32($0.prefix { $0.isNumber }) }
  }

  /// A tenth of a second. There is nothing to wait on: the server is no child of ours.
  private static func pauseBetweenProbes() {
    var duration = timespec(tv_sec: 0, tv_nsec: 100_000_000)
    nanosleep(&duration, nil)
  }
}
