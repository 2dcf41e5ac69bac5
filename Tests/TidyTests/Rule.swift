// The list of rules, each a name, the files it is for, and what it complains of.

import Testing

/// One thing that holds for every file, or for every folder.
struct Rule: Sendable, CustomTestStringConvertible {
  let name: String
  /// All files of the repository enter, so that a rule may compare files with each other.
  let complaints: @Sendable ([SourceFile]) -> [Complaint]

  var testDescription: String { name }

  init(_ name: String, complaints: @escaping @Sendable ([SourceFile]) -> [Complaint]) {
    self.name = name
    self.complaints = complaints
  }

  /// A rule that looks at one file at a time.
  static func file(
    _ name: String, _ check: @escaping @Sendable (SourceFile) -> [Complaint]
  ) -> Rule {
    Rule(name) { $0.flatMap(check) }
  }

  /// A rule that looks at one line at a time; `check` gives a sentence where it complains.
  static func line(
    _ name: String, code: Bool = false, for applies: @escaping @Sendable (SourceFile) -> Bool,
    _ check: @escaping @Sendable (Substring) -> String?
  ) -> Rule {
    .file(name) { file in
      guard applies(file) else { return [] }
      return (code ? file.codeLines : file.lines).enumerated().compactMap { index, line in
        check(line).map { Complaint(path: file.path, line: index + 1, sentence: $0) }
      }
    }
  }

  static let all: [Rule] =
    layoutRules + wordRules + nameRules + [functionLength, importDirections, embeddedFolders]
}
