// A schema and the name of a field of introspection come in, the field's value leaves: what
// `__schema` and `__type` answer, and everything below them.
// Source: GraphQL specification, September 2025, section 4 (Introspection).

import GraphQLSyntax

/// An object of introspection, to be asked for its fields.
package enum IntrospectionObject: Sendable {
  case schema
  case type(SchemaType)
  case field(SchemaField)
  case inputValue(SchemaInputValue)
  case enumValue(SchemaEnumValue)
  case directive(SchemaDirective)

  /// The name of its type, which `__typename` answers.
  package var typeName: String {
    switch self {
    case .schema: "__Schema"
    case .type: "__Type"
    case .field: "__Field"
    case .inputValue: "__InputValue"
    case .enumValue: "__EnumValue"
    case .directive: "__Directive"
    }
  }
}

/// What a field of introspection answers.
package enum IntrospectionValue: Sendable {
  case null
  case string(String)
  case boolean(Bool)
  /// The name of a value of `__TypeKind` or `__DirectiveLocation`.
  case enumName(String)
  case enumNames([String])
  case object(IntrospectionObject)
  case objects([IntrospectionObject])
}

extension Schema {
  /// The value of a meta-field of the query root: `__schema`, or `__type` with its `name`.
  package func introspect(
    _ metaField: String, arguments: [String: InputValue]
  ) -> IntrospectionValue {
    switch metaField {
    case schemaMetaField.name: return .object(.schema)
    case typeMetaField.name:
      guard case .string(let name)? = arguments["name"], let type = type(named: name) else {
        return .null
      }
      return .object(.type(.named(type.id)))
    default: return .null
    }
  }
}

extension IntrospectionObject {
  /// The value of one of its fields.
  /// - Parameter arguments: coerced, `includeDeprecated` with its default.
  package func value(
    of field: String, arguments: [String: InputValue], schema: Schema
  ) -> IntrospectionValue {
    if field == "__typename" { return .string(typeName) }
    switch self {
    case .schema: return schema.introspectionValue(of: field)
    case .type(let type): return value(of: field, of: type, Visible(arguments), schema)
    case .field(let item):
      switch field {
      case "name": return .string(item.name)
      case "description": return text(item.description)
      case "args": return .objects(Visible(arguments).inputValues(item.arguments))
      case "type": return .object(.type(item.type))
      case "isDeprecated": return .boolean(item.deprecationReason != nil)
      case "deprecationReason": return text(item.deprecationReason)
      default: return .null
      }
    case .inputValue(let item):
      switch field {
      case "name": return .string(item.name)
      case "description": return text(item.description)
      case "type": return .object(.type(item.type))
      case "defaultValue": return text(item.defaultValue.map { print($0.onOneLine) })
      case "isDeprecated": return .boolean(item.deprecationReason != nil)
      case "deprecationReason": return text(item.deprecationReason)
      default: return .null
      }
    case .enumValue(let item):
      switch field {
      case "name": return .string(item.name)
      case "description": return text(item.description)
      case "isDeprecated": return .boolean(item.deprecationReason != nil)
      case "deprecationReason": return text(item.deprecationReason)
      default: return .null
      }
    case .directive(let item):
      switch field {
      case "name": return .string(item.name)
      case "description": return text(item.description)
      case "isRepeatable": return .boolean(item.isRepeatable)
      case "locations": return .enumNames(item.locations.map(\.rawValue))
      case "args": return .objects(Visible(arguments).inputValues(item.arguments))
      default: return .null
      }
    }
  }

  private func value(
    of field: String, of type: SchemaType, _ visible: Visible, _ schema: Schema
  ) -> IntrospectionValue {
    switch type {
    case .named(let id):
      return schema[id].introspectionValue(of: field, visible, schema)
    case .list(let wrapped):
      return wrapper("LIST", around: wrapped, field)
    case .nonNull(let wrapped):
      return wrapper("NON_NULL", around: wrapped, field)
    }
  }

  private func wrapper(
    _ kind: String, around wrapped: SchemaType, _ field: String
  ) -> IntrospectionValue {
    switch field {
    case "kind": .enumName(kind)
    case "ofType": .object(.type(wrapped))
    default: .null
    }
  }
}

/// Which elements a list shows; who may see which would be decided here too.
private struct Visible {
  let includesDeprecated: Bool

  init(_ arguments: [String: InputValue]) {
    includesDeprecated = arguments["includeDeprecated"] == .boolean(true)
  }

  func fields(_ fields: [SchemaField]) -> [IntrospectionObject] {
    fields.filter { includesDeprecated || $0.deprecationReason == nil }.map { .field($0) }
  }

  func inputValues(_ values: [SchemaInputValue]) -> [IntrospectionObject] {
    values.filter { includesDeprecated || $0.deprecationReason == nil }.map { .inputValue($0) }
  }

  func enumValues(_ values: [SchemaEnumValue]) -> [IntrospectionObject] {
    values.filter { includesDeprecated || $0.deprecationReason == nil }.map { .enumValue($0) }
  }
}

extension Schema {
  fileprivate func introspectionValue(of field: String) -> IntrospectionValue {
    switch field {
    case "description": text(description)
    case "types": .objects(types.map { .type(.named($0.id)) })
    case "queryType": object(queryType)
    case "mutationType": object(mutationType)
    case "subscriptionType": object(subscriptionType)
    case "directives": .objects(directives.map { .directive($0) })
    default: .null
    }
  }
}

extension NamedType {
  fileprivate func introspectionValue(
    of field: String, _ visible: Visible, _ schema: Schema
  ) -> IntrospectionValue {
    switch field {
    case "kind": return .enumName(id.kind.introspectionName)
    case "name": return .string(name)
    case "description": return text(head.description)
    case "specifiedByURL":
      guard case .scalar(let type) = self else { return .null }
      return text(type.specifiedByURL)
    case "fields":
      switch self {
      case .object, .interface: return .objects(visible.fields(fields))
      case .scalar, .union, .enum, .inputObject: return .null
      }
    case "interfaces":
      switch self {
      case .object, .interface: return .objects(interfaces.map { .type(.named($0.type)) })
      case .scalar, .union, .enum, .inputObject: return .null
      }
    case "possibleTypes":
      guard id.isAbstract else { return .null }
      return .objects(schema.possibleTypes(of: id).map { .type(.named($0.id)) })
    case "enumValues":
      guard case .enum(let type) = self else { return .null }
      return .objects(visible.enumValues(type.values))
    case "inputFields":
      guard case .inputObject(let type) = self else { return .null }
      return .objects(visible.inputValues(type.fields))
    case "isOneOf":
      guard case .inputObject(let type) = self else { return .null }
      return .boolean(type.isOneOf)
    default:
      return .null
    }
  }
}

extension NamedTypeKind {
  /// The value of `__TypeKind`.
  package var introspectionName: String {
    switch self {
    case .scalar: "SCALAR"
    case .object: "OBJECT"
    case .interface: "INTERFACE"
    case .union: "UNION"
    case .enum: "ENUM"
    case .inputObject: "INPUT_OBJECT"
    }
  }
}

extension Value {
  /// The same literal without block strings, as a default is shown.
  var onOneLine: Value {
    switch self {
    case .string(let literal):
      .string(StringLiteral(value: literal.value, range: literal.range))
    case .list(let values, let range): .list(values.map(\.onOneLine), range: range)
    case .object(let fields, let range):
      .object(
        fields.map { ObjectField(name: $0.name, value: $0.value.onOneLine, range: $0.range) },
        range: range)
    case .variable, .int, .float, .boolean, .null, .enum: self
    }
  }
}

private func text(_ text: String?) -> IntrospectionValue { text.map { .string($0) } ?? .null }

private func object(_ type: ObjectType?) -> IntrospectionValue {
  type.map { .object(.type(.named($0.id))) } ?? .null
}
