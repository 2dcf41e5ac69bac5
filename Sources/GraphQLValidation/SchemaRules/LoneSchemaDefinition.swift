// Rule: a document has at most one schema definition, and one that extends a schema has none
// (section 3.3).

import GraphQLSyntax
import GraphQLTypes

enum LoneSchemaDefinition {
  static func check(_ context: inout SchemaRuleContext) {
    let isDefined =
      context.base.map { $0.definitionLocation != nil || !$0.rootOperationTypes.isEmpty } ?? false
    var count = 0
    for item in context.definitions {
      guard case .schema(let schema) = item.definition else { continue }
      let location = item.location(schema.range)
      if isDefined {
        context.report(
          "LoneSchemaDefinition", "Cannot define a new schema within a schema extension.",
          [location])
      } else if count > 0 {
        context.report(
          "LoneSchemaDefinition", "Must provide only one schema definition.", [location])
      }
      count += 1
    }
  }
}
