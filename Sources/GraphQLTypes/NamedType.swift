// The named types of a schema: scalars, objects, interfaces, unions, enums and input objects.
// Source: GraphQL specification, September 2025, sections 3.5 to 3.10.

package import GraphQLSyntax

/// A named type.
package enum NamedType: Sendable {
  case scalar(ScalarType)
  case object(ObjectType)
  case interface(InterfaceType)
  case union(UnionType)
  case `enum`(EnumType)
  case inputObject(InputObjectType)
}

/// What a named type of any kind has.
package struct TypeHead: Sendable {
  package let id: TypeID
  package let description: String?
  /// The directives of the definition and its extensions, as they are applied.
  package let directives: [Directive]
  /// The definition, then the extensions.
  package let locations: [SchemaLocation]
  /// The name in the definition.
  package let nameLocation: SchemaLocation
  /// A scalar of the specification or a type of introspection.
  package let isBuiltIn: Bool
}

/// A type referred to in a list of interfaces or union members, and where.
package struct LocatedType: Sendable {
  package let type: TypeID
  package let location: SchemaLocation
}

/// A scalar (section 3.5).
package final class ScalarType: Sendable {
  package let head: TypeHead
  package let specifiedByURL: String?
  package let coercion: ScalarCoercion

  init(head: TypeHead, specifiedByURL: String?, coercion: ScalarCoercion) {
    self.head = head
    self.specifiedByURL = specifiedByURL
    self.coercion = coercion
  }

  package var name: String { head.id.name }
}

/// An object type (section 3.6).
package final class ObjectType: Sendable {
  package let head: TypeHead
  package let fields: [SchemaField]
  package let interfaces: [LocatedType]
  private let fieldTable: NameTable

  init(head: TypeHead, fields: [SchemaField], interfaces: [LocatedType]) {
    self.head = head
    self.fields = fields
    self.interfaces = interfaces
    fieldTable = NameTable(fields.map(\.name))
  }

  package var id: TypeID { head.id }
  package var name: String { head.id.name }

  /// The position of a field in `fields`.
  package func position(of name: String) -> Int? { fieldTable.position(of: name) }

  package func field(named name: String) -> SchemaField? {
    fieldTable.position(of: name).map { fields[$0] }
  }
}

/// An interface (section 3.7).
package final class InterfaceType: Sendable {
  package let head: TypeHead
  package let fields: [SchemaField]
  package let interfaces: [LocatedType]
  private let fieldTable: NameTable

  init(head: TypeHead, fields: [SchemaField], interfaces: [LocatedType]) {
    self.head = head
    self.fields = fields
    self.interfaces = interfaces
    fieldTable = NameTable(fields.map(\.name))
  }

  package var id: TypeID { head.id }
  package var name: String { head.id.name }

  package func field(named name: String) -> SchemaField? {
    fieldTable.position(of: name).map { fields[$0] }
  }
}

/// A union (section 3.8).
package final class UnionType: Sendable {
  package let head: TypeHead
  package let members: [LocatedType]

  init(head: TypeHead, members: [LocatedType]) {
    self.head = head
    self.members = members
  }

  package var id: TypeID { head.id }
  package var name: String { head.id.name }
}

/// An enum (section 3.9).
package final class EnumType: Sendable {
  package let head: TypeHead
  package let values: [SchemaEnumValue]
  private let valueTable: NameTable

  init(head: TypeHead, values: [SchemaEnumValue]) {
    self.head = head
    self.values = values
    valueTable = NameTable(values.map(\.name))
  }

  package var name: String { head.id.name }

  package func value(named name: String) -> SchemaEnumValue? {
    valueTable.position(of: name).map { values[$0] }
  }
}

/// An input object (section 3.10).
package final class InputObjectType: Sendable {
  package let head: TypeHead
  package let fields: [SchemaInputValue]
  /// Exactly one field must be given, and not null (section 3.10.1).
  package let isOneOf: Bool
  private let fieldTable: NameTable

  init(head: TypeHead, fields: [SchemaInputValue], isOneOf: Bool) {
    self.head = head
    self.fields = fields
    self.isOneOf = isOneOf
    fieldTable = NameTable(fields.map(\.name))
  }

  package var id: TypeID { head.id }
  package var name: String { head.id.name }

  package func field(named name: String) -> SchemaInputValue? {
    fieldTable.position(of: name).map { fields[$0] }
  }

  /// The position of a field in `fields`.
  func position(of name: String) -> Int? { fieldTable.position(of: name) }
}

extension NamedType {
  package var head: TypeHead {
    switch self {
    case .scalar(let type): type.head
    case .object(let type): type.head
    case .interface(let type): type.head
    case .union(let type): type.head
    case .enum(let type): type.head
    case .inputObject(let type): type.head
    }
  }

  package var id: TypeID { head.id }
  package var name: String { head.id.name }

  /// The fields that can be selected; none of a type that is no object or interface.
  package var fields: [SchemaField] {
    switch self {
    case .object(let type): type.fields
    case .interface(let type): type.fields
    case .scalar, .union, .enum, .inputObject: []
    }
  }

  /// The interfaces that an object or interface type declares.
  package var interfaces: [LocatedType] {
    switch self {
    case .object(let type): type.interfaces
    case .interface(let type): type.interfaces
    case .scalar, .union, .enum, .inputObject: []
    }
  }

  /// A field of an object or interface type, meta-fields left aside.
  package func field(named name: String) -> SchemaField? {
    switch self {
    case .object(let type): type.field(named: name)
    case .interface(let type): type.field(named: name)
    case .scalar, .union, .enum, .inputObject: nil
    }
  }
}
