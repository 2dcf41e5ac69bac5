// The productions of type system documents: definitions and extensions.
// Source: GraphQL specification, September 2025, section 3 (Type System).

/// The part of a definition that was consumed before its keyword was known.
private struct Opening {
  var start: UInt32
  var description: StringLiteral?
  var isExtension: Bool
}

extension Parser {
  /// `TypeSystemDefinition : SchemaDefinition | TypeDefinition | DirectiveDefinition`
  ///
  /// `TypeSystemExtension : SchemaExtension | TypeExtension`
  ///
  /// The current token is the name after the description.
  mutating func parseTypeSystemDefinitionOrExtension(
    _ first: Token, _ description: StringLiteral?
  ) throws(SyntaxError) -> Definition {
    if isKeyword("directive") {
      return .directive(try parseDirectiveDefinition(from: first.start, description))
    }
    var opening = Opening(start: first.start, description: description, isExtension: false)
    if isKeyword("extend"), description == nil {
      try advance()
      opening.isExtension = true
      guard token.kind == .name else { throw unexpected(token) }
    }
    if isKeyword("schema") {
      let schema = try parseSchemaDefinition(opening)
      return opening.isExtension ? .schemaExtension(schema) : .schema(schema)
    }
    if let type = try parseTypeDefinition(opening) {
      return opening.isExtension ? .typeExtension(type) : .type(type)
    }
    if description != nil {
      throw lexer.malformed(
        "Unexpected description, only GraphQL definitions support descriptions.",
        at: Int(first.start))
    }
    throw unexpected(token)
  }

  /// `TypeDefinition`, or `TypeExtension` after its `extend`; nil where no such keyword stands.
  private mutating func parseTypeDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> TypeDefinition? {
    if isKeyword("scalar") { return .scalar(try parseScalarTypeDefinition(opening)) }
    if isKeyword("type") { return .object(try parseObjectTypeDefinition(opening)) }
    if isKeyword("interface") { return .interface(try parseInterfaceTypeDefinition(opening)) }
    if isKeyword("union") { return .union(try parseUnionTypeDefinition(opening)) }
    if isKeyword("enum") { return .enum(try parseEnumTypeDefinition(opening)) }
    if isKeyword("input") { return .inputObject(try parseInputObjectTypeDefinition(opening)) }
    return nil
  }

  /// An extension adds something, or what follows it is unexpected.
  private func require(_ addsSomething: Bool, _ opening: Opening) throws(SyntaxError) {
    if opening.isExtension, !addsSomething { throw unexpected(token) }
  }

  // MARK: Schema

  /// `SchemaDefinition : Description? schema Directives[Const]? { RootOperationTypeDefinition+ }`
  ///
  /// `SchemaExtension : extend schema Directives[Const]? { RootOperationTypeDefinition+ } |
  /// extend schema Directives[Const]`
  private mutating func parseSchemaDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> SchemaDefinition {
    try expectKeyword("schema")
    let directives = try parseDirectives(isConst: true)
    var operationTypes: [OperationTypeDefinition] = []
    if !opening.isExtension || token.kind == .braceLeft {
      operationTypes = try many(.braceLeft, .braceRight) {
        (parser: inout Parser) throws(SyntaxError) in try parser.parseOperationTypeDefinition()
      }
    }
    try require(!directives.isEmpty || !operationTypes.isEmpty, opening)
    return SchemaDefinition(
      description: opening.description, directives: directives, operationTypes: operationTypes,
      range: range(from: opening.start))
  }

  /// `RootOperationTypeDefinition : OperationType : NamedType`
  private mutating func parseOperationTypeDefinition() throws(SyntaxError)
    -> OperationTypeDefinition
  {
    let first = token
    guard first.kind == .name else { throw expected(TokenKind.name.description) }
    guard let operationType = operationTypeOfToken() else {
      try advance()
      throw unexpected(first)
    }
    try advance()
    try expect(.colon)
    let type = try parseNamedType()
    return OperationTypeDefinition(
      operationType: operationType, type: type, range: range(from: first.start))
  }

  // MARK: Types

  /// `ScalarTypeDefinition : Description? scalar Name Directives[Const]?`
  ///
  /// `ScalarTypeExtension : extend scalar Name Directives[Const]`
  private mutating func parseScalarTypeDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> ScalarTypeDefinition {
    try expectKeyword("scalar")
    let name = try parseName()
    let directives = try parseDirectives(isConst: true)
    try require(!directives.isEmpty, opening)
    return ScalarTypeDefinition(
      description: opening.description, name: name, directives: directives,
      range: range(from: opening.start))
  }

  /// `ObjectTypeDefinition : Description? type Name ImplementsInterfaces? Directives[Const]?
  /// FieldsDefinition?`
  ///
  /// `ObjectTypeExtension` is the same after `extend`, and adds at least one of the three.
  private mutating func parseObjectTypeDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> ObjectTypeDefinition {
    try expectKeyword("type")
    let name = try parseName()
    let interfaces = try parseImplementsInterfaces()
    let directives = try parseDirectives(isConst: true)
    let fields = try parseFieldsDefinition()
    try require(!interfaces.isEmpty || !directives.isEmpty || !fields.isEmpty, opening)
    return ObjectTypeDefinition(
      description: opening.description, name: name, interfaces: interfaces,
      directives: directives, fields: fields, range: range(from: opening.start))
  }

  /// `InterfaceTypeDefinition : Description? interface Name ImplementsInterfaces?
  /// Directives[Const]? FieldsDefinition?`
  ///
  /// `InterfaceTypeExtension` is the same after `extend`, and adds at least one of the three.
  private mutating func parseInterfaceTypeDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> InterfaceTypeDefinition {
    try expectKeyword("interface")
    let name = try parseName()
    let interfaces = try parseImplementsInterfaces()
    let directives = try parseDirectives(isConst: true)
    let fields = try parseFieldsDefinition()
    try require(!interfaces.isEmpty || !directives.isEmpty || !fields.isEmpty, opening)
    return InterfaceTypeDefinition(
      description: opening.description, name: name, interfaces: interfaces,
      directives: directives, fields: fields, range: range(from: opening.start))
  }

  /// `ImplementsInterfaces : implements &? NamedType ( & NamedType )*`, where it stands.
  private mutating func parseImplementsInterfaces() throws(SyntaxError) -> [NamedTypeReference] {
    guard try expectOptionalKeyword("implements") else { return [] }
    return try delimitedMany(.ampersand) { (parser: inout Parser) throws(SyntaxError) in
      try parser.parseNamedType()
    }
  }

  /// `UnionTypeDefinition : Description? union Name Directives[Const]? UnionMemberTypes?`
  ///
  /// `UnionMemberTypes : = |? NamedType ( | NamedType )*`
  ///
  /// `UnionTypeExtension` is the same after `extend`, and adds at least one of the two.
  private mutating func parseUnionTypeDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> UnionTypeDefinition {
    try expectKeyword("union")
    let name = try parseName()
    let directives = try parseDirectives(isConst: true)
    var memberTypes: [NamedTypeReference] = []
    if try expectOptional(.equals) {
      memberTypes = try delimitedMany(.pipe) { (parser: inout Parser) throws(SyntaxError) in
        try parser.parseNamedType()
      }
    }
    try require(!directives.isEmpty || !memberTypes.isEmpty, opening)
    return UnionTypeDefinition(
      description: opening.description, name: name, directives: directives,
      memberTypes: memberTypes, range: range(from: opening.start))
  }

  /// `EnumTypeDefinition : Description? enum Name Directives[Const]? EnumValuesDefinition?`
  ///
  /// `EnumTypeExtension` is the same after `extend`, and adds at least one of the two.
  private mutating func parseEnumTypeDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> EnumTypeDefinition {
    try expectKeyword("enum")
    let name = try parseName()
    let directives = try parseDirectives(isConst: true)
    let values = try optionalMany(.braceLeft, .braceRight) {
      (parser: inout Parser) throws(SyntaxError) in try parser.parseEnumValueDefinition()
    }
    try require(!directives.isEmpty || !values.isEmpty, opening)
    return EnumTypeDefinition(
      description: opening.description, name: name, directives: directives, values: values,
      range: range(from: opening.start))
  }

  /// `EnumValueDefinition : Description? EnumValue Directives[Const]?`
  private mutating func parseEnumValueDefinition() throws(SyntaxError) -> EnumValueDefinition {
    let start = token.start
    let description = try parseDescription()
    if isKeyword("true") || isKeyword("false") || isKeyword("null") {
      throw .malformed(
        message: "Syntax Error: \(describe(token)) is reserved and cannot be used for an enum "
          + "value.", range: token.range)
    }
    let name = try parseName()
    let directives = try parseDirectives(isConst: true)
    return EnumValueDefinition(
      description: description, name: name, directives: directives, range: range(from: start))
  }

  /// `InputObjectTypeDefinition : Description? input Name Directives[Const]?
  /// InputFieldsDefinition?`
  ///
  /// `InputFieldsDefinition : { InputValueDefinition+ }`
  ///
  /// `InputObjectTypeExtension` is the same after `extend`, and adds at least one of the two.
  private mutating func parseInputObjectTypeDefinition(
    _ opening: Opening
  ) throws(SyntaxError) -> InputObjectTypeDefinition {
    try expectKeyword("input")
    let name = try parseName()
    let directives = try parseDirectives(isConst: true)
    let fields = try optionalMany(.braceLeft, .braceRight) {
      (parser: inout Parser) throws(SyntaxError) in try parser.parseInputValueDefinition()
    }
    try require(!directives.isEmpty || !fields.isEmpty, opening)
    return InputObjectTypeDefinition(
      description: opening.description, name: name, directives: directives, fields: fields,
      range: range(from: opening.start))
  }

  // MARK: Fields

  /// `FieldsDefinition : { FieldDefinition+ }`, where it stands.
  private mutating func parseFieldsDefinition() throws(SyntaxError) -> [FieldDefinition] {
    try optionalMany(.braceLeft, .braceRight) {
      (parser: inout Parser) throws(SyntaxError) in try parser.parseFieldDefinition()
    }
  }

  /// `FieldDefinition : Description? Name ArgumentsDefinition? : Type Directives[Const]?`
  private mutating func parseFieldDefinition() throws(SyntaxError) -> FieldDefinition {
    let start = token.start
    let description = try parseDescription()
    let name = try parseName()
    let arguments = try parseArgumentsDefinition()
    try expect(.colon)
    let type = try parseTypeReference()
    let directives = try parseDirectives(isConst: true)
    return FieldDefinition(
      description: description, name: name, arguments: arguments, type: type,
      directives: directives, range: range(from: start))
  }

  /// `ArgumentsDefinition : ( InputValueDefinition+ )`, where it stands.
  private mutating func parseArgumentsDefinition() throws(SyntaxError) -> [InputValueDefinition] {
    try optionalMany(.parenthesisLeft, .parenthesisRight) {
      (parser: inout Parser) throws(SyntaxError) in try parser.parseInputValueDefinition()
    }
  }

  /// `InputValueDefinition : Description? Name : Type DefaultValue? Directives[Const]?`
  private mutating func parseInputValueDefinition() throws(SyntaxError) -> InputValueDefinition {
    let start = token.start
    let description = try parseDescription()
    let name = try parseName()
    try expect(.colon)
    let type = try parseTypeReference()
    let defaultValue = try parseDefaultValue()
    let directives = try parseDirectives(isConst: true)
    return InputValueDefinition(
      description: description, name: name, type: type, defaultValue: defaultValue,
      directives: directives, range: range(from: start))
  }

  // MARK: Directives

  /// `DirectiveDefinition : Description? directive @ Name ArgumentsDefinition? repeatable? on
  /// DirectiveLocations`
  ///
  /// `DirectiveLocations : |? DirectiveLocation ( | DirectiveLocation )*`
  private mutating func parseDirectiveDefinition(
    from start: UInt32, _ description: StringLiteral?
  ) throws(SyntaxError) -> DirectiveDefinition {
    try expectKeyword("directive")
    try expect(.at)
    let name = try parseName()
    let arguments = try parseArgumentsDefinition()
    let isRepeatable = try expectOptionalKeyword("repeatable")
    try expectKeyword("on")
    let locations = try delimitedMany(.pipe) { (parser: inout Parser) throws(SyntaxError) in
      try parser.parseDirectiveLocation()
    }
    return DirectiveDefinition(
      description: description, name: name, arguments: arguments, isRepeatable: isRepeatable,
      locations: locations, range: range(from: start))
  }

  /// `DirectiveLocation : ExecutableDirectiveLocation | TypeSystemDirectiveLocation`
  private mutating func parseDirectiveLocation() throws(SyntaxError) -> Name {
    let first = token
    let name = try parseName()
    switch name.value {
    case "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD",
      "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION",
      "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT",
      "INPUT_FIELD_DEFINITION":
      return name
    default:
      throw unexpected(first)
    }
  }
}
