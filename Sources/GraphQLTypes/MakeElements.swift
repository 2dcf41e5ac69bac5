// The definitions of a type, with its extensions, come in; the type with its fields, arguments and
// values leaves, every reference resolved.

import GraphQLSyntax

struct ElementMaker {
  /// Every name that is referred to.
  let ids: [String: TypeID]

  // MARK: Types

  func type(_ id: TypeID, _ parts: TypeParts, scalars: [String: ScalarCoercion]) -> NamedType? {
    let all = [(definition: parts.definition, source: parts.source)] + parts.extensions
    let head = TypeHead(
      id: id, description: parts.definition.description?.value,
      directives: all.flatMap(\.definition.directives),
      locations: all.map { SchemaLocation(source: $0.source, range: $0.definition.range) },
      nameLocation: SchemaLocation(source: parts.source, range: parts.definition.name.range),
      isBuiltIn: parts.isBuiltIn)
    var fields: [SchemaField] = []
    var interfaces: [LocatedType] = []
    var members: [LocatedType] = []
    var values: [SchemaEnumValue] = []
    var inputFields: [SchemaInputValue] = []
    for (definition, source) in all {
      switch definition {
      case .scalar: continue
      case .object(let object):
        fields += object.fields.compactMap { field($0, source) }
        interfaces += located(object.interfaces, source)
      case .interface(let interface):
        fields += interface.fields.compactMap { field($0, source) }
        interfaces += located(interface.interfaces, source)
      case .union(let union): members += located(union.memberTypes, source)
      case .enum(let type): values += type.values.map { enumValue($0, source) }
      case .inputObject(let type):
        inputFields += type.fields.compactMap { inputValue($0, source) }
      }
    }
    switch id.kind {
    case .scalar: return .scalar(scalar(head, parts, scalars))
    case .object: return .object(ObjectType(head: head, fields: fields, interfaces: interfaces))
    case .interface:
      return .interface(InterfaceType(head: head, fields: fields, interfaces: interfaces))
    case .union: return .union(UnionType(head: head, members: members))
    case .enum: return .enum(EnumType(head: head, values: values))
    case .inputObject:
      return .inputObject(
        InputObjectType(
          head: head, fields: inputFields,
          isOneOf: head.directives.contains { $0.name.value == "oneOf" }))
    }
  }

  private func scalar(
    _ head: TypeHead, _ parts: TypeParts, _ scalars: [String: ScalarCoercion]
  ) -> ScalarType {
    let coercion =
      parts.isBuiltIn
      ? ScalarCoercion.builtIn[head.id.name] : scalars[head.id.name]
    return ScalarType(
      head: head,
      specifiedByURL: string("url", of: "specifiedBy", in: head.directives),
      coercion: coercion ?? .anything)
  }

  private func located(_ types: [NamedTypeReference], _ source: Int) -> [LocatedType] {
    types.compactMap { reference in
      ids[reference.name.value].map {
        LocatedType(
          type: $0, location: SchemaLocation(source: source, range: reference.range))
      }
    }
  }

  // MARK: Elements

  private func field(_ definition: FieldDefinition, _ source: Int) -> SchemaField? {
    guard let type = type(definition.type) else { return nil }
    return SchemaField(
      name: definition.name.value, description: definition.description?.value,
      arguments: definition.arguments.compactMap { inputValue($0, source) }, type: type,
      deprecationReason: deprecationReason(definition.directives),
      directives: definition.directives,
      location: SchemaLocation(source: source, range: definition.range),
      nameLocation: SchemaLocation(source: source, range: definition.name.range),
      typeLocation: SchemaLocation(source: source, range: definition.type.range))
  }

  private func inputValue(_ definition: InputValueDefinition, _ source: Int) -> SchemaInputValue? {
    guard let type = type(definition.type) else { return nil }
    return SchemaInputValue(
      name: definition.name.value, description: definition.description?.value, type: type,
      defaultValue: definition.defaultValue,
      deprecationReason: deprecationReason(definition.directives),
      directives: definition.directives,
      location: SchemaLocation(source: source, range: definition.range),
      nameLocation: SchemaLocation(source: source, range: definition.name.range),
      typeLocation: SchemaLocation(source: source, range: definition.type.range))
  }

  private func enumValue(_ definition: EnumValueDefinition, _ source: Int) -> SchemaEnumValue {
    SchemaEnumValue(
      name: definition.name.value, description: definition.description?.value,
      deprecationReason: deprecationReason(definition.directives),
      directives: definition.directives,
      location: SchemaLocation(source: source, range: definition.range),
      nameLocation: SchemaLocation(source: source, range: definition.name.range))
  }

  private func type(_ reference: TypeReference) -> SchemaType? {
    switch reference {
    case .named(let named): ids[named.name.value].map { .named($0) }
    case .list(let element, _): type(element).map { .list($0) }
    case .nonNull(let wrapped, _): type(wrapped).map { .nonNull($0) }
    }
  }

  // MARK: Directives

  /// The documents' directives, then those of the specification that they do not define anew.
  func directives(_ definitions: [SourcedDefinition]) -> [SchemaDirective] {
    var names: Set<String> = []
    var directives: [SchemaDirective] = []
    for item in definitions {
      guard case .directive(let directive) = item.definition,
        names.insert(directive.name.value).inserted
      else { continue }
      directives.append(self.directive(directive, item.source, isBuiltIn: false))
    }
    for definition in builtInDocument.definitions {
      guard case .directive(let directive) = definition,
        names.insert(directive.name.value).inserted
      else { continue }
      directives.append(self.directive(directive, 0, isBuiltIn: true))
    }
    return directives
  }

  private func directive(
    _ definition: DirectiveDefinition, _ source: Int, isBuiltIn: Bool
  ) -> SchemaDirective {
    SchemaDirective(
      name: definition.name.value, description: definition.description?.value,
      arguments: definition.arguments.compactMap { inputValue($0, source) },
      isRepeatable: definition.isRepeatable,
      locations: definition.locations.compactMap { DirectiveLocation(rawValue: $0.value) },
      isBuiltIn: isBuiltIn,
      location: SchemaLocation(source: source, range: definition.range),
      nameLocation: SchemaLocation(source: source, range: definition.name.range))
  }

  /// The fields of section 4.1 and 4.2, written in full, since they stand in no document.
  func metaFields() -> MetaFields {
    MetaFields(
      schema: metaField("__schema", "The schema that this service answers by.", ofType: "__Schema"),
      type: metaField(
        "__type", "One type of the schema.", ofType: "__Type", isNonNull: false,
        arguments: [
          SchemaInputValue(
            name: "name", description: nil, type: .nonNull(.named(builtInID("String"))),
            defaultValue: nil, deprecationReason: nil, directives: [], location: nowhere,
            nameLocation: nowhere, typeLocation: nowhere)
        ]),
      typeName: metaField("__typename", "The name of the object's type.", ofType: "String"))
  }

  private func metaField(
    _ name: String, _ description: String, ofType typeName: String, isNonNull: Bool = true,
    arguments: [SchemaInputValue] = []
  ) -> SchemaField {
    let type = SchemaType.named(builtInID(typeName))
    return SchemaField(
      name: name, description: description, arguments: arguments,
      type: isNonNull ? .nonNull(type) : type, deprecationReason: nil, directives: [],
      location: nowhere, nameLocation: nowhere, typeLocation: nowhere)
  }

  /// Every schema has the type; the first stands in where the built-in definitions are broken.
  private func builtInID(_ name: String) -> TypeID {
    ids[name] ?? TypeID(index: 0, name: name, kind: .scalar)
  }
}

/// `__schema`, `__type` and `__typename`.
struct MetaFields {
  let schema: SchemaField
  let type: SchemaField
  let typeName: SchemaField
}

private let nowhere = SchemaLocation(source: 0, range: SourceRange(start: 0, end: 0))

/// The argument of the `@deprecated` directive, its default where none is written; nil without the
/// directive (section 3.13.3).
private func deprecationReason(_ directives: [Directive]) -> String? {
  guard directives.contains(where: { $0.name.value == "deprecated" }) else { return nil }
  return string("reason", of: "deprecated", in: directives) ?? defaultDeprecationReason
}

let defaultDeprecationReason = "No longer supported"

/// A string argument of the first directive of this name.
private func string(_ argument: String, of name: String, in directives: [Directive]) -> String? {
  for directive in directives where directive.name.value == name {
    for given in directive.arguments where given.name.value == argument {
      if case .string(let literal) = given.value { return literal.value }
    }
  }
  return nil
}
