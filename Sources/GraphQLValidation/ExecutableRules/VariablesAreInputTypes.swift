// Rule: a variable's type is a scalar, an enum or an input object (section 5.8.2).

import GraphQLSyntax
import GraphQLTypes

enum VariablesAreInputTypes {
  static func check(
    _ definition: VariableDefinition, _ type: TypeID, _ context: inout ValidationContext
  ) {
    if type.isInput { return }
    context.report(
      "VariablesAreInputTypes",
      "Variable \"$\(definition.variable.value)\" cannot be non-input type "
        + "\"\(print(definition.type))\".", [definition.type.range])
  }
}
