// A program and its arguments enter, its status and what it printed leave; no shell is between, and
// the child gets a clean environment, default signals and a session of its own.

import CSpawn
import Glibc
import Synchronization

/// One run of a program, waited for.
struct Command {
  let executable: String
  let arguments: [String]
  /// The account to run as; nil is our own.
  var account: ServerAccount?

  struct Result {
    let status: Int32
    let output: String
  }

  /// The longest output kept; a program that prints more is read to its end all the same.
  static let outputBytesMax = 256 * 1024

  /// Runs and throws `commandFailed` unless the status is 0; gives what was printed.
  @discardableResult
  func run() throws(ClusterError) -> String {
    let result = try runToStatus()
    guard result.status == 0 else {
      throw .commandFailed(command: title, status: result.status, output: result.output)
    }
    return result.output
  }

  /// Runs to the end whatever the status is. 128 and the signal's number stand for a signal's end,
  /// as in a shell.
  func runToStatus() throws(ClusterError) -> Result {
    let (child, readEnd) = try spawnWithPipe(to: 1)
    defer { close(readEnd) }
    let output = readToEnd(readEnd)
    return Result(status: waitForEnd(of: child), output: output)
  }

  /// Starts and does not wait. The child's standard input (0) or its output (1, and 2 with it) is
  /// one end of a pipe, of which the other end is given back; the rest is the null device. Of our
  /// own descriptors only `inherited` stays open in the child, as 3.
  func spawnWithPipe(
    to number: Int32, inherited: Int32? = nil
  ) throws(ClusterError) -> (child: pid_t, end: Int32) {
    // Between `pipe` and its being marked, a child of another thread would inherit the ends.
    try Self.spawning.withLock { _ throws(ClusterError) in
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        throw .commandFailed(command: title, status: 127, output: systemMessage(errno))
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      let (childEnd, ourEnd) = number == 0 ? (ends[0], ends[1]) : (ends[1], ends[0])
      defer { close(childEnd) }
      do throws(ClusterError) {
        let child = try spawn(connecting: childEnd, to: number, inherited: inherited)
        return (child, ourEnd)
      } catch {
        close(ourEnd)
        throw error
      }
    }
  }

  private static let spawning = Mutex(())

  private func spawn(
    connecting descriptor: Int32, to number: Int32, inherited: Int32?
  ) throws(ClusterError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    posix_spawn_file_actions_addopen(&actions, 1 - number, "/dev/null", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    if let inherited {
      posix_spawn_file_actions_adddup2(&actions, inherited, 3)
    }
    // Not every library marks its descriptors: a connection that a child keeps open never ends for
    // whoever reads it.
    posix_spawn_file_actions_addclosefrom_np(&actions, inherited == nil ? 3 : 4)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var everySignal = sigset_t()
    sigfillset(&everySignal)
    var noSignal = sigset_t()
    sigemptyset(&noSignal)
    posix_spawnattr_setsigdefault(&attributes, &everySignal)
    posix_spawnattr_setsigmask(&attributes, &noSignal)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | Self.ownSessionFlag
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let words = (account?.prefix ?? []) + [executable] + arguments
    var child: pid_t = 0
    let failure = withCStrings(words) { argumentList in
      withCStrings(cleanEnvironment(home: account?.home)) { environmentList in
        posix_spawnp(&child, words[0], &actions, &attributes, argumentList, environmentList)
      }
    }
    guard failure == 0 else {
      throw .commandFailed(command: title, status: 127, output: systemMessage(failure))
    }
    return child
  }

  /// What messages call this run: the program's name and its first argument.
  private var title: String {
    let name = executable.split(separator: "/").last.map(String.init) ?? executable
    return ([name] + arguments.prefix(1)).joined(separator: " ")
  }

  /// POSIX_SPAWN_SETSID: Ctrl-C at a terminal must reach us first and no child of ours.
  private static let ownSessionFlag: Int32 = 0x80
}

/// Nothing of the operator's PGHOST, PGOPTIONS, PGPASSFILE or locale reaches the child.
private func cleanEnvironment(home: String?) -> [String] {
  var variables = ["LC_ALL=C.UTF-8", "PSQLRC=/dev/null"]
  variables.append("PATH=\(environmentValue("PATH") ?? "/usr/local/bin:/usr/bin:/bin:/usr/sbin")")
  if let home = home ?? environmentValue("HOME") {
    variables.append("HOME=\(home)")
  }
  for name in ["LD_LIBRARY_PATH", "TMPDIR"] {
    if let value = environmentValue(name) {
      variables.append("\(name)=\(value)")
    }
  }
  return variables
}

/// The value of an environment variable of ours; an empty one counts as unset.
func environmentValue(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = String(cString: value)
  return text.isEmpty ? nil : text
}

/// The C library's words for an error number.
func systemMessage(_ number: Int32) -> String {
  guard let message = strerror(number) else { return "error \(number)" }
  return String(cString: message)
}

private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
  defer { copies.forEach { free($0) } }
  return body(copies)
}

private func readToEnd(_ descriptor: Int32) -> String {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 16 * 1024)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0 && errno == EINTR { continue }
    if count <= 0 { break }
    let room = Command.outputBytesMax - bytes.count
    bytes.append(contentsOf: buffer.prefix(min(count, room)))
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func waitForEnd(of child: pid_t) -> Int32 {
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 && errno == EINTR {}
  let signal = status & 0x7f
  return signal == 0 ? (status >> 8) & 0xff : 128 + signal
}
