// Rule: what the specification defines stays as it defines it. Its scalars have no @specifiedBy
// (sections 3.5 and 3.13.5), and the types of introspection are not extended (section 4.2).

import GraphQLSyntax
import GraphQLTypes

enum BuiltInTypeExtensions {
  static func check(_ context: inout SchemaRuleContext) {
    for item in context.definitions {
      guard case .typeExtension(let type) = item.definition,
        let known = context.schema.type(named: type.name.value), known.head.isBuiltIn
      else { continue }
      guard case .scalar(let scalar) = type else {
        context.report(
          "Type \"\(type.name.value)\" is defined by the specification. It cannot be extended.",
          [item.location(type.name.range)])
        continue
      }
      for directive in scalar.directives where directive.name.value == "specifiedBy" {
        context.report(
          "Directive \"@specifiedBy\" must not be provided for the built-in scalar "
            + "\(type.name.value).", [item.location(directive.range)])
      }
    }
  }
}
