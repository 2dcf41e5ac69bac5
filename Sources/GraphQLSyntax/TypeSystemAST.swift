// The type system's definitions and extensions as they are written.
// Source: GraphQL specification, September 2025, section 3 (Type System).

/// `schema { .. }` or `extend schema { .. }` (section 3.3). An extension has no description.
package struct SchemaDefinition: Sendable {
  package var description: StringLiteral?
  package var directives: [Directive]
  package var operationTypes: [OperationTypeDefinition]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, directives: [Directive] = [],
    operationTypes: [OperationTypeDefinition] = [], range: SourceRange
  ) {
    self.description = description
    self.directives = directives
    self.operationTypes = operationTypes
    self.range = range
  }
}

/// `query: Query` inside a schema definition.
package struct OperationTypeDefinition: Sendable {
  package var operationType: OperationType
  package var type: NamedTypeReference
  package var range: SourceRange

  package init(operationType: OperationType, type: NamedTypeReference, range: SourceRange) {
    self.operationType = operationType
    self.type = type
    self.range = range
  }
}

/// A type definition, or what an extension adds (section 3.4).
package enum TypeDefinition: Sendable {
  case scalar(ScalarTypeDefinition)
  case object(ObjectTypeDefinition)
  case interface(InterfaceTypeDefinition)
  case union(UnionTypeDefinition)
  case `enum`(EnumTypeDefinition)
  case inputObject(InputObjectTypeDefinition)
}

package struct ScalarTypeDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var directives: [Directive]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, directives: [Directive] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.directives = directives
    self.range = range
  }
}

package struct ObjectTypeDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var interfaces: [NamedTypeReference]
  package var directives: [Directive]
  package var fields: [FieldDefinition]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, interfaces: [NamedTypeReference] = [],
    directives: [Directive] = [], fields: [FieldDefinition] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.interfaces = interfaces
    self.directives = directives
    self.fields = fields
    self.range = range
  }
}

package struct InterfaceTypeDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var interfaces: [NamedTypeReference]
  package var directives: [Directive]
  package var fields: [FieldDefinition]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, interfaces: [NamedTypeReference] = [],
    directives: [Directive] = [], fields: [FieldDefinition] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.interfaces = interfaces
    self.directives = directives
    self.fields = fields
    self.range = range
  }
}

package struct UnionTypeDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var directives: [Directive]
  package var memberTypes: [NamedTypeReference]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, directives: [Directive] = [],
    memberTypes: [NamedTypeReference] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.directives = directives
    self.memberTypes = memberTypes
    self.range = range
  }
}

package struct EnumTypeDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var directives: [Directive]
  package var values: [EnumValueDefinition]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, directives: [Directive] = [],
    values: [EnumValueDefinition] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.directives = directives
    self.values = values
    self.range = range
  }
}

package struct InputObjectTypeDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var directives: [Directive]
  package var fields: [InputValueDefinition]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, directives: [Directive] = [],
    fields: [InputValueDefinition] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.directives = directives
    self.fields = fields
    self.range = range
  }
}

/// A field of an object or interface type (section 3.6).
package struct FieldDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var arguments: [InputValueDefinition]
  package var type: TypeReference
  package var directives: [Directive]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, arguments: [InputValueDefinition] = [],
    type: TypeReference, directives: [Directive] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.arguments = arguments
    self.type = type
    self.directives = directives
    self.range = range
  }
}

/// An argument's or an input field's definition (section 3.6.1, 3.10).
package struct InputValueDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var type: TypeReference
  package var defaultValue: Value?
  package var directives: [Directive]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, type: TypeReference, defaultValue: Value? = nil,
    directives: [Directive] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.directives = directives
    self.range = range
  }
}

package struct EnumValueDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var directives: [Directive]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, directives: [Directive] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.directives = directives
    self.range = range
  }
}

/// `directive @name(..) repeatable on ..` (section 3.13).
package struct DirectiveDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var arguments: [InputValueDefinition]
  package var isRepeatable: Bool
  package var locations: [Name]
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, arguments: [InputValueDefinition] = [],
    isRepeatable: Bool = false, locations: [Name] = [], range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.arguments = arguments
    self.isRepeatable = isRepeatable
    self.locations = locations
    self.range = range
  }
}
