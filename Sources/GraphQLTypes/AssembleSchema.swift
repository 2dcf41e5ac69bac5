// Documents come in, the parts of a schema leave: every definition merged with its extensions,
// every name resolved. Nothing is refused; what cannot be resolved is left out, and of two
// definitions with one name the first counts, since the SDL's rules tell of both.
// Source: GraphQL specification, September 2025, section 3 (Type System).

import GraphQLSyntax

/// What a `Schema` is made of.
struct SchemaAssembly {
  var description: String?
  var types: [NamedType]
  var directives: [SchemaDirective]
  var rootOperationTypes: [RootOperationType]
  var definitionLocation: SchemaLocation?
  var appliedDirectives: [Directive]
  var sources: [Source]
  var definitions: [SourcedDefinition]
  var scalars: [String: ScalarCoercion]
  var metaFields: MetaFields
}

func assemble(
  _ documents: [Document], extending base: Schema?, scalars: [String: ScalarCoercion]
) -> SchemaAssembly {
  var sources = base?.sources ?? [builtInDocument.source]
  var definitions = base?.definitions ?? []
  for document in documents {
    for definition in document.definitions {
      definitions.append(SourcedDefinition(definition: definition, source: sources.count))
    }
    sources.append(document.source)
  }
  let scalars = (base?.scalars ?? [:]).merging(scalars) { _, new in new }
  let inventory = TypeInventory(definitions)
  let maker = ElementMaker(ids: inventory.ids)
  var roots = RootTypes(base: base)
  roots.read(definitions, inventory.ids)
  return SchemaAssembly(
    description: roots.description,
    types: inventory.makeTypes(maker, scalars: scalars),
    directives: maker.directives(definitions),
    rootOperationTypes: roots.types,
    definitionLocation: roots.location,
    appliedDirectives: roots.directives,
    sources: sources, definitions: definitions, scalars: scalars,
    metaFields: maker.metaFields())
}

// MARK: Which types there are

/// One type's definition and extensions, as they were written.
struct TypeParts {
  var definition: TypeDefinition
  var source: Int
  var extensions: [(definition: TypeDefinition, source: Int)] = []
  var isBuiltIn: Bool
}

/// The named types in the order of introspection: those of the documents as they stand, each
/// followed by the built-in scalars that it is the first to refer to; introspection's own last.
struct TypeInventory {
  private(set) var ids: [String: TypeID] = [:]
  private var parts: [String: TypeParts] = [:]
  private var order: [String] = []

  init(_ definitions: [SourcedDefinition]) {
    let builtIn = TypeInventory.typeDefinitions(builtInDocument)
    var builtInNames: Set<String> = []
    for definition in builtIn {
      builtInNames.insert(definition.name.value)
      parts[definition.name.value] = TypeParts(
        definition: definition, source: 0, isBuiltIn: true)
    }
    var names: [String] = []
    for item in definitions {
      guard case .type(let type) = item.definition, parts[type.name.value] == nil else { continue }
      parts[type.name.value] = TypeParts(
        definition: type, source: item.source, isBuiltIn: false)
      names.append(type.name.value)
    }
    for item in definitions {
      guard case .typeExtension(let type) = item.definition else { continue }
      guard let extended = parts[type.name.value], extended.definition.kind == type.kind else {
        continue
      }
      parts[type.name.value]?.extensions.append((type, item.source))
    }
    for name in names {
      add(name)
      for part in definitionsOf(name) {
        for referenced in part.referencedTypes {
          if builtInNames.contains(referenced) { add(referenced) } else { addUnknown(referenced) }
        }
      }
    }
    for item in definitions {
      for referenced in item.definition.typesReferredToBesideTypes {
        if builtInNames.contains(referenced) { add(referenced) } else { addUnknown(referenced) }
      }
    }
    for name in ["String", "Boolean"] { add(name) }
    for definition in builtIn where definition.name.value.utf8.starts(with: "__".utf8) {
      add(definition.name.value)
    }
  }

  private static func typeDefinitions(_ document: Document) -> [TypeDefinition] {
    document.definitions.compactMap { definition in
      if case .type(let type) = definition { type } else { nil }
    }
  }

  private func definitionsOf(_ name: String) -> [TypeDefinition] {
    guard let parts = parts[name] else { return [] }
    return [parts.definition] + parts.extensions.map(\.definition)
  }

  private mutating func add(_ name: String) {
    guard ids[name] == nil, let type = parts[name] else { return }
    ids[name] = TypeID(index: order.count, name: name, kind: type.definition.kind)
    order.append(name)
  }

  /// A type that nothing defines, which a rule of the SDL reports, stands as a scalar, so that
  /// every reference has a type.
  private mutating func addUnknown(_ name: String) {
    guard parts[name] == nil else { return }
    let nowhere = SourceRange(start: 0, end: 0)
    parts[name] = TypeParts(
      definition: .scalar(
        ScalarTypeDefinition(name: Name(value: name, range: nowhere), range: nowhere)),
      source: 0, isBuiltIn: false)
    add(name)
  }

  func makeTypes(_ maker: ElementMaker, scalars: [String: ScalarCoercion]) -> [NamedType] {
    order.compactMap { name in
      guard let id = ids[name], let parts = parts[name] else { return nil }
      return maker.type(id, parts, scalars: scalars)
    }
  }
}

// MARK: The schema definition

/// The schema's own definition and extensions.
struct RootTypes {
  var description: String?
  var types: [RootOperationType]
  var location: SchemaLocation?
  var directives: [Directive]
  private let isExtension: Bool
  private let firstSource: Int

  init(base: Schema?) {
    isExtension = base != nil
    firstSource = base?.sources.count ?? 0
    description = base?.description
    types = base?.rootOperationTypes ?? []
    location = base?.definitionLocation
    directives = base?.appliedDirectives ?? []
  }

  mutating func read(_ definitions: [SourcedDefinition], _ ids: [String: TypeID]) {
    // Indices of types that were there before may have moved.
    types = types.compactMap { root in
      ids[root.type.name].map {
        RootOperationType(operationType: root.operationType, type: $0, location: root.location)
      }
    }
    var isDefined = false
    for item in definitions where item.source >= firstSource {
      switch item.definition {
      case .schema(let schema):
        isDefined = true
        location = location ?? SchemaLocation(source: item.source, range: schema.range)
        description = description ?? schema.description?.value
        add(schema, item.source, ids)
      case .schemaExtension(let schema):
        add(schema, item.source, ids)
      case .operation, .fragment, .type, .typeExtension, .directive:
        continue
      }
    }
    if isDefined || isExtension { return }
    for (operationType, name) in [
      (OperationType.query, "Query"), (.mutation, "Mutation"), (.subscription, "Subscription"),
    ] {
      guard let id = ids[name], !types.contains(where: { $0.operationType == operationType })
      else { continue }
      types.append(RootOperationType(operationType: operationType, type: id, location: nil))
    }
  }

  private mutating func add(_ schema: SchemaDefinition, _ source: Int, _ ids: [String: TypeID]) {
    directives += schema.directives
    for operation in schema.operationTypes {
      guard let id = ids[operation.type.name.value],
        !types.contains(where: { $0.operationType == operation.operationType })
      else { continue }
      types.append(
        RootOperationType(
          operationType: operation.operationType, type: id,
          location: SchemaLocation(source: source, range: operation.type.range)))
    }
  }
}

// MARK: Syntax

extension TypeDefinition {
  /// Which of the six kinds this defines.
  package var kind: NamedTypeKind {
    switch self {
    case .scalar: .scalar
    case .object: .object
    case .interface: .interface
    case .union: .union
    case .enum: .enum
    case .inputObject: .inputObject
    }
  }

  /// The names of the types that it refers to, in the order in which introspection meets them.
  var referencedTypes: [String] {
    switch self {
    case .scalar, .enum: []
    case .object(let type): names(type.interfaces) + names(type.fields)
    case .interface(let type): names(type.interfaces) + names(type.fields)
    case .union(let type): names(type.memberTypes)
    case .inputObject(let type): type.fields.map(\.type.namedType.name.value)
    }
  }
}

extension Definition {
  /// The types of a directive's arguments, and those that a schema names as its roots.
  var typesReferredToBesideTypes: [String] {
    switch self {
    case .directive(let directive): directive.arguments.map(\.type.namedType.name.value)
    case .schema(let schema), .schemaExtension(let schema):
      schema.operationTypes.map(\.type.name.value)
    case .operation, .fragment, .type, .typeExtension: []
    }
  }
}

private func names(_ types: [NamedTypeReference]) -> [String] { types.map(\.name.value) }

private func names(_ fields: [FieldDefinition]) -> [String] {
  fields.flatMap { field in
    [field.type.namedType.name.value] + field.arguments.map(\.type.namedType.name.value)
  }
}
