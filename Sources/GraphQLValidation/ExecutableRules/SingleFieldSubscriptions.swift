// Rule: a subscription selects exactly one root field, which is no introspection field and stands
// under no @skip and no @include (section 5.2.4.1).

import GraphQLSyntax
import GraphQLTypes

enum SingleFieldSubscriptions {
  static func check(
    _ operation: OperationDefinition, _ root: ObjectType,
    _ fragments: [String: FragmentDefinition], _ context: inout ValidationContext
  ) {
    var collected = CollectedSubscriptionFields(root, fragments)
    collected.collect(operation.selectionSet, &context)
    let subject = operation.name.map { "Subscription \"\($0.value)\"" } ?? "Anonymous Subscription"
    if !collected.conditions.isEmpty {
      context.report(
        "SingleFieldSubscriptions",
        "\(subject) must not use `@skip` or `@include` directives in the top level selection.",
        collected.conditions.map(\.range))
      return
    }
    if collected.groups.count > 1 {
      context.report(
        "SingleFieldSubscriptions", "\(subject) must select only one top level field.",
        collected.groups.dropFirst().flatMap { $0.fields.map(\.range) })
    }
    for group in collected.groups where group.fields[0].name.value.hasPrefix("__") {
      context.report(
        "SingleFieldSubscriptions",
        "\(subject) must not select an introspection top level field.",
        group.fields.map(\.range))
    }
  }
}

/// `CollectSubscriptionFields` (section 5.2.4.1), with a list in place of the recursion.
private struct CollectedSubscriptionFields {
  private let root: ObjectType
  private let fragments: [String: FragmentDefinition]
  private var visited: Set<String> = []
  private(set) var groups: [(responseName: String, fields: [Field])] = []
  private var groupIndices: [String: Int] = [:]
  /// Every @skip and @include met on the way.
  private(set) var conditions: [Directive] = []

  init(_ root: ObjectType, _ fragments: [String: FragmentDefinition]) {
    self.root = root
    self.fragments = fragments
  }

  mutating func collect(_ selectionSet: SelectionSet, _ context: inout ValidationContext) {
    var pending: [ArraySlice<Selection>] = [selectionSet.selections[...]]
    while var rest = pending.popLast() {
      guard let selection = rest.popFirst() else { continue }
      pending.append(rest)
      if !context.spend(1) { return }
      if isConditional(selection.directives) { continue }
      if let inner = enter(selection, context.schema) { pending.append(inner.selections[...]) }
    }
  }

  private mutating func isConditional(_ directives: [Directive]) -> Bool {
    guard
      let condition = directives.first(where: { $0.name.value == "skip" })
        ?? directives.first(where: { $0.name.value == "include" })
    else { return false }
    conditions.append(condition)
    return true
  }

  /// Keeps a field; answers the selections of a fragment that applies to the root type.
  private mutating func enter(_ selection: Selection, _ schema: Schema) -> SelectionSet? {
    switch selection {
    case .field(let field):
      if let index = groupIndices[field.responseName] {
        groups[index].fields.append(field)
      } else {
        groupIndices[field.responseName] = groups.count
        groups.append((field.responseName, [field]))
      }
      return nil
    case .inlineFragment(let fragment):
      return applies(fragment.typeCondition, schema) ? fragment.selectionSet : nil
    case .fragmentSpread(let spread):
      guard visited.insert(spread.name.value).inserted,
        let fragment = fragments[spread.name.value], applies(fragment.typeCondition, schema)
      else { return nil }
      return fragment.selectionSet
    }
  }

  private func applies(_ condition: NamedTypeReference?, _ schema: Schema) -> Bool {
    guard let condition else { return true }
    return schema.applies(condition.name.value, to: root)
  }
}
