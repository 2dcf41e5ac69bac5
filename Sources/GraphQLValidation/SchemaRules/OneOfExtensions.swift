// Rule: an input object becomes a OneOf by its definition, never by an extension (section 3.10.3).

import GraphQLSyntax
import GraphQLTypes

enum OneOfExtensions {
  static func check(_ context: inout SchemaRuleContext) {
    for item in context.definitions {
      guard case .typeExtension(.inputObject(let type)) = item.definition else { continue }
      for directive in type.directives where directive.name.value == "oneOf" {
        context.report(
          "Directive \"@oneOf\" must not be provided by an extension of Input Object "
            + "\(type.name.value).", [item.location(directive.range)])
      }
    }
  }
}
