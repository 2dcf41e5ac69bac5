// Rule: an input object has one or more fields, as InputValues asks; those of a OneOf are nullable
// and have no default value (section 3.10).

import GraphQLSyntax
import GraphQLTypes

enum InputObjects {
  static func check(_ type: InputObjectType, _ context: inout SchemaRuleContext) {
    if type.fields.isEmpty {
      context.report(
        "Input Object type \(type.name) must define one or more fields.", type.head.locations)
    }
    for field in type.fields {
      let path = "\(type.name).\(field.name)"
      InputValues.check(field, "input field", path, typeAt: field.typeLocation, &context)
      guard type.isOneOf else { continue }
      if field.type.isNonNull {
        context.report("OneOf input field \(path) must be nullable.", [field.typeLocation])
      }
      if field.defaultValue != nil {
        context.report(
          "OneOf input field \(path) cannot have a default value.", [field.location])
      }
    }
  }
}
