// Rule: every variable of an operation has a name of its own (section 5.8.1).

import GraphQLSyntax

enum UniqueVariableNames {
  static func check(_ operation: OperationDefinition, _ context: inout ValidationContext) {
    for group in duplicates(operation.variableDefinitions, by: { $0.variable.value }) {
      context.report(
        "UniqueVariableNames",
        "There can be only one variable named \"$\(group[0].variable.value)\".",
        group.map(\.variable.range))
    }
  }
}
