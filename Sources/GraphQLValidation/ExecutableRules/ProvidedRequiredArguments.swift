// Rule: every non-null argument without a default value is given (section 5.4.3).

import GraphQLSyntax
import GraphQLTypes

enum ProvidedRequiredArguments {
  static func check(
    _ field: Field, _ definition: SchemaField, _ context: inout ValidationContext
  ) {
    for argument in missing(field.arguments, definition.arguments) {
      context.report(
        "ProvidedRequiredArguments",
        "Field \"\(field.name.value)\" argument \"\(argument.name)\" of type \"\(argument.type)\" "
          + "is required, but it was not provided.", [field.range])
    }
  }

  static func check(
    _ directive: Directive, _ definition: SchemaDirective,
    _ context: inout ValidationContext
  ) {
    for argument in missing(directive.arguments, definition.arguments) {
      context.report(
        "ProvidedRequiredArguments",
        "Directive \"@\(directive.name.value)\" argument \"\(argument.name)\" of type "
          + "\"\(argument.type)\" is required, but it was not provided.", [directive.range])
    }
  }

  private static func missing(
    _ given: [Argument], _ definitions: [SchemaInputValue]
  ) -> [SchemaInputValue] {
    if definitions.isEmpty { return [] }
    return definitions.filter { definition in
      definition.isRequired && !given.contains { $0.name.value == definition.name }
    }
  }
}
