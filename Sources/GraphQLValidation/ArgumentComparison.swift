// Two fields come in, whether their arguments differ leaves. Each list of arguments is brought into
// one form once, however many fields it is compared with, so that long arguments cost their length
// and no more. Source: GraphQL specification, September 2025, section 5.3.2.

import GraphQLSyntax

struct ArgumentComparison {
  private let lists: [[Argument]]
  /// For each list a number that equal lists share; -1 before it was asked for.
  private var numbers: [Int32]
  private var numbersByText: [String: Int32] = [:]

  init(_ graph: SelectionGraph) {
    lists = graph.argumentLists
    numbers = Array(repeating: -1, count: lists.count)
  }

  /// Whether the fields do not have identical sets of arguments.
  mutating func differ(
    _ first: SelectionGraph.FieldNode, _ second: SelectionGraph.FieldNode
  ) -> Bool {
    if first.arguments == second.arguments { return false }
    if first.arguments < 0 || second.arguments < 0 { return true }
    return number(of: Int(first.arguments)) != number(of: Int(second.arguments))
  }

  private mutating func number(of list: Int) -> Int32 {
    if numbers[list] >= 0 { return numbers[list] }
    let text = argumentsText(lists[list])
    let number = numbersByText[text] ?? Int32(truncatingIfNeeded: numbersByText.count)
    numbersByText[text] = number
    numbers[list] = number
    return number
  }
}

/// The arguments in one order, whatever the order they were written in, and so the fields of
/// objects in them.
private func argumentsText(_ arguments: [Argument]) -> String {
  arguments.map { "\($0.name.value): \(canonicalText($0.value))" }.sorted().joined(separator: ", ")
}

private func canonicalText(_ value: Value) -> String {
  switch value {
  case .object(let fields, _):
    let items = fields.map { "\($0.name.value): \(canonicalText($0.value))" }.sorted()
    return "{" + items.joined(separator: ", ") + "}"
  case .list(let values, _):
    return "[" + values.map(canonicalText).joined(separator: ", ") + "]"
  case .variable, .int, .float, .string, .boolean, .null, .enum:
    return print(value)
  }
}
