// Operation files and a valid schema come in; what is wrong in them leaves, sorted by file and
// place, and on request where they use what is deprecated. All files of a call are judged together:
// a fragment may be spread in another file, and names are unique over all of them.

package import GraphQLSyntax
package import GraphQLTypes

/// What a check of operation files found.
package struct CheckedOperations: Sendable, Hashable {
  package fileprivate(set) var errors: [Finding] = []
  /// Uses of deprecated elements; they make no operation invalid.
  package fileprivate(set) var deprecatedUses: [Finding] = []
}

/// - Parameter files: each under a name of its own.
/// - Parameter schema: nil where it is invalid; then only the syntax is checked.
package func checkOperations(
  _ files: [Source], against schema: Schema?, limits: CheckLimits = CheckLimits()
) -> CheckedOperations {
  var checked = CheckedOperations()
  let set = DocumentSet(files, limits: limits.parse)
  checked.errors = set.findings
  guard let schema, let document = set.document else { return checked }
  checked.deprecatedUses = findings(of: deprecatedUses(in: document, schema), in: set)
  do {
    _ = try validate(
      document, against: schema,
      limits: ValidationLimits(errorsMax: nil, stepsMax: limits.stepsMax))
  } catch {
    checked.errors += findings(of: error.errors.filter { isMeant($0, in: set) }, in: set)
    checked.errors = inOrder(checked.errors, of: files)
  }
  return checked
}

/// Whether an error of the joined text is one of the files.
private func isMeant(_ error: ValidationError, in set: DocumentSet) -> Bool {
  // What a malformed file defines or uses is not known.
  let needsAllFiles = ["KnownFragmentNames", "NoUnusedFragments", "NoUnusedVariables"]
  if !set.findings.isEmpty, needsAllFiles.contains(error.rule) { return false }
  // A request carries one file's operations and the fragments that they need, so that an operation
  // has to be named only beside another of its own file.
  if error.rule == "LoneAnonymousOperation", let range = error.locations.first {
    return set.operationsCount(in: set.file(at: range.start)) > 1
  }
  return true
}

private func findings(of errors: [ValidationError], in set: DocumentSet) -> [Finding] {
  var places = SourcePlaces(set.sources)
  return errors.map { error in
    let finding = Finding(
      message: error.message, code: error.rule,
      places: error.locations.map { range in
        let file = set.file(at: range.start)
        return places.place(of: set.range(range, in: file), in: file)
      })
    return finding.placed(at: .beginning(of: set.sources[0].name))
  }
}
