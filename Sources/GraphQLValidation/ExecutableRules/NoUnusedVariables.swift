// Rule: every variable that an operation defines is used by it or its fragments (section 5.8.4).

import GraphQLSyntax

enum NoUnusedVariables {
  static func report(
    _ definition: VariableDefinition, of operation: OperationDefinition,
    _ context: inout ValidationContext
  ) {
    let place = operation.name.map { " in operation \"\($0.value)\"" } ?? ""
    context.report(
      "NoUnusedVariables",
      "Variable \"$\(definition.variable.value)\" is never used\(place).", [definition.range])
  }
}
