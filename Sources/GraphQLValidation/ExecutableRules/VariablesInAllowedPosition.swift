// Rule: a variable is used where a value of its type may stand (section 5.8.5).

import GraphQLSyntax
import GraphQLTypes

enum VariablesInAllowedPosition {
  /// `type` is the variable's own.
  static func check(
    _ usage: VariableUsage, _ definition: VariableDefinition, _ type: SchemaType,
    _ context: inout ValidationContext
  ) {
    guard let expected = usage.type else { return }
    if !isAllowed(type, definition.defaultValue, usage, expected, context.schema) {
      context.report(
        "VariablesInAllowedPosition",
        "Variable \"$\(usage.name)\" of type \"\(type)\" used in position expecting type "
          + "\"\(expected)\".", [definition.range, usage.range])
    }
    if let parent = usage.oneOfParent, !type.isNonNull, !hasValue(definition.defaultValue) {
      context.report(
        "VariablesInAllowedPosition",
        "Variable \"$\(usage.name)\" is of type \"\(type)\" but must be non-nullable to be used "
          + "for OneOf Input Object \"\(parent)\".", [definition.range, usage.range])
    }
  }

  /// `IsVariableUsageAllowed`, but for the fields of a OneOf Input Object, which have words of
  /// their own.
  private static func isAllowed(
    _ type: SchemaType, _ defaultValue: Value?, _ usage: VariableUsage,
    _ expected: SchemaType, _ schema: Schema
  ) -> Bool {
    guard case .nonNull(let nullable) = expected, !type.isNonNull else {
      return schema.isSubtype(type, of: expected)
    }
    if !hasValue(defaultValue), !usage.hasDefault { return false }
    return schema.isSubtype(type, of: nullable)
  }

  private static func hasValue(_ defaultValue: Value?) -> Bool {
    switch defaultValue {
    case .none, .some(.null): false
    case .some: true
    }
  }
}
