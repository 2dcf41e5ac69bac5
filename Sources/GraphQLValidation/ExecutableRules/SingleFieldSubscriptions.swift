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
    if collected.groups.isEmpty, collected.isLeftOutAlone {
      context.report(
        "SingleFieldSubscriptions",
        "\(subject) must select one top level field, but selects none.",
        collected.leftOut)
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
  /// The fragments that never apply to the root, though nothing but this rule refuses them: each
  /// stands in an abstract type with which its own has other objects in common.
  private(set) var leftOut: [SourceRange] = []
  /// Whether another rule refuses a fragment that adds nothing: then it says why there is no field.
  private var isRefusedElsewhere = false

  var isLeftOutAlone: Bool { !leftOut.isEmpty && !isRefusedElsewhere }

  init(_ root: ObjectType, _ fragments: [String: FragmentDefinition]) {
    self.root = root
    self.fragments = fragments
  }

  mutating func collect(_ selectionSet: SelectionSet, _ context: inout ValidationContext) {
    var pending = [(rest: selectionSet.selections[...], parent: root.head.id)]
    while let (selections, parent) = pending.popLast() {
      var rest = selections
      guard let selection = rest.popFirst() else { continue }
      pending.append((rest, parent))
      if !context.spend(1) { return }
      if isConditional(selection.directives) { continue }
      if let (inner, type) = enter(selection, in: parent, context.schema) {
        pending.append((inner.selections[...], type))
      }
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

  /// Keeps a field; answers the selections of a fragment that applies to the root type, and the
  /// type they are made on.
  private mutating func enter(
    _ selection: Selection, in parent: TypeID, _ schema: Schema
  ) -> (SelectionSet, TypeID)? {
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
      guard let condition = fragment.typeCondition else { return (fragment.selectionSet, parent) }
      return type(condition, in: parent, fragment.range, schema).map { (fragment.selectionSet, $0) }
    case .fragmentSpread(let spread):
      guard visited.insert(spread.name.value).inserted else { return nil }
      guard let fragment = fragments[spread.name.value] else {
        isRefusedElsewhere = true
        return nil
      }
      return type(fragment.typeCondition, in: parent, spread.range, schema).map {
        (fragment.selectionSet, $0)
      }
    }
  }

  /// A fragment's type, where it applies to the root.
  private mutating func type(
    _ condition: NamedTypeReference, in parent: TypeID, _ range: SourceRange, _ schema: Schema
  ) -> TypeID? {
    let id = schema.type(named: condition.name.value)?.id
    if let id, schema.applies(id, to: root) { return id }
    if let id, id.isComposite, schema.typesOverlap(id, parent) {
      leftOut.append(range)
    } else {
      isRefusedElsewhere = true
    }
    return nil
  }
}
