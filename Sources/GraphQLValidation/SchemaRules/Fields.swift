// Rule: an object or interface has one or more fields, of output types and with arguments as
// InputValues asks (sections 3.6 and 3.7).

import GraphQLSyntax
import GraphQLTypes

enum Fields {
  static func check(_ type: NamedType, _ context: inout SchemaRuleContext) {
    if type.fields.isEmpty {
      context.report("Type \(type.name) must define one or more fields.", type.head.locations)
    }
    for field in type.fields {
      ReservedNames.check(field.name, field.location, &context)
      if !field.type.isOutput {
        context.report(
          "The type of \(type.name).\(field.name) must be Output Type but got: \(field.type).",
          [field.typeLocation])
      }
      for argument in field.arguments {
        InputValues.check(
          argument, "argument", "\(type.name).\(field.name)(\(argument.name):)",
          typeAt: argument.typeLocation, &context)
      }
    }
  }
}
