// Rule: a directive that is not repeatable is applied once to a type, or to the schema, whether by
// the definition or by an extension (section 5.7.3).

import GraphQLSyntax
import GraphQLTypes

struct UniqueDirectivesInSchema {
  /// Where each was applied first, by what it is applied to.
  private var applied: [String: [String: SchemaLocation]] = [:]

  /// - Parameters:
  ///   - owner: the type's name; empty for the schema.
  ///   - existing: what the schema that is extended applies to it.
  mutating func check(
    _ directives: [Directive], of owner: String, _ existing: [Directive],
    _ item: SourcedDefinition, _ context: inout SchemaRuleContext
  ) {
    for directive in directives {
      let name = directive.name.value
      guard let definition = context.schema.directive(named: name), !definition.isRepeatable
      else { continue }
      let location = item.location(directive.range)
      let first = applied[owner]?[name]
      if first == nil, !existing.contains(where: { $0.name.value == name }) {
        applied[owner, default: [:]][name] = location
        continue
      }
      context.report(
        "UniqueDirectivesPerLocation",
        "The directive \"@\(name)\" can only be used once at this location.",
        (first.map { [$0] } ?? []) + [location])
    }
  }
}
