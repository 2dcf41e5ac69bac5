// Rule: every variable used by an operation, also through fragments, is defined (section 5.8.3).

import GraphQLSyntax

enum NoUndefinedVariables {
  static func report(
    _ usage: VariableUsage, in operation: OperationDefinition, _ context: inout ValidationContext
  ) {
    let place = operation.name.map { " by operation \"\($0.value)\"" } ?? ""
    context.report(
      "NoUndefinedVariables", "Variable \"$\(usage.name)\" is not defined\(place).",
      [usage.range, operation.range])
  }
}
