// Every rule on every text file of the repository; what a rule complains of stands in the failure,
// with file and line.

import Foundation
import TestSupport
import Testing

@Suite struct TidyTests {
  @Test(arguments: Rule.all) func `the repository obeys`(rule: Rule) throws {
    let files = try Self.files.get()
    #expect(files.count > 20, "the repository was not found at \(Repository.root)")
    let complaints = rule.complaints(files)
    if complaints.isEmpty { return }
    let shown = complaints.prefix(complaintsShownMax).map(\.description)
    Issue.record("\(complaints.count) complaints:\n\(shown.joined(separator: "\n"))")
  }

  /// Read once for all rules.
  private static let files = Result { try repositoryFiles() }

  @Test func `rules have names of their own`() {
    #expect(Set(Rule.all.map(\.name)).count == Rule.all.count)
  }
}

/// Enough to begin mending with.
private let complaintsShownMax = 60

private let textEndings: Set<Substring> = [
  "swift", "sql", "graphql", "c", "h", "md", "py", "sh", "lua", "json", "ndjson", "yml", "txt",
  "css", "html", "js", "mustache", "svg", "modulemap", "editorconfig", "gitignore", "swift-format",
  "Makefile",
  "Dockerfile", "run",
]

/// What a tool or a person keeps here that is no part of the repository.
private let foreignFolders: Set<String> = [".git", ".dev", ".venv", "__pycache__"]

/// The text files, without what is built and without the licence, which is not ours to lay out.
private func repositoryFiles() throws -> [SourceFile] {
  var files: [SourceFile] = []
  func visit(_ folder: String) throws {
    let absolute = "\(Repository.root)/\(folder)"
    for name in try FileManager.default.contentsOfDirectory(atPath: absolute).sorted() {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      let full = "\(Repository.root)/\(path)"
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        if !foreignFolders.contains(name) && !name.hasPrefix(".build") { try visit(path) }
      } else if let ending = name.split(separator: ".").last, textEndings.contains(ending) {
        files.append(SourceFile(path: path, text: try Repository.text(of: path)))
      }
    }
  }
  try visit("")
  return files
}
