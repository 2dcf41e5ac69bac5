// Rule: every fragment is spread by an operation, directly or through fragments (section 5.5.1.4).

import GraphQLSyntax

enum NoUnusedFragments {
  static func check(_ graph: SelectionGraph, _ context: inout ValidationContext) {
    if graph.fragments.isEmpty { return }
    var reached = Array(repeating: false, count: graph.fragments.count)
    var pending: [Int] = []
    func reach(_ spreads: [Int]) {
      for fragment in spreads where !reached[fragment] {
        reached[fragment] = true
        pending.append(fragment)
      }
    }
    for operation in graph.operations { reach(operation.spreads) }
    while let fragment = pending.popLast() { reach(graph.fragments[fragment].spreads) }
    for index in graph.fragments.indices {
      let fragment = graph.fragments[index]
      // Of two fragments with one name, which another rule reports, neither is unused.
      let spread = graph.fragmentIndices[fragment.name] ?? index
      if reached[index] || reached[spread] { continue }
      context.report(
        "NoUnusedFragments", "Fragment \"\(fragment.name)\" is never used.", [fragment.range])
    }
  }
}
