// The variables of each operation against their uses in it and in the fragments it reaches: drives
// NoUndefinedVariables, NoUnusedVariables and VariablesInAllowedPosition (section 5.8).

import GraphQLSyntax
import GraphQLTypes

struct VariableRules {
  private struct Variable {
    var definition: VariableDefinition
    /// Nil where the type is unknown.
    var type: SchemaType?
    var isUsed = false
  }

  private let graph: SelectionGraph
  /// The number of the last operation that reached the fragment.
  private var reachedBy: [Int]
  private var variables: [Variable] = []
  private var indices: [String: Int] = [:]

  static func check(
    _ graph: SelectionGraph, _ operations: [OperationDefinition],
    _ context: inout ValidationContext
  ) {
    var rules = VariableRules(graph)
    for index in graph.operations.indices where !context.isFull {
      rules.check(operations[index], index, &context)
    }
  }

  private init(_ graph: SelectionGraph) {
    self.graph = graph
    reachedBy = Array(repeating: -1, count: graph.fragments.count)
  }

  private mutating func check(
    _ operation: OperationDefinition, _ index: Int, _ context: inout ValidationContext
  ) {
    define(operation.variableDefinitions, context.schema)
    let node = graph.operations[index]
    use(node.usages, in: operation, &context)
    var pending = reach(node.spreads, from: index)
    while let fragment = pending.popLast(), !context.isFull {
      let node = graph.fragments[fragment]
      if !context.spend(1 + node.usages.count + node.spreads.count) { return }
      use(node.usages, in: operation, &context)
      pending += reach(node.spreads, from: index)
    }
    for variable in variables where !isUsed(variable) {
      NoUnusedVariables.report(variable.definition, of: operation, &context)
    }
  }

  private func isUsed(_ variable: Variable) -> Bool {
    if variable.isUsed { return true }
    guard let last = indices[variable.definition.variable.value] else { return false }
    return variables[last].isUsed
  }

  /// Of two definitions with one name, which another rule reports, the last counts for all.
  private mutating func define(_ definitions: [VariableDefinition], _ schema: Schema) {
    variables.removeAll(keepingCapacity: true)
    indices.removeAll(keepingCapacity: true)
    for definition in definitions {
      let type = schema.type(definition.type)
      indices[definition.variable.value] = variables.count
      variables.append(Variable(definition: definition, type: type))
    }
  }

  private mutating func reach(_ fragments: [Int], from operation: Int) -> [Int] {
    fragments.filter { fragment in
      if reachedBy[fragment] == operation { return false }
      reachedBy[fragment] = operation
      return true
    }
  }

  private mutating func use(
    _ usages: [VariableUsage], in operation: OperationDefinition,
    _ context: inout ValidationContext
  ) {
    for usage in usages {
      guard let index = indices[usage.name] else {
        NoUndefinedVariables.report(usage, in: operation, &context)
        continue
      }
      variables[index].isUsed = true
      if let type = variables[index].type {
        VariablesInAllowedPosition.check(usage, variables[index].definition, type, &context)
      }
    }
  }
}
