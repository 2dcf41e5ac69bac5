// Rule: a directive and its arguments have names that are not introspection's, and the arguments
// are as InputValues asks (section 3.13). That it does not use itself is told by DirectiveCycles.

import GraphQLSyntax
import GraphQLTypes

enum DirectiveDefinitions {
  static func check(_ directive: SchemaDirective, _ context: inout SchemaRuleContext) {
    ReservedNames.check(directive.name, directive.location, &context)
    for argument in directive.arguments {
      InputValues.check(
        argument, "argument", "@\(directive.name)(\(argument.name):)",
        typeAt: argument.location, &context)
    }
  }
}
