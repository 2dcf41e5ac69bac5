// When a field is selected: `@skip` and `@include` with variables come in as they were written, and
// are answered for each request.
// Source: GraphQL specification, September 2025, sections 3.13.1 and 3.13.2.

import GraphQLSyntax
import GraphQLTypes

/// A condition over the operation's variables.
indirect enum Condition: Sendable {
  case always
  case variable(String)
  case not(Condition)
  case all([Condition])
  case any([Condition])

  /// One of these; `always` where one of them is.
  init(anyOf conditions: [Condition]) {
    if conditions.contains(where: \.isAlways) {
      self = .always
    } else if conditions.count == 1 {
      self = conditions[0]
    } else {
      self = .any(conditions)
    }
  }

  /// - Parameter variables: the operation's coerced variables.
  func holds(_ variables: VariableValues) -> Bool {
    switch self {
    case .always: true
    case .variable(let name): variables[name] == .boolean(true)
    case .not(let condition): !condition.holds(variables)
    case .all(let conditions): conditions.allSatisfy { $0.holds(variables) }
    case .any(let conditions): conditions.contains { $0.holds(variables) }
    }
  }

  var isAlways: Bool {
    if case .always = self { true } else { false }
  }

  /// This condition and what a selection's directives add to it; nil where it can never hold.
  func and(directives: [Directive]) -> Condition? {
    if directives.isEmpty { return self }
    var conditions: [Condition] = isAlways ? [] : [self]
    for directive in directives {
      let isSkip = directive.name.value == "skip"
      guard isSkip || directive.name.value == "include",
        let argument = directive.arguments.first(where: { $0.name.value == "if" })
      else { continue }
      switch argument.value {
      case .boolean(let value, _):
        if value == isSkip { return nil }
      case .variable(let name, _):
        let variable = Condition.variable(name.value)
        conditions.append(isSkip ? .not(variable) : variable)
      case .int, .float, .string, .null, .enum, .list, .object:
        // Validation lets only booleans and variables through.
        return nil
      }
    }
    switch conditions.count {
    case 0: return .always
    case 1: return conditions[0]
    case _: return .all(conditions)
    }
  }
}
