// What coercion makes of literals and variables: the values that arguments have when a field is
// executed. Source: GraphQL specification, September 2025, section 3.5 to 3.11 (Input Coercion).

/// A coerced input value.
package enum InputValue: Sendable, Hashable {
  case null
  case int(Int)
  case float(Double)
  case string(String)
  case boolean(Bool)
  /// The name of an enum's value.
  case `enum`(String)
  case list([InputValue])
  case object(InputObject)
}

/// A coerced input object: the fields that were given or have a default, in the order of the type.
/// A field that was not given is absent, which is something else than null.
package struct InputObject: Sendable, Hashable {
  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: InputValue

    package init(name: String, value: InputValue) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var fields: [Field]

  package init(_ fields: [Field] = []) {
    self.fields = fields
  }

  /// The field's value, `.null` where null was given; nil where it is absent.
  package subscript(name: String) -> InputValue? {
    fields.first { $0.name == name }?.value
  }

  package func isPresent(_ name: String) -> Bool { self[name] != nil }

  mutating func append(_ name: String, _ value: InputValue) {
    fields.append(Field(name: name, value: value))
  }
}

extension InputValue {
  package var isNull: Bool { self == .null }

  package var intValue: Int? {
    if case .int(let value) = self { value } else { nil }
  }

  /// A float, or an integer as one.
  package var floatValue: Double? {
    switch self {
    case .float(let value): value
    case .int(let value): Double(value)
    case .null, .string, .boolean, .enum, .list, .object: nil
    }
  }

  package var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var booleanValue: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  package var enumValue: String? {
    if case .enum(let value) = self { value } else { nil }
  }

  package var listValue: [InputValue]? {
    if case .list(let values) = self { values } else { nil }
  }

  package var objectValue: InputObject? {
    if case .object(let value) = self { value } else { nil }
  }
}

/// The coerced variables of one request (section 6.1.2). A variable that was neither given nor has
/// a default is absent.
package struct VariableValues: Sendable, Hashable {
  private var values: [String: InputValue]

  package init(_ values: [String: InputValue] = [:]) {
    self.values = values
  }

  package subscript(name: String) -> InputValue? { values[name] }

  mutating func set(_ name: String, _ value: InputValue) { values[name] = value }
}
