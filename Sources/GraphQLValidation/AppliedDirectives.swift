// The directives that a schema applies are walked here, and judged by the rules of sections 5.4,
// 5.6 and 5.7 that documents to be executed have too: each is defined and stands where it may, once
// unless it is repeatable, and its arguments are known, unique, given where required and of the
// right type.

import GraphQLSyntax
import GraphQLTypes

struct AppliedDirectives {
  /// Of the types and the schema, which extensions add to.
  private var unique = UniqueDirectivesInSchema()

  static func check(_ context: inout SchemaRuleContext) {
    var rules = AppliedDirectives()
    for item in context.definitions { rules.check(item, &context) }
  }

  private mutating func check(_ item: SourcedDefinition, _ context: inout SchemaRuleContext) {
    switch item.definition {
    case .schema(let schema), .schemaExtension(let schema):
      check(schema.directives, at: .schema, item, &context)
      unique.check(
        schema.directives, of: "", context.base?.appliedDirectives ?? [], item, &context)
    case .type(let type), .typeExtension(let type):
      check(type.directives, at: type.kind.directiveLocation, item, &context)
      let existing = context.base?.type(named: type.name.value)?.head.directives
      unique.check(type.directives, of: type.name.value, existing ?? [], item, &context)
      check(elementsOf: type, item, &context)
    case .directive(let directive):
      check(directive.arguments, at: .argumentDefinition, item, &context)
    case .operation(let operation):
      // Not part of a schema; its directives are judged all the same, as they are by others.
      checkElement(operation.directives, at: operation.directiveLocation, item, &context)
      for variable in operation.variableDefinitions {
        checkElement(variable.directives, at: .variableDefinition, item, &context)
      }
      check(operation.selectionSet, item, &context)
    case .fragment(let fragment):
      checkElement(fragment.directives, at: .fragmentDefinition, item, &context)
      check(fragment.selectionSet, item, &context)
    }
  }

  private func check(
    _ selectionSet: SelectionSet, _ item: SourcedDefinition, _ context: inout SchemaRuleContext
  ) {
    for selection in selectionSet.selections {
      switch selection {
      case .field(let field):
        checkElement(field.directives, at: .field, item, &context)
        if let selectionSet = field.selectionSet { check(selectionSet, item, &context) }
      case .fragmentSpread(let spread):
        checkElement(spread.directives, at: .fragmentSpread, item, &context)
      case .inlineFragment(let fragment):
        checkElement(fragment.directives, at: .inlineFragment, item, &context)
        check(fragment.selectionSet, item, &context)
      }
    }
  }

  private func check(
    elementsOf type: TypeDefinition, _ item: SourcedDefinition, _ context: inout SchemaRuleContext
  ) {
    for field in type.outputFields {
      checkElement(field.directives, at: .fieldDefinition, item, &context)
      check(field.arguments, at: .argumentDefinition, item, &context)
    }
    switch type {
    case .enum(let type):
      for value in type.values {
        checkElement(value.directives, at: .enumValue, item, &context)
      }
    case .inputObject(let type):
      check(type.fields, at: .inputFieldDefinition, item, &context)
    case .scalar, .object, .interface, .union:
      return
    }
  }

  private func check(
    _ values: [InputValueDefinition], at location: DirectiveLocation, _ item: SourcedDefinition,
    _ context: inout SchemaRuleContext
  ) {
    for value in values { checkElement(value.directives, at: location, item, &context) }
  }

  /// The directives of what cannot be extended.
  private func checkElement(
    _ directives: [Directive], at location: DirectiveLocation, _ item: SourcedDefinition,
    _ context: inout SchemaRuleContext
  ) {
    if directives.isEmpty { return }
    check(directives, at: location, item, &context)
    context.ask(in: item.source) { UniqueDirectivesPerLocation.check(directives, &$0) }
  }

  private func check(
    _ directives: [Directive], at location: DirectiveLocation, _ item: SourcedDefinition,
    _ context: inout SchemaRuleContext
  ) {
    for directive in directives {
      var definition: SchemaDirective?
      context.ask(in: item.source) {
        definition = KnownDirectives.check(directive, at: location, &$0)
        UniqueArgumentNames.check(directive.arguments, &$0)
        for argument in directive.arguments {
          UniqueInputFieldNamesInSchema.check(argument.value, &$0)
          guard let expected = definition?.argument(named: argument.name.value) else { continue }
          for error in errors(of: argument.value, expected.type, $0.schema) {
            $0.report("ValuesOfCorrectType", error.message, error.ranges)
          }
        }
      }
      guard let definition else { continue }
      context.ask(in: item.source, as: "KnownArgumentNamesOnDirectives") {
        for argument in directive.arguments
        where definition.argument(named: argument.name.value) == nil {
          KnownArgumentNames.report(
            argument, directive: definition.name, definition.arguments, &$0)
        }
      }
      context.ask(in: item.source, as: "ProvidedRequiredArgumentsOnDirectives") {
        ProvidedRequiredArguments.check(directive, definition, &$0)
      }
    }
  }
}

extension NamedTypeKind {
  fileprivate var directiveLocation: DirectiveLocation {
    switch self {
    case .scalar: .scalar
    case .object: .object
    case .interface: .interface
    case .union: .union
    case .enum: .enum
    case .inputObject: .inputObject
    }
  }
}

extension OperationDefinition {
  fileprivate var directiveLocation: DirectiveLocation {
    switch operationType {
    case .query: .query
    case .mutation: .mutation
    case .subscription: .subscription
    }
  }
}
