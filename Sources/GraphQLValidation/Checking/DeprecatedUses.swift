// A document and its schema come in; each use of a field, argument, input field or enum value that
// the schema marks as deprecated leaves, with the reason (section 3.13.3). What the schema does not
// know is passed over: validation tells of it.

import GraphQLSyntax
import GraphQLTypes

/// The uses in the order of the text.
func deprecatedUses(in document: Document, _ schema: Schema) -> [ValidationError] {
  var walk = DeprecatedUseWalk(schema)
  for definition in document.definitions {
    switch definition {
    case .operation(let operation): walk.visit(operation)
    case .fragment(let fragment): walk.visit(fragment)
    case .schema, .schemaExtension, .type, .typeExtension, .directive: continue
    }
  }
  return walk.uses
}

private struct DeprecatedUseWalk {
  private let schema: Schema
  private(set) var uses: [ValidationError] = []

  init(_ schema: Schema) {
    self.schema = schema
  }

  private mutating func report(_ what: String, _ reason: String, _ range: SourceRange) {
    uses.append(
      ValidationError(
        rule: "NoDeprecated", message: "\(what) is deprecated. \(reason)", locations: [range]))
  }

  // MARK: Definitions

  mutating func visit(_ operation: OperationDefinition) {
    for variable in operation.variableDefinitions {
      if let literal = variable.defaultValue, let type = schema.type(variable.type) {
        visit(literal, type)
      }
      visit(variable.directives)
    }
    visit(operation.directives)
    visit(operation.selectionSet, schema.rootType(for: operation.operationType).map { .object($0) })
  }

  mutating func visit(_ fragment: FragmentDefinition) {
    visit(fragment.directives)
    visit(fragment.selectionSet, schema.type(named: fragment.typeCondition.name.value))
  }

  // MARK: Selections

  /// `parent` is nil where the type is unknown.
  private mutating func visit(_ selectionSet: SelectionSet, _ parent: NamedType?) {
    for selection in selectionSet.selections {
      switch selection {
      case .field(let field):
        visit(field, parent)
      case .fragmentSpread(let spread):
        visit(spread.directives)
      case .inlineFragment(let fragment):
        visit(fragment.directives)
        let condition = fragment.typeCondition?.name.value
        visit(fragment.selectionSet, condition.map { schema.type(named: $0) } ?? parent)
      }
    }
  }

  private mutating func visit(_ field: Field, _ parent: NamedType?) {
    let definition = parent.flatMap { schema.field(named: field.name.value, on: $0) }
    if let parent, let definition {
      let coordinate = "\(parent.name).\(definition.name)"
      if let reason = definition.deprecationReason {
        report("The field \(coordinate)", reason, field.name.range)
      }
      for argument in field.arguments {
        visit(argument, definition.argument(named: argument.name.value), of: coordinate)
      }
    }
    visit(field.directives)
    if let selectionSet = field.selectionSet {
      visit(selectionSet, definition.map { schema[$0.type.namedType] })
    }
  }

  // MARK: Values

  private mutating func visit(_ directives: [Directive]) {
    for directive in directives {
      guard let definition = schema.directive(named: directive.name.value) else { continue }
      for argument in directive.arguments {
        visit(
          argument, definition.argument(named: argument.name.value), of: "@\(definition.name)")
      }
    }
  }

  private mutating func visit(
    _ argument: Argument, _ definition: SchemaInputValue?, of owner: String
  ) {
    guard let definition else { return }
    if let reason = definition.deprecationReason {
      report("The argument \(owner)(\(definition.name):)", reason, argument.name.range)
    }
    visit(argument.value, definition.type)
  }

  private mutating func visit(_ literal: Value, _ type: SchemaType) {
    switch literal {
    case .enum(let name):
      guard case .enum(let type) = schema[type.namedType],
        let reason = type.value(named: name.value)?.deprecationReason
      else { return }
      report("The enum value \(type.name).\(name.value)", reason, name.range)
    case .list(let items, _):
      guard case .list(let element) = type.nullable else { return }
      for item in items { visit(item, element) }
    case .object(let fields, _):
      guard case .inputObject(let type) = schema[type.namedType] else { return }
      for field in fields {
        guard let definition = type.field(named: field.name.value) else { continue }
        if let reason = definition.deprecationReason {
          report("The input field \(type.name).\(definition.name)", reason, field.name.range)
        }
        visit(field.value, definition.type)
      }
    case .variable, .int, .float, .string, .boolean, .null:
      return
    }
  }
}
