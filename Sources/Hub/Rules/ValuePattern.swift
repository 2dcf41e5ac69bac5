// A regular expression of the catalogues enters, the question whether a value matches leaves.

/// The form of a value, as data. PostgreSQL and Swift agree on what the catalogues use: classes,
/// groups, alternatives and counts, of single code points.
package struct ValuePattern: Hashable, Sendable {
  package let source: String

  /// Refuses what is no regular expression, when the catalogue is loaded.
  package init(_ source: String) throws {
    _ = try Regex(source)
    self.source = source
  }

  private init(unchecked source: String) { self.source = source }

  /// Matches no value: what stands in for a pattern that cannot be read.
  package static let never = ValuePattern(unchecked: "(?!)")

  /// Whether the whole value matches. A `Regex` is not Sendable, so it is made anew each time: it
  /// takes microseconds, and only where a person saves a form.
  package func matches(_ value: String) -> Bool {
    guard let regex = try? Regex(source).matchingSemantics(.unicodeScalar) else { return false }
    return (try? regex.wholeMatch(in: value)) != nil
  }
}
