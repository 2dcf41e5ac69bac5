// The productions that executable and type system documents share: values, types, directives.
// Source: GraphQL specification, September 2025, sections 2.6 and 2.9 to 2.12.

extension Parser {
  // MARK: Arguments and directives

  /// `Arguments[Const] : ( Argument[?Const]+ )`
  mutating func parseArguments(isConst: Bool) throws(SyntaxError) -> [Argument] {
    try optionalMany(.parenthesisLeft, .parenthesisRight) {
      (parser: inout Parser) throws(SyntaxError) in try parser.parseArgument(isConst: isConst)
    }
  }

  /// `Argument[Const] : Name : Value[?Const]`
  private mutating func parseArgument(isConst: Bool) throws(SyntaxError) -> Argument {
    let start = token.start
    let name = try parseName()
    try expect(.colon)
    let value = try parseValue(isConst: isConst)
    return Argument(name: name, value: value, range: range(from: start))
  }

  /// `Directives[Const] : Directive[?Const]+`, or none.
  ///
  /// `Directive[Const] : @ Name Arguments[?Const]?`
  mutating func parseDirectives(isConst: Bool) throws(SyntaxError) -> [Directive] {
    var directives: [Directive] = []
    while token.kind == .at {
      let start = token.start
      try advance()
      let name = try parseName()
      let arguments = try parseArguments(isConst: isConst)
      directives.append(Directive(name: name, arguments: arguments, range: range(from: start)))
    }
    return directives
  }

  // MARK: Types

  /// `Type : NamedType | ListType | NonNullType`
  ///
  /// `ListType : [ Type ]`; `NonNullType : NamedType ! | ListType !`
  mutating func parseTypeReference() throws(SyntaxError) -> TypeReference {
    let start = token.start
    let type: TypeReference
    if token.kind == .bracketLeft {
      try descend()
      try advance()
      let element = try parseTypeReference()
      ascend()
      try expect(.bracketRight)
      type = .list(element, range: range(from: start))
    } else {
      type = .named(try parseNamedType())
    }
    guard try expectOptional(.exclamationMark) else { return type }
    return .nonNull(type, range: range(from: start))
  }

  /// `NamedType : Name`
  @inline(__always)
  mutating func parseNamedType() throws(SyntaxError) -> NamedTypeReference {
    NamedTypeReference(name: try parseName())
  }

  // MARK: Values

  /// `DefaultValue : = Value[Const]`, where one stands.
  mutating func parseDefaultValue() throws(SyntaxError) -> Value? {
    guard try expectOptional(.equals) else { return nil }
    return try parseValue(isConst: true)
  }

  /// `Value[Const] : [~Const] Variable | IntValue | FloatValue | StringValue | BooleanValue |
  /// NullValue | EnumValue | ListValue[?Const] | ObjectValue[?Const]`
  mutating func parseValue(isConst: Bool) throws(SyntaxError) -> Value {
    let literal = token
    switch literal.kind {
    case .name:
      return try parseNameValue()
    case .int:
      try advance()
      return .int(text(of: literal), range: literal.range)
    case .float:
      try advance()
      return .float(text(of: literal), range: literal.range)
    case .string, .blockString:
      return .string(try parseString())
    case .dollar:
      if isConst { throw unexpectedVariable() }
      let name = try parseVariable()
      return .variable(name, range: range(from: literal.start))
    case .bracketLeft:
      return try parseList(isConst: isConst)
    case .braceLeft:
      return try parseObject(isConst: isConst)
    case .endOfFile, .exclamationMark, .ampersand, .parenthesisLeft, .parenthesisRight, .dot,
      .spread, .colon, .equals, .at, .bracketRight, .pipe, .braceRight:
      throw unexpected(literal)
    }
  }

  /// `Variable : $ Name`: the name, whose range starts after the `$`.
  mutating func parseVariable() throws(SyntaxError) -> Name {
    try expect(.dollar)
    return try parseName()
  }

  /// `StringValue`
  mutating func parseString() throws(SyntaxError) -> StringLiteral {
    let literal = token
    try advance()
    return StringLiteral(
      value: lexer.value(of: literal), isBlock: literal.kind == .blockString,
      range: literal.range)
  }

  /// `BooleanValue : one of true false`; `NullValue : null`;
  /// `EnumValue : Name but not true or false or null`
  private mutating func parseNameValue() throws(SyntaxError) -> Value {
    let literal = token
    try advance()
    if text(of: literal, is: "true") { return .boolean(true, range: literal.range) }
    if text(of: literal, is: "false") { return .boolean(false, range: literal.range) }
    if text(of: literal, is: "null") { return .null(range: literal.range) }
    return .enum(Name(value: text(of: literal), range: literal.range))
  }

  /// `ListValue[Const] : [ ] | [ Value[?Const]+ ]`
  private mutating func parseList(isConst: Bool) throws(SyntaxError) -> Value {
    let start = token.start
    try descend()
    try expect(.bracketLeft)
    var values: [Value] = []
    while try !expectOptional(.bracketRight) { values.append(try parseValue(isConst: isConst)) }
    ascend()
    return .list(values, range: range(from: start))
  }

  /// `ObjectValue[Const] : { } | { ObjectField[?Const]+ }`
  private mutating func parseObject(isConst: Bool) throws(SyntaxError) -> Value {
    let start = token.start
    try descend()
    try expect(.braceLeft)
    var fields: [ObjectField] = []
    while try !expectOptional(.braceRight) {
      fields.append(try parseObjectField(isConst: isConst))
    }
    ascend()
    return .object(fields, range: range(from: start))
  }

  /// `ObjectField[Const] : Name : Value[?Const]`
  private mutating func parseObjectField(isConst: Bool) throws(SyntaxError) -> ObjectField {
    let start = token.start
    let name = try parseName()
    try expect(.colon)
    let value = try parseValue(isConst: isConst)
    return ObjectField(name: name, value: value, range: range(from: start))
  }

  /// A variable stands where only a constant may.
  private mutating func unexpectedVariable() -> SyntaxError {
    let dollar = token
    do {
      try advance()
    } catch {
      return error
    }
    guard token.kind == .name else { return unexpected(dollar) }
    return .malformed(
      message: "Syntax Error: Unexpected variable \"$\(text(of: token))\" in constant value.",
      range: SourceRange(start: dollar.start, end: token.end))
  }
}
