// Rule: every fragment has a name of its own (section 5.5.1.1).

import GraphQLSyntax

enum UniqueFragmentNames {
  static func check(_ fragments: [FragmentDefinition], _ context: inout ValidationContext) {
    if fragments.count < 2 { return }
    var known: [String: Name] = [:]
    for name in fragments.map(\.name) {
      if let first = known[name.value] {
        context.report(
          "UniqueFragmentNames", "There can be only one fragment named \"\(name.value)\".",
          [first.range, name.range])
      } else {
        known[name.value] = name
      }
    }
  }
}
