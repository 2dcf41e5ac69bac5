// The data directory enters, what runs in it leaves: a living postmaster as its own file and the
// kernel tell of it, or nothing. A process number alone is never believed: it may be another's.

import Glibc

/// The server process of a data directory, as `postmaster.pid` describes it.
struct Postmaster: Equatable, Sendable {
  let processID: Int32
  let port: Int
  let socketFolder: String

  /// The living postmaster of `data`, whoever started it.
  static func living(in data: String) -> Postmaster? {
    guard let postmaster = recorded(in: data), isAlive(postmaster.processID, in: data) else {
      return nil
    }
    return postmaster
  }

  /// The lines of postmaster.pid: process, data directory, start time, port, first socket folder.
  /// Nil while the server has not yet written all of them.
  static func recorded(in data: String) -> Postmaster? {
    guard let text = Files.text(of: "\(data)/postmaster.pid") else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 5, let processID = Int32(lines[0]), let port = Int(lines[3]) else {
      return nil
    }
    return Postmaster(processID: processID, port: port, socketFolder: String(lines[4]))
  }

  /// Whether the process lives and works in `data`: PostgreSQL's processes all do, and the kernel
  /// tells it of no zombie.
  static func isAlive(_ processID: Int32, in data: String) -> Bool {
    guard let folder = Files.realPath("/proc/\(processID)/cwd") else { return false }
    return folder == Files.realPath(data)
  }

  /// Every process that works in `data`, for instance what outlived a killed postmaster.
  static func processes(in data: String) -> [Int32] {
    Files.names(in: "/proc").compactMap { Int32($0) }.filter { isAlive($0, in: data) }
  }
}
