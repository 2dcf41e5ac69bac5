// A folder of a test's own, removed after the test with the cluster that may still run in it; what
// an interrupted run left is removed by the next one.

import Glibc

@testable import Cluster

/// Gives `body` a path where nothing is yet, short enough and enterable by the server's account.
func withDirectory(_ body: (String) throws -> Void) throws {
  _ = leftDirectoriesAreRemoved
  let number = UInt32.random(in: 0...UInt32.max)
  let directory = "\(base)/\(prefix)\(getpid())-\(number)"
  defer { remove(directory) }
  try body(directory)
}

private let base = "/tmp"
private let prefix = "mi-alegra-cluster-"

/// The folders whose name carries the number of a process that is no more. Once a process.
private let leftDirectoriesAreRemoved: Bool = {
  for name in Files.names(in: base) where name.hasPrefix(prefix) {
    let processID = name.dropFirst(prefix.count).prefix { $0.isNumber }
    if !Files.exists("/proc/\(processID)") { remove("\(base)/\(name)") }
  }
  return true
}()

private func remove(_ directory: String) {
  guard let account = try? ServerAccount.current(), let installed = try? Binaries.installed() else {
    return
  }
  // Some tests make their cluster one folder deeper.
  let deeper = Files.names(in: directory).filter { $0 != "data" }.map { "\(directory)/\($0)" }
  for path in deeper + [directory] {
    try? LocalCluster.wipe(path, binaries: installed, account: account)
  }
  _ = try? Command(executable: "rm", arguments: ["-rf", "--", directory]).run()
}
