// Rule: some object can be both of the parent type and of the fragment's type (section 5.5.2.3).

import GraphQLSyntax
import GraphQLTypes

enum PossibleFragmentSpreads {
  /// `fragment` is nil for an inline fragment.
  static func check(
    _ type: TypeID, in parent: TypeID, fragment: String?, _ range: SourceRange,
    _ context: inout ValidationContext
  ) {
    if !type.isComposite || context.schema.typesOverlap(type, parent) { return }
    let subject = fragment.map { "Fragment \"\($0)\"" } ?? "Fragment"
    context.report(
      "PossibleFragmentSpreads",
      "\(subject) cannot be spread here as objects of type \"\(parent.name)\" can never be of type "
        + "\"\(type.name)\".", [range])
  }
}
