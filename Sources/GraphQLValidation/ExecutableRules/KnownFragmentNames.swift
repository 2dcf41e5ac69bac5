// Rule: a fragment spread names a fragment of the document (section 5.5.2.1).

import GraphQLSyntax

enum KnownFragmentNames {
  static func check(_ spread: FragmentSpread, isKnown: Bool, _ context: inout ValidationContext) {
    if isKnown { return }
    context.report(
      "KnownFragmentNames", "Unknown fragment \"\(spread.name.value)\".", [spread.name.range])
  }
}
