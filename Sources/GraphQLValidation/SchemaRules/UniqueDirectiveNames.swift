// Rule: every directive has a name of its own (section 3.13).

import GraphQLSyntax
import GraphQLTypes

enum UniqueDirectiveNames {
  static func check(_ context: inout SchemaRuleContext) {
    var known: [String: SchemaLocation] = [:]
    for item in context.definitions {
      guard case .directive(let directive) = item.definition else { continue }
      let name = directive.name.value
      let location = item.location(directive.name)
      if context.base?.directive(named: name) != nil {
        context.report(
          "UniqueDirectiveNames",
          "Directive \"@\(name)\" already exists in the schema. It cannot be redefined.",
          [location])
      } else if let first = known[name] {
        context.report(
          "UniqueDirectiveNames", "There can be only one directive named \"@\(name)\".",
          [first, location])
      } else {
        known[name] = location
      }
    }
  }
}
