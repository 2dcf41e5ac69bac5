// What validation makes and execution starts from: documents and operations that broke no rule.

package import GraphQLSyntax
package import GraphQLTypes

/// A document that is valid against its schema. Only `validate` makes one.
package struct ValidDocument: Sendable {
  package let document: Document
  package let schema: Schema
  /// In source order; at least one.
  package let operations: [OperationDefinition]
  package let fragments: [String: FragmentDefinition]

  init(
    _ document: Document, _ schema: Schema, _ operations: [OperationDefinition],
    _ fragments: [String: FragmentDefinition]
  ) {
    self.document = document
    self.schema = schema
    self.operations = operations
    self.fragments = fragments
  }

  /// `GetOperation(document, operationName)` (section 6.1).
  package func operation(
    named name: String?
  ) throws(OperationSelectionError) -> ValidOperation {
    if let name {
      guard let operation = operations.first(where: { $0.name?.value == name }) else {
        throw .unknownOperation(name)
      }
      return try valid(operation)
    }
    guard let first = operations.first else { throw .noOperation }
    if operations.count > 1 { throw .ambiguousOperation }
    return try valid(first)
  }

  private func valid(
    _ operation: OperationDefinition
  ) throws(OperationSelectionError) -> ValidOperation {
    guard let root = schema.rootType(for: operation.operationType) else { throw .noOperation }
    return ValidOperation(self, operation, root)
  }
}

/// Why a request's `operationName` selects no operation of its document.
package enum OperationSelectionError: Error, Sendable, Hashable {
  case noOperation
  case unknownOperation(String)
  /// More than one operation, and no name.
  case ambiguousOperation

  /// In the reference implementation's words.
  package var message: String {
    switch self {
    case .noOperation: "Must provide an operation."
    case .unknownOperation(let name): "Unknown operation named \"\(name)\"."
    case .ambiguousOperation:
      "Must provide operation name if query contains multiple operations."
    }
  }
}

/// One operation of a valid document, with all that a plan is made from. Only `ValidDocument` makes
/// one.
package final class ValidOperation: Sendable {
  /// A variable with its type resolved.
  package struct Variable: Sendable {
    package let name: String
    package let type: SchemaType
    package let definition: VariableDefinition
  }

  package let schema: Schema
  package let operation: OperationDefinition
  /// The object type whose fields the operation selects.
  package let rootType: ObjectType
  package let fragments: [String: FragmentDefinition]
  /// In the order of their definitions.
  package let variables: [Variable]
  /// The text the operation's ranges point into.
  package let source: Source

  package var operationType: OperationType { operation.operationType }
  package var selectionSet: SelectionSet { operation.selectionSet }
  /// Nil for an anonymous operation.
  package var name: String? { operation.name?.value }

  init(_ document: ValidDocument, _ operation: OperationDefinition, _ rootType: ObjectType) {
    schema = document.schema
    self.operation = operation
    self.rootType = rootType
    fragments = document.fragments
    source = document.document.source
    variables = operation.variableDefinitions.compactMap { definition in
      document.schema.type(definition.type).map { type in
        Variable(name: definition.variable.value, type: type, definition: definition)
      }
    }
  }
}
