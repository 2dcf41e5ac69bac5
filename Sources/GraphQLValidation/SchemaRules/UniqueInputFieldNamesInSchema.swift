// Rule: an input object literal names each field once: in the default values of arguments and input
// fields, and in the arguments of applied directives (section 5.6.3).

import GraphQLSyntax
import GraphQLTypes

enum UniqueInputFieldNamesInSchema {
  static func check(_ context: inout SchemaRuleContext) {
    for item in context.definitions {
      for value in inputValues(item.definition) {
        guard let literal = value.defaultValue else { continue }
        context.ask(in: item.source) { check(literal, &$0) }
      }
    }
  }

  /// Judges a literal and every literal in it.
  static func check(_ literal: Value, _ context: inout ValidationContext) {
    switch literal {
    case .variable, .int, .float, .string, .boolean, .null, .enum: return
    case .list(let values, _):
      for value in values { check(value, &context) }
    case .object(let fields, _):
      UniqueInputFieldNames.check(fields, &context)
      for field in fields { check(field.value, &context) }
    }
  }

  private static func inputValues(_ definition: Definition) -> [InputValueDefinition] {
    switch definition {
    case .directive(let directive): return directive.arguments
    case .type(let type), .typeExtension(let type):
      if case .inputObject(let type) = type { return type.fields }
      return type.outputFields.flatMap(\.arguments)
    case .operation, .fragment, .schema, .schemaExtension: return []
    }
  }
}
