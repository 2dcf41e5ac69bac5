// What a check finds wrong: why, by which rule, and at which places of which files.

package import GraphQLSyntax
import GraphQLTypes

/// A place in a file, as an editor jumps to it.
package struct FilePlace: Sendable, Hashable {
  package let file: String
  package let location: SourceLocation

  package init(file: String, location: SourceLocation) {
    self.file = file
    self.location = location
  }

  /// The beginning of a file, for what concerns all of it.
  package static func beginning(of file: String) -> FilePlace {
    FilePlace(file: file, location: SourceLocation(line: 1, column: 1))
  }
}

/// One error or warning.
package struct Finding: Sendable, Hashable {
  package let message: String
  /// The rule under the name that the reference implementation gives it, or `Syntax`.
  package let code: String
  /// Empty for what is wrong with the whole.
  package let places: [FilePlace]

  package init(message: String, code: String, places: [FilePlace]) {
    self.message = message
    self.code = code
    self.places = places
  }

  init(_ error: SyntaxError, in source: Source) {
    let location = LineIndex(source).location(of: error.range)
    self.init(
      message: error.message, code: "Syntax",
      places: [FilePlace(file: source.name, location: location)])
  }

  /// The same with a place, where it has none.
  package func placed(at place: FilePlace) -> Finding {
    places.isEmpty ? Finding(message: message, code: code, places: [place]) : self
  }
}

/// Sorts findings by file, in the order that the files have here, and by place; those of one place
/// stay in the order in which they were found, and those of none stand first.
package func inOrder(_ findings: [Finding], of files: [Source]) -> [Finding] {
  let positions = Dictionary(
    files.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  let keyed = findings.enumerated().map { found, finding in
    let place = finding.places.first
    return (
      finding: finding, file: place.flatMap { positions[$0.file] } ?? 0,
      line: place?.location.line ?? 0, column: place?.location.column ?? 0, found: found
    )
  }
  return keyed.sorted {
    ($0.file, $0.line, $0.column, $0.found) < ($1.file, $1.line, $1.column, $1.found)
  }.map(\.finding)
}

/// Why there is no schema; never empty.
package struct Findings: Error, Sendable, Hashable {
  package let findings: [Finding]

  package init(_ findings: [Finding]) {
    self.findings = findings
  }

  /// - Parameter errors: what `makeSchema` says.
  package init(_ errors: SchemaErrors) {
    var places = SourcePlaces(errors.sources)
    self.init(
      errors.errors.map { error in
        Finding(
          message: error.message, code: error.rule,
          places: error.locations.map { places.place(of: $0.range, in: $0.source) })
      })
  }
}

/// Turns ranges of several sources into places; the lines of each source are found once.
struct SourcePlaces {
  private let sources: [Source]
  private var lines: [Int: LineIndex] = [:]

  init(_ sources: [Source]) {
    self.sources = sources
  }

  mutating func place(of range: SourceRange, in source: Int) -> FilePlace {
    let index = lines[source] ?? LineIndex(sources[source])
    lines[source] = index
    return FilePlace(file: sources[source].name, location: index.location(of: range))
  }
}
