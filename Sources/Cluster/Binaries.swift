// The folders where PostgreSQL may be installed enter, the installed versions leave, newest first;
// refused is a folder that lacks one of the programs a private cluster needs.

import Glibc

/// One installed PostgreSQL: its major version and the folder of its programs.
struct Binaries: Equatable {
  let major: Int
  let folder: String

  func path(_ program: String) -> String { "\(folder)/\(program)" }

  private static let programs = ["postgres", "initdb", "pg_ctl", "pg_isready", "psql"]

  /// Every PostgreSQL that is new enough. PG_BINDIR, when set, is the only place searched: whoever
  /// sets it means it.
  static func installed() throws(ClusterError) -> [Binaries] {
    let folders: [String]
    if let chosen = environmentValue("PG_BINDIR") {
      folders = [chosen]
    } else {
      let packaged = Files.names(in: packagedRoot).map { "\(packagedRoot)/\($0)/bin" }
      let onPath = (environmentValue("PATH") ?? "").split(separator: ":").map(String.init)
      folders = packaged + onPath
    }
    return try installed(in: folders)
  }

  static func installed(in folders: [String]) throws(ClusterError) -> [Binaries] {
    var found: [Binaries] = []
    for folder in folders where programs.allSatisfy({ access("\(folder)/\($0)", X_OK) == 0 }) {
      guard let major = major(in: folder) else { continue }
      // A PATH may name the same version again.
      if !found.contains(where: { $0.major == major }) {
        found.append(Binaries(major: major, folder: folder))
      }
    }
    guard let newest = found.map(\.major).max() else {
      throw .binariesMissing(searched: folders.isEmpty ? [packagedRoot] : folders)
    }
    guard newest >= LocalCluster.oldestMajor else {
      throw .binariesTooOld(newest: newest)
    }
    return found.filter { $0.major >= LocalCluster.oldestMajor }.sorted { $0.major > $1.major }
  }

  /// The version that fits data made by `dataMajor`, or the newest when there is no data yet.
  static func choose(
    from installed: [Binaries], dataMajor: Int?, directory: String
  ) throws(ClusterError) -> Binaries {
    let fitting = installed.first { dataMajor == nil || $0.major == dataMajor }
    if let fitting { return fitting }
    throw .foreignVersion(
      directory: directory, major: dataMajor ?? 0, installed: installed.map(\.major))
  }

  /// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15, `18beta1` is 18.
  private static func major(in folder: String) -> Int? {
    let command = Command(executable: "\(folder)/postgres", arguments: ["--version"])
    guard let output = try? command.run() else { return nil }
    let words = output.split(separator: " ")
    guard words.count >= 3 else { return nil }
    return Int(words[2].prefix { $0.isNumber })
  }

  private static let packagedRoot = "/usr/lib/postgresql"
}
