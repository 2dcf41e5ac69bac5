// Rule: an enum has one or more values, with names that are not introspection's (section 3.9).

import GraphQLSyntax
import GraphQLTypes

enum Enums {
  static func check(_ type: EnumType, _ context: inout SchemaRuleContext) {
    if type.values.isEmpty {
      context.report(
        "Enum type \(type.name) must define one or more values.", type.head.locations)
    }
    for value in type.values { ReservedNames.check(value.name, value.location, &context) }
  }
}
