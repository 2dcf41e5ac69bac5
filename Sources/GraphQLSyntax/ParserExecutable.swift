// The productions of executable documents: operations, selections, fragments.
// Source: GraphQL specification, September 2025, sections 2.2 to 2.8 and 2.10.

extension Parser {
  /// `Document : Definition+`
  mutating func parseDocument() throws(SyntaxError) -> [Definition] {
    var definitions: [Definition] = []
    repeat {
      definitions.append(try parseDefinition())
    } while token.kind != .endOfFile
    return definitions
  }

  /// `Definition : ExecutableDefinition | TypeSystemDefinitionOrExtension`
  ///
  /// `ExecutableDefinition : OperationDefinition | FragmentDefinition`
  private mutating func parseDefinition() throws(SyntaxError) -> Definition {
    if token.kind == .braceLeft { return .operation(try parseShorthandQuery()) }
    let opening = token
    let description = try parseDescription()
    guard token.kind == .name else {
      if description != nil, token.kind == .braceLeft {
        throw lexer.malformed(
          "Unexpected description, descriptions are not supported on shorthand queries.",
          at: Int(opening.start))
      }
      throw unexpected(token)
    }
    if let operationType = operationTypeOfToken() {
      return .operation(
        try parseOperationDefinition(operationType, from: opening.start, description))
    }
    if isKeyword("fragment") {
      return .fragment(try parseFragmentDefinition(from: opening.start, description))
    }
    return try parseTypeSystemDefinitionOrExtension(opening, description)
  }

  /// `Description : StringValue`, where one stands.
  mutating func parseDescription() throws(SyntaxError) -> StringLiteral? {
    guard token.kind == .string || token.kind == .blockString else { return nil }
    return try parseString()
  }

  /// `OperationDefinition : SelectionSet`
  private mutating func parseShorthandQuery() throws(SyntaxError) -> OperationDefinition {
    let selectionSet = try parseSelectionSet()
    return OperationDefinition(
      description: nil, operationType: .query, isShorthand: true, name: nil,
      variableDefinitions: [], directives: [], selectionSet: selectionSet,
      range: selectionSet.range)
  }

  /// `OperationDefinition : Description? OperationType Name? VariablesDefinition? Directives?
  /// SelectionSet`
  private mutating func parseOperationDefinition(
    _ operationType: OperationType, from start: UInt32, _ description: StringLiteral?
  ) throws(SyntaxError) -> OperationDefinition {
    try advance()
    let name = token.kind == .name ? try parseName() : nil
    let variableDefinitions = try parseVariablesDefinition()
    let directives = try parseDirectives(isConst: false)
    let selectionSet = try parseSelectionSet()
    return OperationDefinition(
      description: description, operationType: operationType, isShorthand: false, name: name,
      variableDefinitions: variableDefinitions, directives: directives,
      selectionSet: selectionSet, range: range(from: start))
  }

  /// `OperationType : one of query mutation subscription`, without consuming it.
  func operationTypeOfToken() -> OperationType? {
    if isKeyword("query") { return .query }
    if isKeyword("mutation") { return .mutation }
    if isKeyword("subscription") { return .subscription }
    return nil
  }

  /// `VariablesDefinition : ( VariableDefinition+ )`
  private mutating func parseVariablesDefinition() throws(SyntaxError) -> [VariableDefinition] {
    try optionalMany(.parenthesisLeft, .parenthesisRight) {
      (parser: inout Parser) throws(SyntaxError) in try parser.parseVariableDefinition()
    }
  }

  /// `VariableDefinition : Description? Variable : Type DefaultValue? Directives[Const]?`
  private mutating func parseVariableDefinition() throws(SyntaxError) -> VariableDefinition {
    let start = token.start
    let description = try parseDescription()
    let variable = try parseVariable()
    try expect(.colon)
    let type = try parseTypeReference()
    let defaultValue = try parseDefaultValue()
    let directives = try parseDirectives(isConst: true)
    return VariableDefinition(
      description: description, variable: variable, type: type, defaultValue: defaultValue,
      directives: directives, range: range(from: start))
  }

  // MARK: Selections

  /// `SelectionSet : { Selection+ }`
  mutating func parseSelectionSet() throws(SyntaxError) -> SelectionSet {
    let start = token.start
    try descend()
    try expect(.braceLeft)
    var selections: [Selection] = []
    selections.reserveCapacity(4)
    repeat {
      if token.kind == .spread {
        selections.append(try parseFragment())
      } else {
        selections.append(.field(try parseField()))
      }
    } while try !expectOptional(.braceRight)
    ascend()
    return SelectionSet(selections: selections, range: range(from: start))
  }

  /// `Field : Alias? Name Arguments? Directives? SelectionSet?`
  ///
  /// `Alias : Name :`
  private mutating func parseField() throws(SyntaxError) -> Field {
    let start = token.start
    var alias: Name?
    var name = try parseName()
    if token.kind == .colon {
      try advance()
      alias = name
      name = try parseName()
    }
    let arguments = token.kind == .parenthesisLeft ? try parseArguments(isConst: false) : []
    let directives = token.kind == .at ? try parseDirectives(isConst: false) : []
    let selectionSet = token.kind == .braceLeft ? try parseSelectionSet() : nil
    return Field(
      alias: alias, name: name, arguments: arguments, directives: directives,
      selectionSet: selectionSet, range: range(from: start))
  }

  // MARK: Fragments

  /// `FragmentSpread : ... FragmentName Directives?`
  ///
  /// `InlineFragment : ... TypeCondition? Directives? SelectionSet`
  private mutating func parseFragment() throws(SyntaxError) -> Selection {
    let start = token.start
    try expect(.spread)
    let hasTypeCondition = try expectOptionalKeyword("on")
    if !hasTypeCondition, token.kind == .name {
      let name = try parseFragmentName()
      let directives = try parseDirectives(isConst: false)
      return .fragmentSpread(
        FragmentSpread(name: name, directives: directives, range: range(from: start)))
    }
    let typeCondition = hasTypeCondition ? try parseNamedType() : nil
    let directives = try parseDirectives(isConst: false)
    let selectionSet = try parseSelectionSet()
    return .inlineFragment(
      InlineFragment(
        typeCondition: typeCondition, directives: directives, selectionSet: selectionSet,
        range: range(from: start)))
  }

  /// `FragmentDefinition : Description? fragment FragmentName TypeCondition Directives?
  /// SelectionSet`
  ///
  /// `TypeCondition : on NamedType`
  private mutating func parseFragmentDefinition(
    from start: UInt32, _ description: StringLiteral?
  ) throws(SyntaxError) -> FragmentDefinition {
    try expectKeyword("fragment")
    let name = try parseFragmentName()
    try expectKeyword("on")
    let typeCondition = try parseNamedType()
    let directives = try parseDirectives(isConst: false)
    let selectionSet = try parseSelectionSet()
    return FragmentDefinition(
      description: description, name: name, typeCondition: typeCondition,
      directives: directives, selectionSet: selectionSet, range: range(from: start))
  }

  /// `FragmentName : Name but not on`
  private mutating func parseFragmentName() throws(SyntaxError) -> Name {
    if isKeyword("on") { throw unexpected(token) }
    return try parseName()
  }
}
