// Rule: an introspection query does not nest the lists of fields, interfaces, possible types and
// input fields deeper than the limit, since each level multiplies the answer. It is no rule of the
// specification; the reference implementation recommends it.

import GraphQLSyntax

enum MaxIntrospectionDepth {
  /// Called for `__schema` and `__type` where they are met.
  static func check(
    _ root: Field, _ fragments: [String: FragmentDefinition], _ context: inout ValidationContext
  ) {
    guard let depthMax = context.limits.introspectionDepthMax, let selectionSet = root.selectionSet
    else { return }
    var pending: [(set: SelectionSet, depth: Int)] = [(selectionSet, 0)]
    // The greatest depth at which each fragment was entered; only a greater one can tell more.
    var entered: [String: Int] = [:]
    while let (set, depth) = pending.popLast() {
      if !context.spend(set.selections.count) { return }
      for selection in set.selections {
        switch selection {
        case .field(let field):
          let depth = isMultiplying(field.name.value) ? depth + 1 : depth
          if depth >= depthMax {
            context.report(
              "MaxIntrospectionDepth", "Maximum introspection depth exceeded", [root.range],
              limit: .introspectionDepthMax)
            return
          }
          if let inner = field.selectionSet { pending.append((inner, depth)) }
        case .inlineFragment(let fragment):
          pending.append((fragment.selectionSet, depth))
        case .fragmentSpread(let spread):
          let name = spread.name.value
          guard entered[name] ?? -1 < depth, let fragment = fragments[name] else { continue }
          entered[name] = depth
          pending.append((fragment.selectionSet, depth))
        }
      }
    }
  }

  private static func isMultiplying(_ name: String) -> Bool {
    switch name {
    case "fields", "interfaces", "possibleTypes", "inputFields": true
    default: false
    }
  }
}
