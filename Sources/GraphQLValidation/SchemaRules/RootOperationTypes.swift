// Rule: there is a query root type, and the root types are object types that differ from each other
// (section 3.3.1).

import GraphQLSyntax
import GraphQLTypes

enum RootOperationTypes {
  static func check(_ context: inout SchemaRuleContext) {
    let schema = context.schema
    let roots = schema.rootOperationTypes
    if !roots.contains(where: { $0.operationType == .query }) {
      context.report(
        "Query root type must be provided.", schema.definitionLocation.map { [$0] } ?? [])
    }
    for root in roots where root.type.kind != .object {
      let name =
        switch root.operationType {
        case .query: "Query root type must be Object type"
        case .mutation: "Mutation root type must be Object type if provided"
        case .subscription: "Subscription root type must be Object type if provided"
        }
      let location = root.location ?? schema[root.type].head.locations.first
      context.report("\(name), it cannot be \(root.type).", location.map { [$0] } ?? [])
    }
    var shared: [TypeID] = []
    for root in roots where root.type.kind == .object && !shared.contains(root.type) {
      shared.append(root.type)
      let same = OperationType.allCases.flatMap { operationType in
        roots.filter { $0.operationType == operationType && $0.type == root.type }
      }
      if same.count < 2 { continue }
      context.report(
        "All root types must be different, \"\(root.type)\" type is used as "
          + "\(andList(same.map(\.operationType.rawValue))) root types.",
        same.compactMap(\.location))
    }
  }
}

private func andList(_ words: [String]) -> String {
  switch words.count {
  case 0, 1: words.first ?? ""
  case 2: "\(words[0]) and \(words[1])"
  default: words.dropLast().joined(separator: ", ") + ", and \(words[words.count - 1])"
  }
}
