// A type as fields, arguments and variables refer to it: the name of a type of the schema, and the
// lists and non-null marks around it.
// Source: GraphQL specification, September 2025, section 3.4 (Types).

/// The six kinds of named types (section 3.4).
package enum NamedTypeKind: UInt8, Sendable, Hashable {
  case scalar
  case object
  case interface
  case union
  case `enum`
  case inputObject
}

/// A named type of one schema: its place in `Schema.types`, with its name and kind at hand, so that
/// most questions are answered without the schema. Two ids of one schema are equal where they name
/// the same type.
package struct TypeID: Sendable, Hashable, CustomStringConvertible {
  package let index: Int
  package let name: String
  package let kind: NamedTypeKind

  init(index: Int, name: String, kind: NamedTypeKind) {
    self.index = index
    self.name = name
    self.kind = kind
  }

  /// An object, interface or union: what has selections (section 3.4.3).
  package var isComposite: Bool {
    switch kind {
    case .object, .interface, .union: true
    case .scalar, .enum, .inputObject: false
    }
  }

  /// A scalar or enum.
  package var isLeaf: Bool {
    switch kind {
    case .scalar, .enum: true
    case .object, .interface, .union, .inputObject: false
    }
  }

  /// An interface or union.
  package var isAbstract: Bool {
    switch kind {
    case .interface, .union: true
    case .scalar, .object, .enum, .inputObject: false
    }
  }

  /// May be the type of an argument, input field or variable (section 3.4.2, IsInputType).
  package var isInput: Bool {
    switch kind {
    case .scalar, .enum, .inputObject: true
    case .object, .interface, .union: false
    }
  }

  /// May be the type of a field (section 3.4.2, IsOutputType).
  package var isOutput: Bool { kind != .inputObject }

  package var description: String { name }

  package static func == (one: Self, other: Self) -> Bool { one.index == other.index }
  package func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// A type with its wrappers; described as it is written, such as `[Int!]!`.
package enum SchemaType: Sendable, Hashable, CustomStringConvertible {
  case named(TypeID)
  indirect case list(SchemaType)
  /// The wrapped type is never itself `.nonNull`.
  indirect case nonNull(SchemaType)

  /// The type inside all lists and non-null marks.
  package var namedType: TypeID {
    switch self {
    case .named(let id): id
    case .list(let wrapped), .nonNull(let wrapped): wrapped.namedType
    }
  }

  package var isNonNull: Bool {
    if case .nonNull = self { true } else { false }
  }

  /// The type without its outermost non-null mark (section 3.12).
  package var nullable: SchemaType {
    if case .nonNull(let wrapped) = self { wrapped } else { self }
  }

  /// Whether this is a list, with or without a non-null mark around it.
  package var isList: Bool {
    if case .list = nullable { true } else { false }
  }

  package var isInput: Bool { namedType.isInput }
  package var isOutput: Bool { namedType.isOutput }

  package var description: String {
    switch self {
    case .named(let id): id.name
    case .list(let element): "[\(element)]"
    case .nonNull(let wrapped): "\(wrapped)!"
    }
  }
}
