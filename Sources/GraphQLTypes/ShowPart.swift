// A schema and which of its fields somebody may have come in; the schema that they are shown
// leaves: without the other fields, and without the types that only those led to. It is good for
// introspection and for suggesting names; documents are validated against the whole.

import GraphQLSyntax

extension Schema {
  /// - Parameter shows: whether a field of a type is shown, by both their names.
  package func showing(_ shows: (_ field: String, _ type: String) -> Bool) -> Schema {
    var part = ShownPart(definitions, roots: rootOperationTypes.map(\.type.name))
    part.leaveOutFields(shows)
    part.leaveOutEmptyTypes()
    part.leaveOutUnreachableTypes()
    let documents = sources.enumerated().dropFirst().map { index, source in
      Document(
        source: source,
        definitions: part.definitions.filter { $0.source == index }.map(\.definition))
    }
    return Schema(assembling: documents, scalars: scalars)
  }
}

private struct ShownPart {
  var definitions: [SourcedDefinition]
  let roots: [String]

  init(_ definitions: [SourcedDefinition], roots: [String]) {
    self.definitions = definitions
    self.roots = roots
  }

  mutating func leaveOutFields(_ shows: (String, String) -> Bool) {
    mapFields { field, type in shows(field.name.value, type) }
  }

  /// A type all of whose fields are left out is none, and neither is a field that answers one.
  mutating func leaveOutEmptyTypes() {
    while true {
      let counts = fieldCounts()
      let empty = Set(counts.filter { $0.value == 0 }.keys)
      if empty.isEmpty { return }
      definitions = definitions.compactMap { item in
        switch item.definition {
        case .type(let type), .typeExtension(let type):
          return empty.contains(type.name.value) ? nil : item
        case .schema(let schema):
          return item.with(.schema(schema.without(empty)))
        case .schemaExtension(let schema):
          return item.with(.schemaExtension(schema.without(empty)))
        case .directive, .operation, .fragment: return item
        }
      }
      mapFields { field, _ in !empty.contains(field.type.namedType.name.value) }
    }
  }

  /// How many fields each object and interface has left, with its extensions.
  private func fieldCounts() -> [String: Int] {
    definitions.reduce(into: [:]) { counts, item in
      switch item.definition {
      case .type(.object(let type)), .typeExtension(.object(let type)):
        counts[type.name.value, default: 0] += type.fields.count
      case .type(.interface(let type)), .typeExtension(.interface(let type)):
        counts[type.name.value, default: 0] += type.fields.count
      case .type, .typeExtension, .schema, .schemaExtension, .directive, .operation, .fragment:
        break
      }
    }
  }

  mutating func leaveOutUnreachableTypes() {
    var leadsTo: [String: Set<String>] = [:]
    var reached = Set(roots)
    for item in definitions {
      switch item.definition {
      case .type(let type), .typeExtension(let type):
        leadsTo[type.name.value, default: []].formUnion(type.referencedTypes)
        // Whoever is answered an interface may be answered any object that implements it.
        for interface in type.interfaceNames {
          leadsTo[interface, default: []].insert(type.name.value)
        }
      case .directive, .schema, .schemaExtension, .operation, .fragment:
        reached.formUnion(item.definition.typesReferredToBesideTypes)
      }
    }
    var waiting = Array(reached)
    while let name = waiting.popLast() {
      for next in leadsTo[name] ?? [] where reached.insert(next).inserted { waiting.append(next) }
    }
    definitions.removeAll { item in
      switch item.definition {
      case .type(let type), .typeExtension(let type): !reached.contains(type.name.value)
      case .directive, .schema, .schemaExtension, .operation, .fragment: false
      }
    }
  }

  private mutating func mapFields(_ keeps: (FieldDefinition, String) -> Bool) {
    definitions = definitions.map { item in
      switch item.definition {
      case .type(let type): item.with(.type(type.keeping(keeps)))
      case .typeExtension(let type): item.with(.typeExtension(type.keeping(keeps)))
      case .directive, .schema, .schemaExtension, .operation, .fragment: item
      }
    }
  }
}

extension SourcedDefinition {
  fileprivate func with(_ definition: Definition) -> SourcedDefinition {
    SourcedDefinition(definition: definition, source: source)
  }
}

extension SchemaDefinition {
  fileprivate func without(_ types: Set<String>) -> SchemaDefinition {
    var schema = self
    schema.operationTypes.removeAll { types.contains($0.type.name.value) }
    return schema
  }
}

extension TypeDefinition {
  fileprivate func keeping(_ keeps: (FieldDefinition, String) -> Bool) -> TypeDefinition {
    switch self {
    case .object(var type):
      let name = type.name.value
      type.fields.removeAll { !keeps($0, name) }
      return .object(type)
    case .interface(var type):
      let name = type.name.value
      type.fields.removeAll { !keeps($0, name) }
      return .interface(type)
    case .scalar, .union, .enum, .inputObject: return self
    }
  }

  fileprivate var interfaceNames: [String] {
    switch self {
    case .object(let type): type.interfaces.map(\.name.value)
    case .interface(let type): type.interfaces.map(\.name.value)
    case .scalar, .union, .enum, .inputObject: []
    }
  }
}
