// Rule: a field or directive defines each argument once (sections 3.6.1 and 3.13).

import GraphQLSyntax
import GraphQLTypes

enum UniqueArgumentDefinitionNames {
  static func check(_ context: inout SchemaRuleContext) {
    for item in context.definitions {
      switch item.definition {
      case .directive(let directive):
        check(directive.arguments, of: "@\(directive.name.value)", item, &context)
      case .type(let type), .typeExtension(let type):
        for field in type.outputFields {
          check(
            field.arguments, of: "\(type.name.value).\(field.name.value)", item, &context)
        }
      case .operation, .fragment, .schema, .schemaExtension:
        continue
      }
    }
  }

  private static func check(
    _ arguments: [InputValueDefinition], of parent: String, _ item: SourcedDefinition,
    _ context: inout SchemaRuleContext
  ) {
    if arguments.count < 2 { return }
    for group in duplicates(arguments, by: \.name.value) {
      context.report(
        "UniqueArgumentDefinitionNames",
        "Argument \"\(parent)(\(group[0].name.value):)\" can only be defined once.",
        group.map { item.location($0.name) })
    }
  }
}
