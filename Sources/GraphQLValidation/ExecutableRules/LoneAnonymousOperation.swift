// Rule: an operation without a name is the only operation (section 5.2.3.1).

import GraphQLSyntax

enum LoneAnonymousOperation {
  static func check(_ operations: [OperationDefinition], _ context: inout ValidationContext) {
    if operations.count < 2 { return }
    for operation in operations where operation.name == nil {
      context.report(
        "LoneAnonymousOperation", "This anonymous operation must be the only defined operation.",
        [operation.range])
    }
  }
}
