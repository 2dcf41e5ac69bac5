// Rule: a directive that is not repeatable stands at most once at a place (section 5.7.3).

import GraphQLSyntax
import GraphQLTypes

enum UniqueDirectivesPerLocation {
  static func check(_ directives: [Directive], _ context: inout ValidationContext) {
    if directives.count < 2 { return }
    var known: [String: Directive] = [:]
    for directive in directives {
      let name = directive.name.value
      guard let definition = context.schema.directive(named: name), !definition.isRepeatable
      else { continue }
      if let first = known[name] {
        context.report(
          "UniqueDirectivesPerLocation",
          "The directive \"@\(name)\" can only be used once at this location.",
          [first.range, directive.range])
      } else {
        known[name] = directive
      }
    }
  }
}
