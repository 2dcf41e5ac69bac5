// Rule: every named operation has a name of its own (section 5.2.2.1).

import GraphQLSyntax

enum UniqueOperationNames {
  static func check(_ operations: [OperationDefinition], _ context: inout ValidationContext) {
    if operations.count < 2 { return }
    var known: [String: Name] = [:]
    for case let name? in operations.map(\.name) {
      if let first = known[name.value] {
        context.report(
          "UniqueOperationNames", "There can be only one operation named \"\(name.value)\".",
          [first.range, name.range])
      } else {
        known[name.value] = name
      }
    }
  }
}
