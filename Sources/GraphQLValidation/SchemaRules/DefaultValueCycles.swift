// Rule: the default value of an input field does not need itself, directly or through the defaults
// of other fields (section 3.10, InputObjectDefaultValueHasCycle).

import GraphQLSyntax
import GraphQLTypes

/// A depth-first search over fields with a default, each followed once.
struct DefaultValueCycles {
  private let schema: Schema
  private var visited: Set<String> = []
  /// The fields whose defaults are being followed, with the default's place.
  private var path: [(field: String, location: SchemaLocation)] = []
  /// The length of the path once the field was on it.
  private var positions: [String: Int] = [:]

  static func check(_ context: inout SchemaRuleContext) {
    var search = DefaultValueCycles(schema: context.schema)
    let empty = Value.object([], range: SourceRange(start: 0, end: 0))
    for type in context.schema.types {
      if case .inputObject(let type) = type { search.follow(empty, type, &context) }
    }
  }

  private init(schema: Schema) {
    self.schema = schema
  }

  private mutating func follow(
    _ literal: Value, _ type: InputObjectType, _ context: inout SchemaRuleContext
  ) {
    switch literal {
    case .variable, .int, .float, .string, .boolean, .null, .enum:
      return
    case .list(let values, _):
      for value in values { follow(value, type, &context) }
    case .object(let given, _):
      for field in type.fields {
        guard case .inputObject(let fieldType) = schema[field.type.namedType] else { continue }
        if let value = given.last(where: { $0.name.value == field.name })?.value {
          follow(value, fieldType, &context)
        } else {
          follow(defaultOf: field, "\(type.name).\(field.name)", fieldType, &context)
        }
      }
    }
  }

  private mutating func follow(
    defaultOf field: SchemaInputValue, _ name: String, _ type: InputObjectType,
    _ context: inout SchemaRuleContext
  ) {
    guard let literal = field.defaultValue else { return }
    if let start = positions[name] {
      let via = path[start...].map(\.field).joined(separator: ", ")
      context.report(
        "Invalid circular reference. The default value of Input Object field \(name) references "
          + "itself" + (via.isEmpty ? "." : " via the default values of: \(via)."),
        path[(start - 1)...].map(\.location))
      return
    }
    guard visited.insert(name).inserted else { return }
    path.append(
      (name, SchemaLocation(source: field.location.source, range: literal.range)))
    positions[name] = path.count
    follow(literal, type, &context)
    path.removeLast()
    positions[name] = nil
  }
}
