// Rule: an input object that refers to itself does so through at least one field that may be null
// or is a list, or no value of it could be finite (section 3.10, Circular References).

import GraphQLSyntax
import GraphQLTypes

/// A depth-first search that visits each type once and keeps its path on a list.
struct InputObjectCycles {
  private struct Step {
    let type: InputObjectType
    var nextField = 0
  }

  private let schema: Schema
  private var visited: Set<TypeID> = []
  private var steps: [Step] = []
  /// The fields that lead from each step to the next.
  private var path: [SchemaInputValue] = []
  private var positions: [TypeID: Int] = [:]

  static func check(_ context: inout SchemaRuleContext) {
    var search = InputObjectCycles(schema: context.schema)
    for type in context.schema.types {
      if case .inputObject(let type) = type { search.run(from: type, &context) }
    }
  }

  private init(schema: Schema) {
    self.schema = schema
  }

  private mutating func run(from type: InputObjectType, _ context: inout SchemaRuleContext) {
    guard !visited.contains(type.id) else { return }
    enter(type)
    while let last = steps.indices.last {
      let step = steps[last]
      guard step.nextField < step.type.fields.count else {
        positions[step.type.id] = nil
        steps.removeLast()
        _ = path.popLast()
        continue
      }
      let field = step.type.fields[step.nextField]
      steps[last].nextField += 1
      guard case .nonNull(.named(let id)) = field.type, case .inputObject(let next) = schema[id]
      else { continue }
      if let start = positions[id] {
        report(path[start...] + [field], of: next, &context)
      } else if !visited.contains(id) {
        path.append(field)
        enter(next)
      }
    }
  }

  private mutating func enter(_ type: InputObjectType) {
    visited.insert(type.id)
    positions[type.id] = steps.count
    steps.append(Step(type: type))
  }

  private func report(
    _ cycle: ArraySlice<SchemaInputValue>, of type: InputObjectType,
    _ context: inout SchemaRuleContext
  ) {
    context.report(
      "Cannot reference Input Object \"\(type.name)\" within itself through a series of non-null "
        + "fields: \"\(cycle.map(\.name).joined(separator: "."))\".", cycle.map(\.location))
  }
}
