// The type system of a service, immutable: what validation, planning, coercion and introspection
// look types, fields and directives up in. It is assembled from documents (AssembleSchema); whether
// those make a valid schema is judged in GraphQLValidation, by `makeSchema`.
// Source: GraphQL specification, September 2025, section 3 (Type System).

package import GraphQLSyntax

/// A root operation type as a schema names it (section 3.3.1).
package struct RootOperationType: Sendable {
  package let operationType: OperationType
  package let type: TypeID
  /// Where the schema definition names it; nil where the type's name made it the root.
  package let location: SchemaLocation?
}

/// A definition and the index of its source in `Schema.sources`.
package struct SourcedDefinition: Sendable {
  package let definition: Definition
  package let source: Int
}

package final class Schema: Sendable {
  package let description: String?
  /// Every named type, those of introspection included, in the order of introspection; `TypeID`
  /// holds the index.
  package let types: [NamedType]
  /// The schema's own directives, then those of the specification.
  package let directives: [SchemaDirective]
  package let rootOperationTypes: [RootOperationType]
  /// Where the schema is defined; nil where its types' names define it.
  package let definitionLocation: SchemaLocation?
  /// The directives applied to the schema itself.
  package let appliedDirectives: [Directive]
  /// The texts it was assembled from; the first is the specification's own definitions.
  package let sources: [Source]

  package let queryType: ObjectType?
  package let mutationType: ObjectType?
  package let subscriptionType: ObjectType?

  /// `__schema`, `__type` and `__typename`, which are part of no type's fields (section 4).
  package let schemaMetaField: SchemaField
  package let typeMetaField: SchemaField
  package let typeNameMetaField: SchemaField

  /// Every definition with its source, kept for a later extension.
  package let definitions: [SourcedDefinition]
  let scalars: [String: ScalarCoercion]
  private let typeTable: NameTable
  private let directiveTable: NameTable
  private let subtypes: Subtypes

  /// Assembles a schema from well-formed documents, and where `base` is given, adds them to it.
  ///
  /// Nothing is refused: a schema out of documents that break the SDL's rules is only good for
  /// telling which, one that breaks the type system's rules only for telling which of those.
  /// - Parameter scalars: how custom scalars are coerced, by name; one that is not named takes
  ///   every value.
  package init(
    assembling documents: [Document], extending base: Schema? = nil,
    scalars: [String: ScalarCoercion] = [:]
  ) {
    let assembly = assemble(documents, extending: base, scalars: scalars)
    description = assembly.description
    types = assembly.types
    directives = assembly.directives
    rootOperationTypes = assembly.rootOperationTypes
    definitionLocation = assembly.definitionLocation
    appliedDirectives = assembly.appliedDirectives
    sources = assembly.sources
    definitions = assembly.definitions
    self.scalars = assembly.scalars
    schemaMetaField = assembly.metaFields.schema
    typeMetaField = assembly.metaFields.type
    typeNameMetaField = assembly.metaFields.typeName
    typeTable = NameTable(assembly.types.map(\.name))
    directiveTable = NameTable(assembly.directives.map(\.name))
    subtypes = Subtypes(assembly.types)
    func root(_ operationType: OperationType) -> ObjectType? {
      guard
        let root = assembly.rootOperationTypes.first(where: { $0.operationType == operationType }),
        case .object(let type) = assembly.types[root.type.index]
      else { return nil }
      return type
    }
    queryType = root(.query)
    mutationType = root(.mutation)
    subscriptionType = root(.subscription)
  }

  /// The specification's definitions alone.
  package static let builtIn = Schema(assembling: [])
}

// MARK: Types

extension Schema {
  package subscript(_ id: TypeID) -> NamedType { types[id.index] }

  package func type(named name: String) -> NamedType? {
    typeTable.position(of: name).map { types[$0] }
  }

  package func objectType(named id: TypeID) -> ObjectType? {
    if case .object(let type) = types[id.index] { type } else { nil }
  }

  package func directive(named name: String) -> SchemaDirective? {
    directiveTable.position(of: name).map { directives[$0] }
  }

  package func rootType(for operationType: OperationType) -> ObjectType? {
    switch operationType {
    case .query: queryType
    case .mutation: mutationType
    case .subscription: subscriptionType
    }
  }

  /// The type that a reference in a document names; nil where the schema does not have it.
  package func type(_ reference: TypeReference) -> SchemaType? {
    switch reference {
    case .named(let named): type(named: named.name.value).map { .named($0.id) }
    case .list(let element, _): type(element).map { .list($0) }
    case .nonNull(let wrapped, _): type(wrapped).map { .nonNull($0) }
    }
  }

  /// A field that a selection on this type may name, meta-fields included: `__typename` on every
  /// composite type, `__schema` and `__type` on the query root (sections 4.1 and 4.2).
  package func field(named name: String, on type: NamedType) -> SchemaField? {
    if let field = type.field(named: name) { return field }
    guard name.utf8.starts(with: "__".utf8) else { return nil }
    if name == typeNameMetaField.name { return type.id.isComposite ? typeNameMetaField : nil }
    guard case .object(let object) = type, object === queryType else { return nil }
    if name == schemaMetaField.name { return schemaMetaField }
    return name == typeMetaField.name ? typeMetaField : nil
  }
}

// MARK: Subtypes

extension Schema {
  /// The object types that a value of this type can have: itself for an object type, none for a
  /// type that is not composite (section 5.5.2.3, GetPossibleTypes).
  package func possibleTypes(of id: TypeID) -> [ObjectType] {
    subtypes.possibleTypes(of: id.index)
  }

  /// The objects and interfaces that declare this interface, in the order of `types`.
  package func implementations(of id: TypeID) -> [NamedType] {
    subtypes.implementations(of: id.index).map { types[$0] }
  }

  /// Whether an object can have this type, be it the type itself, an interface of it or a union
  /// with it (section 6.3.2, DoesFragmentTypeApply).
  package func applies(_ id: TypeID, to object: ObjectType) -> Bool {
    id == object.id || subtypes.contains(object.id.index, in: id.index)
  }

  /// The same for a type condition's name; false where the schema does not have it.
  package func applies(_ name: String, to object: ObjectType) -> Bool {
    guard let index = typeTable.position(of: name) else { return false }
    return index == object.id.index || subtypes.contains(object.id.index, in: index)
  }

  /// Whether some object type is a possible type of both (section 5.5.2.3).
  package func typesOverlap(_ one: TypeID, _ other: TypeID) -> Bool {
    one == other || subtypes.overlap(one.index, other.index)
  }

  /// Whether a named type implements an interface or is a member of a union.
  package func isSubtype(_ id: TypeID, of abstract: TypeID) -> Bool {
    subtypes.contains(id.index, in: abstract.index)
  }

  /// Whether a value of the one type is always a value of the other (section 3.6,
  /// IsValidImplementationFieldType).
  package func isSubtype(_ type: SchemaType, of other: SchemaType) -> Bool {
    switch (type, other) {
    case (.nonNull(let one), .nonNull(let two)): isSubtype(one, of: two)
    case (_, .nonNull): false
    case (.nonNull(let one), _): isSubtype(one, of: other)
    case (.list(let one), .list(let two)): isSubtype(one, of: two)
    case (.named(let one), .named(let two)): one == two || isSubtype(one, of: two)
    case (.list, .named), (.named, .list): false
    }
  }
}
