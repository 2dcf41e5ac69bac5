// Rule: fields of one response name in one selection set can be merged (section 5.3.2).
//
// The specification compares every pair of fields, which a hostile document makes quadratic and,
// by way of fragments, worse. Here the verdict is found first, over whole groups of fields and in
// about linear time (FieldMergingVerdict). Only a document that breaks the rule is then compared
// pair by pair, to report each conflict where the reference implementation reports it
// (FieldMergingConflicts), and that within a budget.

import GraphQLSyntax

enum OverlappingFieldsCanBeMerged {
  private static let name = "OverlappingFieldsCanBeMerged"

  /// Runs once, after the walk has recorded every selection set.
  static func check(_ graph: SelectionGraph, _ context: inout ValidationContext) {
    var verdict = FieldMergingVerdict(graph, stepsMax: context.limits.stepsMax)
    switch verdict.decide() {
    case .mergeable:
      return
    case .undecided:
      context.exceed(.stepsMax, "Too many fields overlap. Validation aborted.")
    case .conflict(let first, let second):
      // One more than fits, so that the context tells of an error limit that is reached.
      let left = context.errorsLeft.map { $0 + 1 } ?? conflictsMax
      var search = FieldMergingConflicts(graph, conflictsMax: min(left, conflictsMax))
      var conflicts = search.find()
      if conflicts.isEmpty, let one = search.conflict(between: first, and: second) {
        conflicts = [one]
      }
      for conflict in conflicts { report(conflict, graph, &context) }
    }
  }

  private static func report(
    _ conflict: FieldMergingConflicts.Conflict, _ graph: SelectionGraph,
    _ context: inout ValidationContext
  ) {
    context.report(
      name,
      "Fields \"\(abbreviate(conflict.responseName))\" conflict because \(conflict.reason). Use "
        + "different aliases on the fields to fetch both if this was intentional.",
      (conflict.fields + conflict.otherFields).map { graph.fields[$0].range })
  }
}

/// The most conflicts reported of one document, even where errors are not limited: their number
/// grows with the square of the fields that conflict.
private let conflictsMax = 1_000

/// A message quotes a conflict's detail up to this many characters.
private let detailLengthMax = 1_000

func abbreviate(_ text: String) -> String {
  text.utf8.count <= detailLengthMax
    ? text : String(decoding: text.utf8.prefix(detailLengthMax), as: UTF8.self) + "..."
}
