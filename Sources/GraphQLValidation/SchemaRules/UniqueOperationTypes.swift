// Rule: a schema names each root operation type at most once (section 3.3.1).

import GraphQLSyntax
import GraphQLTypes

enum UniqueOperationTypes {
  static func check(_ context: inout SchemaRuleContext) {
    var known: [OperationType: SchemaLocation] = [:]
    for item in context.definitions {
      guard let schema = schemaDefinition(item.definition) else { continue }
      for operation in schema.operationTypes {
        let name = operation.operationType.rawValue
        let location = item.location(operation.range)
        if context.base?.rootOperationTypes
          .contains(where: { $0.operationType == operation.operationType }) == true
        {
          context.report(
            "UniqueOperationTypes",
            "Type for \(name) already defined in the schema. It cannot be redefined.", [location])
        } else if let first = known[operation.operationType] {
          context.report(
            "UniqueOperationTypes", "There can be only one \(name) type in schema.",
            [first, location])
        } else {
          known[operation.operationType] = location
        }
      }
    }
  }
}

/// A schema's definition or extension.
func schemaDefinition(_ definition: Definition) -> SchemaDefinition? {
  switch definition {
  case .schema(let schema), .schemaExtension(let schema): schema
  case .operation, .fragment, .type, .typeExtension, .directive: nil
  }
}

/// A type's definition or extension.
func typeDefinition(_ definition: Definition) -> TypeDefinition? {
  switch definition {
  case .type(let type), .typeExtension(let type): type
  case .operation, .fragment, .schema, .schemaExtension, .directive: nil
  }
}
