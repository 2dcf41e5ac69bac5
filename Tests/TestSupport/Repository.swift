// Where the tests run from enters, the repository's files leave: found from this file's own path,
// so that nothing depends on the folder a runner was started in.

import Foundation

/// The repository that these tests belong to.
package enum Repository {
  /// The top folder, with symbolic links resolved, without a slash at its end.
  package static let root: String = {
    let thisFile = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    return thisFile.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
  }()

  /// The text of one file, by its path from the top.
  package static func text(of path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// The files in one folder, sorted by name, as paths from the top.
  package static func files(in folder: String, ending suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")
      .filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
      .sorted().map { "\(folder)/\($0)" }
  }
}
