// The arguments of a field or directive as they are written come in; what leaves is their values,
// or where variables decide, what makes the values once the variables are known.
// Source: GraphQL specification, September 2025, section 6.4.1 (Coercing Field Arguments).

package import GraphQLSyntax

/// The arguments of one field, planned once and evaluated for each request. An argument that is
/// neither given nor has a default is absent from the values.
package enum ArgumentPlan: Sendable {
  case constant([String: InputValue])
  case variable(VariableArguments)

  /// Plans the arguments of a valid document.
  package init(_ field: SchemaField, _ arguments: [Argument], schema: Schema) {
    self.init(field.arguments, arguments, schema: schema)
  }

  package init(
    _ definitions: [SchemaInputValue], _ arguments: [Argument], schema: Schema
  ) {
    if definitions.isEmpty {
      self = .constant([:])
      return
    }
    let planned = VariableArguments(definitions, arguments, schema)
    if planned.isConstant {
      do {
        self = .constant(try planned.values(VariableValues()))
        return
      } catch {
        // A literal that its scalar refuses fails its field each time.
      }
    }
    self = .variable(planned)
  }

  /// The values with these variables.
  /// - Throws: for a null or an absent variable where a value is required.
  package func values(
    _ variables: VariableValues
  ) throws(CoercionError) -> [String: InputValue] {
    switch self {
    case .constant(let values): values
    case .variable(let arguments): try arguments.values(variables)
    }
  }
}

/// Arguments of which at least one has a variable.
package struct VariableArguments: Sendable {
  private struct Planned: Sendable {
    let definition: SchemaInputValue
    /// As it is written; nil where it is not.
    let literal: Value?
    /// The value where no variable decides; nil too where it could not be coerced.
    let constant: InputValue?
  }

  private let schema: Schema
  private let planned: [Planned]

  init(_ definitions: [SchemaInputValue], _ arguments: [Argument], _ schema: Schema) {
    self.schema = schema
    planned = definitions.map { definition in
      let literal = arguments.first { $0.name.value == definition.name }?.value
      let constant: InputValue? =
        if let literal {
          literal.containsVariable
            ? nil : schema.coerce(literal, to: definition.type, VariableValues())
        } else {
          schema.defaultValue(of: definition)
        }
      return Planned(definition: definition, literal: literal, constant: constant)
    }
  }

  var isConstant: Bool { planned.allSatisfy { $0.literal?.containsVariable != true } }

  func values(_ variables: VariableValues) throws(CoercionError) -> [String: InputValue] {
    var values: [String: InputValue] = [:]
    values.reserveCapacity(planned.count)
    for argument in planned {
      if let value = try value(of: argument, variables) {
        values[argument.definition.name] = value
      }
    }
    return values
  }

  private func value(
    of argument: Planned, _ variables: VariableValues
  ) throws(CoercionError) -> InputValue? {
    if let constant = argument.constant { return constant }
    let definition = argument.definition
    guard let literal = argument.literal else {
      guard definition.type.isNonNull else { return nil }
      throw refusal(definition, "of required type \"\(definition.type)\" was not provided.", nil)
    }
    if case .variable(let name, let range) = literal, variables[name.value] == nil {
      if definition.defaultValue != nil { return schema.defaultValue(of: definition) }
      guard definition.type.isNonNull else { return nil }
      throw refusal(
        definition,
        "of required type \"\(definition.type)\" was provided the variable \"$\(name.value)\" "
          + "which was not provided a runtime value.", range)
    }
    if let value = schema.coerce(literal, to: definition.type, variables) { return value }
    if definition.type.isNonNull, isNull(literal, variables) {
      throw refusal(
        definition, "of non-null type \"\(definition.type)\" must not be null.", literal.range)
    }
    throw refusal(definition, "has invalid value \(print(literal)).", literal.range)
  }

  private func isNull(_ literal: Value, _ variables: VariableValues) -> Bool {
    switch literal {
    case .null: true
    case .variable(let name, _): variables[name.value] == .null
    case .int, .float, .string, .boolean, .enum, .list, .object: false
    }
  }

  private func refusal(
    _ definition: SchemaInputValue, _ reason: String, _ range: SourceRange?
  ) -> CoercionError {
    CoercionError(message: "Argument \"\(definition.name)\" \(reason)", range: range)
  }
}
