// What the types of a schema consist of: fields, arguments and input fields, enum values, and the
// directives, with everything resolved that validation, planning and introspection ask for.
// They are named Schema.. because the syntax tree has a definition of each by the plain name.

package import GraphQLSyntax
import JSON

/// Where an element was written: a source of `Schema.sources`, and the range within it.
package struct SchemaLocation: Sendable, Hashable {
  package let source: Int
  package let range: SourceRange

  package init(source: Int, range: SourceRange) {
    self.source = source
    self.range = range
  }
}

/// A field of an object or interface type (section 3.6).
package final class SchemaField: Sendable {
  package let name: String
  package let description: String?
  /// In the order in which they were written.
  package let arguments: [SchemaInputValue]
  package let type: SchemaType
  /// Why the field should not be used any more; nil for a field that may.
  package let deprecationReason: String?
  /// The directives as they are applied in the schema.
  package let directives: [Directive]
  package let location: SchemaLocation
  package let nameLocation: SchemaLocation
  package let typeLocation: SchemaLocation
  /// `"name":`, as a response has it where there is no alias.
  package let responseKey: [UInt8]
  /// Whether the type inside all wrappers is a scalar or enum.
  package let isLeaf: Bool
  private let argumentTable: NameTable

  init(
    name: String, description: String?, arguments: [SchemaInputValue], type: SchemaType,
    deprecationReason: String?, directives: [Directive], location: SchemaLocation,
    nameLocation: SchemaLocation, typeLocation: SchemaLocation
  ) {
    self.name = name
    self.description = description
    self.arguments = arguments
    self.type = type
    self.deprecationReason = deprecationReason
    self.directives = directives
    self.location = location
    self.nameLocation = nameLocation
    self.typeLocation = typeLocation
    responseKey = JSONWriter.encodedKey(name)
    isLeaf = type.namedType.isLeaf
    argumentTable = NameTable(arguments.map(\.name))
  }

  package func argument(named name: String) -> SchemaInputValue? {
    argumentTable.position(of: name).map { arguments[$0] }
  }
}

/// An argument of a field or directive, or a field of an input object (sections 3.6.1 and 3.10).
package final class SchemaInputValue: Sendable {
  package let name: String
  package let description: String?
  package let type: SchemaType
  /// The default as it was written; `Schema.defaultValue(of:)` coerces it.
  package let defaultValue: Value?
  package let deprecationReason: String?
  package let directives: [Directive]
  package let location: SchemaLocation
  package let nameLocation: SchemaLocation
  package let typeLocation: SchemaLocation

  init(
    name: String, description: String?, type: SchemaType, defaultValue: Value?,
    deprecationReason: String?, directives: [Directive], location: SchemaLocation,
    nameLocation: SchemaLocation, typeLocation: SchemaLocation
  ) {
    self.name = name
    self.description = description
    self.type = type
    self.defaultValue = defaultValue
    self.deprecationReason = deprecationReason
    self.directives = directives
    self.location = location
    self.nameLocation = nameLocation
    self.typeLocation = typeLocation
  }

  /// Whether a value must be given: the type is non-null and there is no default.
  package var isRequired: Bool { type.isNonNull && defaultValue == nil }
}

/// A value of an enum type (section 3.9).
package final class SchemaEnumValue: Sendable {
  package let name: String
  package let description: String?
  package let deprecationReason: String?
  package let directives: [Directive]
  package let location: SchemaLocation
  package let nameLocation: SchemaLocation

  init(
    name: String, description: String?, deprecationReason: String?, directives: [Directive],
    location: SchemaLocation, nameLocation: SchemaLocation
  ) {
    self.name = name
    self.description = description
    self.deprecationReason = deprecationReason
    self.directives = directives
    self.location = location
    self.nameLocation = nameLocation
  }
}

/// Where a directive may stand (section 3.13).
package enum DirectiveLocation: String, Sendable, Hashable, CaseIterable {
  case query = "QUERY"
  case mutation = "MUTATION"
  case subscription = "SUBSCRIPTION"
  case field = "FIELD"
  case fragmentDefinition = "FRAGMENT_DEFINITION"
  case fragmentSpread = "FRAGMENT_SPREAD"
  case inlineFragment = "INLINE_FRAGMENT"
  case variableDefinition = "VARIABLE_DEFINITION"
  case schema = "SCHEMA"
  case scalar = "SCALAR"
  case object = "OBJECT"
  case fieldDefinition = "FIELD_DEFINITION"
  case argumentDefinition = "ARGUMENT_DEFINITION"
  case interface = "INTERFACE"
  case union = "UNION"
  case `enum` = "ENUM"
  case enumValue = "ENUM_VALUE"
  case inputObject = "INPUT_OBJECT"
  case inputFieldDefinition = "INPUT_FIELD_DEFINITION"
}

/// A directive that documents or the schema may apply (section 3.13).
package final class SchemaDirective: Sendable {
  package let name: String
  package let description: String?
  package let arguments: [SchemaInputValue]
  package let isRepeatable: Bool
  package let locations: [DirectiveLocation]
  /// One of those that the specification defines; a schema that defines it anew replaces it.
  package let isBuiltIn: Bool
  package let location: SchemaLocation
  package let nameLocation: SchemaLocation
  private let argumentTable: NameTable

  init(
    name: String, description: String?, arguments: [SchemaInputValue], isRepeatable: Bool,
    locations: [DirectiveLocation], isBuiltIn: Bool, location: SchemaLocation,
    nameLocation: SchemaLocation
  ) {
    self.name = name
    self.description = description
    self.arguments = arguments
    self.isRepeatable = isRepeatable
    self.locations = locations
    self.isBuiltIn = isBuiltIn
    self.location = location
    self.nameLocation = nameLocation
    argumentTable = NameTable(arguments.map(\.name))
  }

  package func argument(named name: String) -> SchemaInputValue? {
    argumentTable.position(of: name).map { arguments[$0] }
  }
}
