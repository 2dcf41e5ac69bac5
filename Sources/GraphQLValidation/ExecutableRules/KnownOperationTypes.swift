// Rule: the schema has a root type for the operation's type (section 5.2.1.1).

import GraphQLSyntax

enum KnownOperationTypes {
  static func check(
    _ operation: OperationDefinition, hasRootType: Bool, _ context: inout ValidationContext
  ) {
    if hasRootType { return }
    context.report(
      "KnownOperationTypes",
      "The \(operation.operationType.rawValue) operation is not supported by the schema.",
      [operation.range])
  }
}
