// A request's JSON variables come in; the coerced variables of its operation leave, or every value
// that does not fit. Source: GraphQL specification, September 2025, section 6.1.2 (Coercing
// Variable Values) and the input coercion of sections 3.5 to 3.12.

package import GraphQLSyntax
package import JSON

/// Coerces the variables of an operation; members of `json` that no variable is defined for are
/// ignored.
/// - Parameters:
///   - definitions: those of a valid operation.
///   - json: the request's `variables`, an object; nil where it has none.
///   - errorsMax: the most errors told before the rest is left unread.
package func coerceVariableValues(
  _ definitions: [VariableDefinition], _ json: JSONValue?, schema: Schema, errorsMax: Int = 50
) throws(CoercionErrors) -> VariableValues {
  var coercion = VariableCoercion(schema: schema, errorsMax: errorsMax)
  var values = VariableValues()
  for definition in definitions {
    guard let type = schema.type(definition.type), type.isInput else { continue }
    let value = coercion.coerce(definition, type, json?[definition.variable.value])
    if coercion.isFull { break }
    if let value { values.set(definition.variable.value, value) }
  }
  if coercion.errors.isEmpty { return values }
  throw CoercionErrors(coercion.errors)
}

private struct VariableCoercion {
  let schema: Schema
  let errorsMax: Int
  private(set) var errors: [CoercionError] = []
  private(set) var isFull = false
  private var variable = ""
  private var range = SourceRange(start: 0, end: 0)
  private var path: [PathSegment] = []

  private enum PathSegment {
    case name(String)
    case index(Int)
  }

  init(schema: Schema, errorsMax: Int) {
    self.schema = schema
    self.errorsMax = errorsMax
  }

  /// Nil for a variable that is absent, or was refused.
  mutating func coerce(
    _ definition: VariableDefinition, _ type: SchemaType, _ given: JSONValue?
  ) -> InputValue? {
    variable = definition.variable.value
    range = definition.range
    guard let given else {
      if let literal = definition.defaultValue {
        return schema.coerce(literal, to: type, VariableValues())
      }
      if type.isNonNull {
        report("Variable \"$\(variable)\" of required type \"\(type)\" was not provided.")
      }
      return nil
    }
    if given.isNull, type.isNonNull {
      report("Variable \"$\(variable)\" of non-null type \"\(type)\" must not be null.")
      return nil
    }
    return coerce(given, type)
  }

  // MARK: Values

  private mutating func coerce(_ value: JSONValue, _ type: SchemaType) -> InputValue? {
    switch type {
    case .nonNull(let wrapped):
      if value.isNull {
        return refuse(value, "Expected non-nullable type \"\(type)\" not to be null.")
      }
      return coerce(value, wrapped)
    case .list(let element):
      if value.isNull { return .null }
      guard case .array(let elements) = value else {
        // A single value stands for a list of one (section 3.11).
        return coerce(value, element).map { .list([$0]) }
      }
      return coerce(elements, element)
    case .named(let id):
      if value.isNull { return .null }
      return coerce(value, schema[id])
    }
  }

  private mutating func coerce(_ elements: [JSONValue], _ type: SchemaType) -> InputValue? {
    var values: [InputValue] = []
    values.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      path.append(.index(index))
      let value = coerce(element, type)
      path.removeLast()
      if isFull { return nil }
      if let value { values.append(value) }
    }
    return values.count == elements.count ? .list(values) : nil
  }

  private mutating func coerce(_ value: JSONValue, _ type: NamedType) -> InputValue? {
    switch type {
    case .scalar(let scalar):
      do {
        return try scalar.coercion.json(value)
      } catch {
        let sentence =
          scalar.coercion.refusesInSentences
          ? error.message : "Expected type \"\(scalar.name)\". \(error.message)"
        return refuse(value, sentence)
      }
    case .enum(let type):
      guard case .string(let name) = value else {
        return refuse(
          value, "Enum \"\(type.name)\" cannot represent non-string value: \(inspect(value)).")
      }
      guard type.value(named: name) != nil else {
        return refuse(
          value, "Value \"\(shortened(name))\" does not exist in \"\(type.name)\" enum.")
      }
      return .enum(name)
    case .inputObject(let type):
      return coerce(value, type)
    case .object, .interface, .union:
      return nil
    }
  }

  private mutating func coerce(_ value: JSONValue, _ type: InputObjectType) -> InputValue? {
    guard case .object(let members) = value else {
      return refuse(value, "Expected type \"\(type.name)\" to be an object.")
    }
    let errorsBefore = errors.count
    // For each field of the type, the member that gives it.
    var given: [JSONValue?] = Array(repeating: nil, count: type.fields.count)
    var unknown: [String] = []
    for member in members {
      if let position = type.position(of: member.name) {
        given[position] = member.value
      } else {
        unknown.append(member.name)
      }
    }
    var object = InputObject()
    for (position, field) in type.fields.enumerated() {
      guard let value = given[position] else {
        absent(field, of: value, &object)
        continue
      }
      path.append(.name(field.name))
      if let coerced = coerce(value, field.type) { object.append(field.name, coerced) }
      path.removeLast()
      if isFull { return nil }
    }
    for name in unknown {
      _ = refuse(
        value, "Field \"\(shortened(name))\" is not defined by type \"\(type.name)\".")
      if isFull { return nil }
    }
    if type.isOneOf { checkOneOf(members, value, type) }
    return errors.count == errorsBefore ? .object(object) : nil
  }

  private mutating func absent(
    _ field: SchemaInputValue, of value: JSONValue, _ object: inout InputObject
  ) {
    if field.defaultValue != nil {
      if let value = schema.defaultValue(of: field) { object.append(field.name, value) }
    } else if field.type.isNonNull {
      _ = refuse(
        value, "Field \"\(field.name)\" of required type \"\(field.type)\" was not provided.")
    }
  }

  /// Section 3.10.1, OneOf Input Objects.
  private mutating func checkOneOf(
    _ members: [JSONMember], _ value: JSONValue, _ type: InputObjectType
  ) {
    guard members.count == 1 else {
      _ = refuse(
        value, "Exactly one key must be specified for OneOf type \"\(type.name)\".")
      return
    }
    let member = members[0]
    guard member.value.isNull else { return }
    path.append(.name(member.name))
    _ = refuse(member.value, "Field \"\(shortened(member.name))\" must be non-null.")
    path.removeLast()
  }

  // MARK: Errors

  private mutating func refuse(_ value: JSONValue, _ reason: String) -> InputValue? {
    var place = ""
    if !path.isEmpty {
      place = " at \"\(variable)"
      for segment in path {
        switch segment {
        case .name(let name): place += ".\(name)"
        case .index(let index): place += "[\(index)]"
        }
      }
      place += "\""
    }
    report("Variable \"$\(variable)\" got invalid value \(inspect(value))\(place); \(reason)")
    return nil
  }

  private mutating func report(_ message: String) {
    if isFull { return }
    if errors.count >= errorsMax {
      isFull = true
      errors.append(
        CoercionError(
          message: "Too many errors processing variables, error limit reached. "
            + "Execution aborted."))
      return
    }
    errors.append(CoercionError(message: message, range: range))
  }
}
