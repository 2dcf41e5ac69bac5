// A literal without variables and the type it should have come in; why it does not fit leaves, with
// the path within the literal. The rules are those of ValuesOfCorrectType (section 5.6.1).

import GraphQLSyntax
import GraphQLTypes

struct LiteralError {
  var message: String
  var ranges: [SourceRange]
  /// Such as `.items[0].name`; empty for the literal itself.
  var path: String
}

func errors(of literal: Value, _ type: SchemaType, _ schema: Schema) -> [LiteralError] {
  var check = LiteralCheck(ValidationContext(schema, ValidationLimits(errorsMax: nil)))
  check.visit(literal, type, "")
  return check.errors
}

private struct LiteralCheck {
  private var context: ValidationContext
  private(set) var errors: [LiteralError] = []

  init(_ context: ValidationContext) {
    self.context = context
  }

  mutating func visit(_ literal: Value, _ type: SchemaType, _ path: String) {
    switch literal {
    case .null:
      ask(path) { ValuesOfCorrectType.checkNull(literal, type, &$0) }
    case .list(let values, _):
      guard case .list(let element) = type.nullable else { return leaf(literal, type, path) }
      for (index, value) in values.enumerated() { visit(value, element, "\(path)[\(index)]") }
    case .object(let fields, let range):
      guard case .inputObject(let object) = context.schema[type.namedType] else {
        return leaf(literal, type, path)
      }
      ask(path) { ValuesOfCorrectType.checkObject(fields, range, object, &$0) }
      for field in fields {
        guard let definition = object.field(named: field.name.value) else {
          ask(path) { ValuesOfCorrectType.reportUnknownField(field, object, &$0) }
          continue
        }
        visit(field.value, definition.type, "\(path).\(definition.name)")
      }
    case .int, .float, .string, .boolean, .enum:
      leaf(literal, type, path)
    case .variable:
      // None stands in a definition: the grammar refuses it.
      return
    }
  }

  private mutating func leaf(_ literal: Value, _ type: SchemaType, _ path: String) {
    ask(path) { ValuesOfCorrectType.checkLeaf(literal, type, &$0) }
  }

  private mutating func ask(_ path: String, _ rule: (inout ValidationContext) -> Void) {
    let known = context.errors.count
    rule(&context)
    for error in context.errors[known...] {
      errors.append(
        LiteralError(message: error.message, ranges: error.locations, path: path))
    }
  }
}
