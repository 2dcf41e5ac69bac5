// A literal and the variables that may stand in it come in; its coerced value leaves, or nothing
// where it does not fit its type, which validation has told already unless a variable or a custom
// scalar decides. Source: GraphQL specification, September 2025, sections 3.5 to 3.12.

package import GraphQLSyntax

extension Schema {
  /// The value of a literal.
  /// - Parameter variables: those of the operation, coerced.
  /// - Returns: nil where it does not fit, and for a variable that is absent.
  package func coerce(
    _ literal: Value, to type: SchemaType, _ variables: VariableValues
  ) -> InputValue? {
    switch literal {
    case .variable(let name, _):
      let value = variables[name.value]
      return type.isNonNull && value == .null ? nil : value
    case .null:
      return type.isNonNull ? nil : .null
    case .int, .float, .string, .boolean, .enum, .list, .object:
      break
    }
    switch type {
    case .nonNull(let wrapped):
      return coerce(literal, to: wrapped, variables)
    case .list(let element):
      guard case .list(let items, _) = literal else {
        // A single value stands for a list of one (section 3.11).
        return coerce(literal, to: element, variables).map { .list([$0]) }
      }
      return coerce(items, element, variables)
    case .named(let id):
      return coerce(literal, self[id], variables)
    }
  }

  /// The value that stands for an argument or input field that is not given; nil where it has no
  /// default, or one that does not fit, which is refused when the schema is made.
  package func defaultValue(of input: SchemaInputValue) -> InputValue? {
    input.defaultValue.flatMap { coerce($0, to: input.type, VariableValues()) }
  }

  private func coerce(
    _ items: [Value], _ element: SchemaType, _ variables: VariableValues
  ) -> InputValue? {
    var values: [InputValue] = []
    values.reserveCapacity(items.count)
    for item in items {
      if let value = coerce(item, to: element, variables) {
        values.append(value)
      } else if isAbsent(item, variables), !element.isNonNull {
        values.append(.null)
      } else {
        return nil
      }
    }
    return .list(values)
  }

  private func coerce(
    _ literal: Value, _ type: NamedType, _ variables: VariableValues
  ) -> InputValue? {
    switch type {
    case .scalar(let scalar):
      do {
        return try scalar.coercion.literal(literal.replacingVariables(variables))
      } catch {
        return nil
      }
    case .enum(let type):
      guard case .enum(let name) = literal, type.value(named: name.value) != nil else { return nil }
      return .enum(name.value)
    case .inputObject(let type):
      guard case .object(let fields, _) = literal else { return nil }
      return coerce(fields, type, variables)
    case .object, .interface, .union:
      return nil
    }
  }

  private func coerce(
    _ given: [ObjectField], _ type: InputObjectType, _ variables: VariableValues
  ) -> InputValue? {
    var literals: [Value?] = Array(repeating: nil, count: type.fields.count)
    for field in given {
      guard let position = type.position(of: field.name.value) else { return nil }
      // A field whose variable is absent is as if it were not written (section 3.10).
      if !isAbsent(field.value, variables) { literals[position] = field.value }
    }
    var object = InputObject()
    for (field, literal) in zip(type.fields, literals) {
      if let literal {
        guard let value = coerce(literal, to: field.type, variables) else { return nil }
        object.append(field.name, value)
      } else if field.defaultValue != nil {
        guard let value = defaultValue(of: field) else { return nil }
        object.append(field.name, value)
      } else if field.type.isNonNull {
        return nil
      }
    }
    if type.isOneOf, given.count != 1 || object.fields.count != 1 || object.fields[0].value.isNull {
      return nil
    }
    return .object(object)
  }

  private func isAbsent(_ literal: Value, _ variables: VariableValues) -> Bool {
    if case .variable(let name, _) = literal { variables[name.value] == nil } else { false }
  }
}

extension Value {
  /// Whether a variable stands in this literal, at whatever depth.
  package var containsVariable: Bool {
    switch self {
    case .variable: true
    case .int, .float, .string, .boolean, .null, .enum: false
    case .list(let values, _): values.contains(where: \.containsVariable)
    case .object(let fields, _): fields.contains(where: \.value.containsVariable)
    }
  }

  /// The literal with values in the place of its variables, for a scalar that takes lists and
  /// objects; null in the place of an absent one.
  func replacingVariables(_ variables: VariableValues) -> Value {
    switch self {
    case .variable(let name, let range):
      return Value(variables[name.value] ?? .null, range: range)
    case .int, .float, .string, .boolean, .null, .enum:
      return self
    case .list(let values, let range):
      if !containsVariable { return self }
      return .list(values.map { $0.replacingVariables(variables) }, range: range)
    case .object(let fields, let range):
      if !containsVariable { return self }
      return .object(
        fields.map {
          ObjectField(
            name: $0.name, value: $0.value.replacingVariables(variables), range: $0.range)
        }, range: range)
    }
  }

  /// A coerced value as a literal.
  package init(_ value: InputValue, range: SourceRange) {
    switch value {
    case .null: self = .null(range: range)
    case .int(let number): self = .int(String(number), range: range)
    case .float(let number): self = .float(String(number), range: range)
    case .string(let text): self = .string(StringLiteral(value: text, range: range))
    case .boolean(let flag): self = .boolean(flag, range: range)
    case .enum(let name): self = .enum(Name(value: name, range: range))
    case .list(let values): self = .list(values.map { Value($0, range: range) }, range: range)
    case .object(let object):
      self = .object(
        object.fields.map {
          ObjectField(
            name: Name(value: $0.name, range: range), value: Value($0.value, range: range),
            range: range)
        }, range: range)
    }
  }
}

extension ScalarType {
  /// Why this scalar refuses a literal, as a whole sentence; nil where it takes it, or where a
  /// variable within decides at run time.
  package func refusal(of literal: Value) -> String? {
    if coercion.takesListsAndObjects, literal.containsVariable { return nil }
    do {
      _ = try coercion.literal(literal)
      return nil
    } catch {
      return coercion.refusesInSentences
        ? error.message
        : "Expected value of type \"\(name)\", found \(print(literal)); \(error.message)"
    }
  }
}
