// Rule: fragments do not spread themselves, directly or through others (section 5.5.2.2).

import GraphQLSyntax

/// The most spreads of one cycle that an error shows.
private let spreadsMax = 100

/// A depth-first search that keeps its path on a list: a chain of fragments may be as long as the
/// document.
struct NoFragmentCycles {
  private struct Step {
    var fragment: Int
    var spreads: [FragmentSpread]
    var nextSpread = 0
  }

  private let graph: SelectionGraph
  private let definitions: [FragmentDefinition]
  private var isVisited: [Bool]
  private var path: [Step] = []
  /// The spread by which each step of the path after the first was reached, and the one at hand.
  private var spreadPath: [FragmentSpread] = []
  private var pathIndices: [Int: Int] = [:]

  static func check(
    _ graph: SelectionGraph, _ definitions: [FragmentDefinition],
    _ context: inout ValidationContext
  ) {
    if graph.fragments.allSatisfy({ $0.spreads.isEmpty }) { return }
    var search = NoFragmentCycles(graph, definitions)
    for definition in definitions {
      guard let fragment = graph.fragmentIndices[definition.name.value],
        !search.isVisited[fragment]
      else { continue }
      search.run(from: fragment, definition, &context)
      if context.isFull { return }
    }
  }

  private init(_ graph: SelectionGraph, _ definitions: [FragmentDefinition]) {
    self.graph = graph
    self.definitions = definitions
    isVisited = Array(repeating: false, count: definitions.count)
  }

  private mutating func run(
    from fragment: Int, _ definition: FragmentDefinition, _ context: inout ValidationContext
  ) {
    enter(fragment, definition)
    while let last = path.indices.last {
      guard path[last].nextSpread < path[last].spreads.count else {
        pathIndices[path[last].fragment] = nil
        path.removeLast()
        _ = spreadPath.popLast()
        continue
      }
      let spread = path[last].spreads[path[last].nextSpread]
      path[last].nextSpread += 1
      guard let target = graph.fragmentIndices[spread.name.value] else { continue }
      if let cycleStart = pathIndices[target] {
        report(spread, from: cycleStart, &context)
      } else if !isVisited[target] {
        spreadPath.append(spread)
        enter(target, definitions[target])
      }
    }
  }

  private mutating func enter(_ fragment: Int, _ definition: FragmentDefinition) {
    isVisited[fragment] = true
    pathIndices[fragment] = path.count
    path.append(Step(fragment: fragment, spreads: spreads(in: definition.selectionSet)))
  }

  private func report(
    _ spread: FragmentSpread, from start: Int, _ context: inout ValidationContext
  ) {
    let cycle = spreadPath[start...] + [spread]
    // A cycle as long as the document would make the errors grow with its square.
    let shown = cycle.prefix(spreadsMax)
    let via = shown.prefix(cycle.count - 1).map { "\"\($0.name.value)\"" }.joined(separator: ", ")
    context.report(
      "NoFragmentCycles",
      "Cannot spread fragment \"\(spread.name.value)\" within itself"
        + (via.isEmpty ? "." : " via \(via)."), shown.map(\.range))
  }

  /// The spreads of a fragment, those of one selection set together and of later sets first, which
  /// is the order in which the reference implementation follows them.
  private func spreads(in selectionSet: SelectionSet) -> [FragmentSpread] {
    var spreads: [FragmentSpread] = []
    var pending = [selectionSet]
    while let set = pending.popLast() {
      for selection in set.selections {
        switch selection {
        case .field(let field):
          if let selectionSet = field.selectionSet { pending.append(selectionSet) }
        case .fragmentSpread(let spread): spreads.append(spread)
        case .inlineFragment(let fragment): pending.append(fragment.selectionSet)
        }
      }
    }
    return spreads
  }
}
