// How a scalar's input is coerced: JSON out of variables, or a literal out of a document, comes in;
// the value leaves, or the reason why it is refused.
// Source: GraphQL specification, September 2025, section 3.5 (Scalars).

package import GraphQLSyntax
package import JSON

/// Why a scalar refuses a value: a clause that completes `Expected value of type "DateTime", ..`.
package struct ScalarRefusal: Error, Sendable, Hashable {
  package var message: String

  package init(_ message: String) {
    self.message = message
  }
}

/// The coercion of one scalar. Null never gets here, nor does a variable.
package struct ScalarCoercion: Sendable {
  let json: @Sendable (JSONValue) throws(ScalarRefusal) -> InputValue
  let literal: @Sendable (Value) throws(ScalarRefusal) -> InputValue
  /// The refusals of the specification's own scalars are whole sentences.
  let refusesInSentences: Bool
  /// A list or an object with variables in it may be a value, which then only a request can tell.
  let takesListsAndObjects: Bool

  init(
    json: @escaping @Sendable (JSONValue) throws(ScalarRefusal) -> InputValue,
    literal: @escaping @Sendable (Value) throws(ScalarRefusal) -> InputValue,
    refusesInSentences: Bool, takesListsAndObjects: Bool = false
  ) {
    self.json = json
    self.literal = literal
    self.refusesInSentences = refusesInSentences
    self.takesListsAndObjects = takesListsAndObjects
  }

  /// A custom scalar that takes JSON and literals of all kinds.
  package init(
    json: @escaping @Sendable (JSONValue) throws(ScalarRefusal) -> InputValue,
    literal: @escaping @Sendable (Value) throws(ScalarRefusal) -> InputValue
  ) {
    self.init(
      json: json, literal: literal, refusesInSentences: false, takesListsAndObjects: true)
  }

  /// A custom scalar that is written as a string in JSON and in documents.
  package static func text(
    _ coerce: @escaping @Sendable (String) throws(ScalarRefusal) -> InputValue
  ) -> ScalarCoercion {
    ScalarCoercion(
      json: { (value) throws(ScalarRefusal) in
        guard case .string(let text) = value else { throw ScalarRefusal("it must be a string.") }
        return try coerce(text)
      },
      literal: { (value) throws(ScalarRefusal) in
        guard case .string(let literal) = value else {
          throw ScalarRefusal("it must be a string.")
        }
        return try coerce(literal.value)
      }, refusesInSentences: false)
  }

  /// A custom scalar of which nothing is known takes every value as it is.
  package static let anything = ScalarCoercion(
    json: { inputValue(of: $0) }, literal: { inputValue(of: $0) })
}

/// JSON as it is: a whole number of 64 bits is an int, every other number a float.
private func inputValue(of json: JSONValue) -> InputValue {
  switch json {
  case .null: .null
  case .bool(let flag): .boolean(flag)
  case .number(let literal): number(literal)
  case .string(let text): .string(text)
  case .array(let elements): .list(elements.map(inputValue(of:)))
  case .object(let members):
    .object(
      InputObject(
        members.map { InputObject.Field(name: $0.name, value: inputValue(of: $0.value)) }))
  }
}

private func inputValue(of literal: Value) -> InputValue {
  switch literal {
  case .variable, .null: .null
  case .int(let digits, _), .float(let digits, _): number(digits)
  case .string(let text): .string(text.value)
  case .boolean(let flag, _): .boolean(flag)
  case .enum(let name): .enum(name.value)
  case .list(let values, _): .list(values.map(inputValue(of:)))
  case .object(let fields, _):
    .object(
      InputObject(
        fields.map { InputObject.Field(name: $0.name.value, value: inputValue(of: $0.value)) }))
  }
}

private func number(_ literal: String) -> InputValue {
  if let value = Int(literal) { return .int(value) }
  return .float(Double(literal) ?? 0)
}
