// Rules: a directive is defined by the schema and stands where it may (sections 5.7.1, 5.7.2).

import GraphQLSyntax
import GraphQLTypes

enum KnownDirectives {
  /// The directive's definition, or nil after the directive was reported as unknown.
  static func check(
    _ directive: Directive, at location: DirectiveLocation, _ context: inout ValidationContext
  ) -> SchemaDirective? {
    let name = directive.name.value
    guard let definition = context.schema.directive(named: name) else {
      context.report("KnownDirectives", "Unknown directive \"@\(name)\".", [directive.range])
      return nil
    }
    if !definition.locations.contains(location) {
      context.report(
        "KnownDirectives", "Directive \"@\(name)\" may not be used on \(location.rawValue).",
        [directive.range])
    }
    return definition
  }
}
