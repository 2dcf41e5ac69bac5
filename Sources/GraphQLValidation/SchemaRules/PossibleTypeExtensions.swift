// Rule: an extension extends a type that exists, of its own kind (sections 3.4.3 to 3.10.2).

import GraphQLSyntax
import GraphQLTypes

enum PossibleTypeExtensions {
  static func check(_ context: inout SchemaRuleContext) {
    var defined: [String: (kind: NamedTypeKind, location: SchemaLocation)] = [:]
    for item in context.definitions {
      guard case .type(let type) = item.definition else { continue }
      defined[type.name.value] = (type.kind, item.location(type.range))
    }
    for item in context.definitions {
      guard case .typeExtension(let type) = item.definition else { continue }
      check(type, item, defined, &context)
    }
  }

  private static func check(
    _ type: TypeDefinition, _ item: SourcedDefinition,
    _ defined: [String: (kind: NamedTypeKind, location: SchemaLocation)],
    _ context: inout SchemaRuleContext
  ) {
    let name = type.name.value
    let definition = defined[name]
    let existing = context.base?.type(named: name)
    guard let kind = definition?.kind ?? existing?.id.kind else {
      let base = context.base
      let suggestion = context.suggest(
        name, among: defined.keys + (base?.types.map(\.name) ?? []))
      context.report(
        "PossibleTypeExtensions",
        "Cannot extend type \"\(name)\" because it is not defined.\(suggestion)",
        [item.location(type.name)])
      return
    }
    if kind == type.kind { return }
    let locations = (definition.map { [$0.location] } ?? []) + [item.location(type.range)]
    context.report(
      "PossibleTypeExtensions", "Cannot extend non-\(type.kind.words) type \"\(name)\".",
      locations)
  }
}

extension NamedTypeKind {
  /// As a message calls the kind.
  var words: String {
    switch self {
    case .scalar: "scalar"
    case .object: "object"
    case .interface: "interface"
    case .union: "union"
    case .enum: "enum"
    case .inputObject: "input object"
    }
  }
}
