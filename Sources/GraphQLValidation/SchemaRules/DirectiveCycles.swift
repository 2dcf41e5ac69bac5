// Rule: the definition of a directive does not use the directive itself, be it on one of its
// arguments or within the types of these (section 3.13).

import GraphQLSyntax
import GraphQLTypes

/// Directives and types, with what their definitions use; a directive that belongs to a strongly
/// connected component with others, or that uses itself, is on a cycle (Tarjan's algorithm, its
/// recursion on a list).
struct DirectiveCycles {
  private struct Step {
    let node: Int
    let uses: [Int]
    var nextIndex = 0
  }

  private let schema: Schema
  private let directiveIndexes: [String: Int]
  /// For each node, in the order of their discovery from 1; 0 for one that was not met.
  private var order: [Int]
  private var lowest: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var steps: [Step] = []
  private var met = 0
  private var isCyclic: [Bool]

  static func check(_ context: inout SchemaRuleContext) {
    let directives = context.schema.directives
    var search = DirectiveCycles(context.schema)
    for (index, directive) in directives.enumerated() where !directive.isBuiltIn {
      search.run(from: index)
    }
    for (index, directive) in directives.enumerated() where search.isCyclic[index] {
      context.report(
        "Directive @\(directive.name) cannot be used within its own definition.",
        [directive.location])
    }
  }

  private init(_ schema: Schema) {
    self.schema = schema
    directiveIndexes = Dictionary(
      schema.directives.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let count = schema.directives.count + schema.types.count
    order = Array(repeating: 0, count: count)
    lowest = Array(repeating: 0, count: count)
    isOpen = Array(repeating: false, count: count)
    isCyclic = Array(repeating: false, count: count)
  }

  private mutating func run(from node: Int) {
    if order[node] > 0 { return }
    enter(node)
    while let last = steps.indices.last {
      let node = steps[last].node
      guard steps[last].nextIndex < steps[last].uses.count else {
        leave(node)
        continue
      }
      let used = steps[last].uses[steps[last].nextIndex]
      steps[last].nextIndex += 1
      if used == node { isCyclic[node] = true }
      if order[used] == 0 {
        enter(used)
      } else if isOpen[used] {
        lowest[node] = min(lowest[node], order[used])
      }
    }
  }

  private mutating func enter(_ node: Int) {
    met += 1
    order[node] = met
    lowest[node] = met
    isOpen[node] = true
    open.append(node)
    steps.append(Step(node: node, uses: uses(of: node)))
  }

  private mutating func leave(_ node: Int) {
    steps.removeLast()
    if let parent = steps.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
    guard lowest[node] == order[node] else { return }
    let isAlone = open.last == node
    while let member = open.popLast() {
      isOpen[member] = false
      if !isAlone { isCyclic[member] = true }
      if member == node { break }
    }
  }

  // MARK: What a definition uses

  /// Directives come first among the nodes, types behind them.
  private func uses(of node: Int) -> [Int] {
    if node < schema.directives.count { return uses(of: schema.directives[node].arguments) }
    let type = schema.types[node - schema.directives.count]
    let applied = uses(of: type.head.directives)
    switch type {
    case .inputObject(let type): return applied + uses(of: type.fields)
    case .enum(let type): return applied + type.values.flatMap { uses(of: $0.directives) }
    case .scalar, .object, .interface, .union: return applied
    }
  }

  private func uses(of values: [SchemaInputValue]) -> [Int] {
    values.flatMap { value in
      uses(of: value.directives) + [schema.directives.count + value.type.namedType.index]
    }
  }

  private func uses(of directives: [Directive]) -> [Int] {
    directives.compactMap { directiveIndexes[$0.name.value] }
  }
}
