// Rule: every type that a definition refers to exists (section 3.4).

import GraphQLSyntax
import GraphQLTypes

enum KnownTypeNamesInSchema {
  static func check(_ context: inout SchemaRuleContext) {
    var defined: Set<String> = []
    for item in context.definitions {
      if case .type(let type) = item.definition { defined.insert(type.name.value) }
    }
    let existing = context.base?.types.map(\.name) ?? []
    defined.formUnion(existing)
    defined.formUnion(builtInTypeNames)
    for item in context.definitions {
      for name in referencedTypes(item.definition) where !defined.contains(name.value) {
        context.report(
          "KnownTypeNames",
          "Unknown type \"\(name.value)\"." + context.suggest(name.value, among: Array(defined)),
          [item.location(name)])
      }
    }
  }

  private static func referencedTypes(_ definition: Definition) -> [Name] {
    switch definition {
    case .schema(let schema), .schemaExtension(let schema):
      schema.operationTypes.map(\.type.name)
    case .type(let type), .typeExtension(let type): referencedTypes(type)
    case .directive(let directive): directive.arguments.map(\.type.namedType.name)
    // Not part of a schema, and not judged here but for the types they name.
    case .fragment(let fragment):
      [fragment.typeCondition.name] + typeConditions(fragment.selectionSet)
    case .operation(let operation):
      operation.variableDefinitions.map(\.type.namedType.name)
        + typeConditions(operation.selectionSet)
    }
  }

  private static func referencedTypes(_ type: TypeDefinition) -> [Name] {
    switch type {
    case .scalar, .enum: []
    case .object(let type): type.interfaces.map(\.name) + referencedTypes(type.fields)
    case .interface(let type): type.interfaces.map(\.name) + referencedTypes(type.fields)
    case .union(let type): type.memberTypes.map(\.name)
    case .inputObject(let type): type.fields.map(\.type.namedType.name)
    }
  }

  private static func referencedTypes(_ fields: [FieldDefinition]) -> [Name] {
    fields.flatMap { field in
      field.arguments.map(\.type.namedType.name) + [field.type.namedType.name]
    }
  }

  private static func typeConditions(_ selectionSet: SelectionSet) -> [Name] {
    selectionSet.selections.flatMap { selection -> [Name] in
      switch selection {
      case .field(let field): field.selectionSet.map(typeConditions) ?? []
      case .fragmentSpread: []
      case .inlineFragment(let fragment):
        (fragment.typeCondition.map { [$0.name] } ?? []) + typeConditions(fragment.selectionSet)
      }
    }
  }
}

/// The five scalars and the types of introspection.
let builtInTypeNames: Set<String> = Set(
  Schema.builtIn.types.map(\.name) + ["Int", "Float", "String", "Boolean", "ID"])
