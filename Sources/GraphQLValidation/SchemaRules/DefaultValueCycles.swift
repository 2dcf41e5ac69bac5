// Rule: the default value of an input field does not need itself, directly or through the defaults
// of other fields (section 3.10, InputObjectDefaultValueHasCycle).

import GraphQLSyntax
import GraphQLTypes

/// A depth-first search over the fields with a default, each followed once; its path is a list.
struct DefaultValueCycles {
  /// A field whose default a value needs, since the value does not give the field.
  private struct NeededDefault {
    let field: String
    let literal: Value
    let type: InputObjectType
    let location: SchemaLocation
  }

  private struct Step {
    let needed: NeededDefault
    let next: [NeededDefault]
    var nextIndex = 0
  }

  private let schema: Schema
  private var visited: Set<String> = []
  private var steps: [Step] = []
  private var positions: [String: Int] = [:]

  static func check(_ context: inout SchemaRuleContext) {
    var search = DefaultValueCycles(schema: context.schema)
    let empty = Value.object([], range: SourceRange(start: 0, end: 0))
    for type in context.schema.types {
      guard case .inputObject(let type) = type else { continue }
      for needed in search.defaultsNeeded(by: empty, of: type) {
        search.run(from: needed, &context)
      }
    }
  }

  private init(schema: Schema) {
    self.schema = schema
  }

  private mutating func run(from needed: NeededDefault, _ context: inout SchemaRuleContext) {
    enter(needed)
    while let last = steps.indices.last {
      guard steps[last].nextIndex < steps[last].next.count else {
        positions[steps[last].needed.field] = nil
        steps.removeLast()
        continue
      }
      let next = steps[last].next[steps[last].nextIndex]
      steps[last].nextIndex += 1
      if let start = positions[next.field] {
        report(steps[start...].map(\.needed), &context)
      } else {
        enter(next)
      }
    }
  }

  private mutating func enter(_ needed: NeededDefault) {
    guard visited.insert(needed.field).inserted else { return }
    positions[needed.field] = steps.count
    steps.append(
      Step(needed: needed, next: defaultsNeeded(by: needed.literal, of: needed.type)))
  }

  /// The fields that are absent in the literal, at whatever depth, and have a default that is an
  /// input object.
  private func defaultsNeeded(by literal: Value, of type: InputObjectType) -> [NeededDefault] {
    switch literal {
    case .variable, .int, .float, .string, .boolean, .null, .enum:
      return []
    case .list(let values, _):
      return values.flatMap { defaultsNeeded(by: $0, of: type) }
    case .object(let given, _):
      return type.fields.flatMap { field -> [NeededDefault] in
        guard case .inputObject(let fieldType) = schema[field.type.namedType] else { return [] }
        if let value = given.last(where: { $0.name.value == field.name })?.value {
          return defaultsNeeded(by: value, of: fieldType)
        }
        guard let literal = field.defaultValue else { return [] }
        return [
          NeededDefault(
            field: "\(type.name).\(field.name)", literal: literal, type: fieldType,
            location: SchemaLocation(source: field.location.source, range: literal.range))
        ]
      }
    }
  }

  private func report(_ cycle: [NeededDefault], _ context: inout SchemaRuleContext) {
    let via = cycle.dropFirst().map(\.field).joined(separator: ", ")
    context.report(
      "Invalid circular reference. The default value of Input Object field \(cycle[0].field) "
        + "references itself" + (via.isEmpty ? "." : " via the default values of: \(via)."),
      cycle.map(\.location))
  }
}
