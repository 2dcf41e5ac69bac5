// Rule: a literal can be coerced to the type expected where it stands (section 5.6.1), with the
// rules on the fields of input objects (5.6.2, 5.6.4) and on OneOf Input Objects (5.6.5).

import GraphQLSyntax
import GraphQLTypes

enum ValuesOfCorrectType {
  static func checkNull(
    _ value: Value, _ type: SchemaType?, _ context: inout ValidationContext
  ) {
    guard let type, type.isNonNull else { return }
    report("Expected value of type \"\(type)\", found null.", value.range, &context)
  }

  /// Any literal but a variable, null, a list in a list's place or an object in an input object's.
  static func checkLeaf(
    _ value: Value, _ type: SchemaType?, _ context: inout ValidationContext
  ) {
    guard let type else { return }
    switch context.schema[type.namedType] {
    case .scalar(let scalar):
      if let message = scalar.refusal(of: value) {
        report(message, value.range, &context)
      }
    case .enum(let type):
      checkEnum(value, type, &context)
    case .object, .interface, .union, .inputObject:
      report(
        "Expected value of type \"\(type)\", found \(print(value)).", value.range, &context)
    }
  }

  /// The fields that an input object literal must have, and has. Their values are visited by the
  /// walk.
  static func checkObject(
    _ fields: [ObjectField], _ range: SourceRange, _ type: InputObjectType,
    _ context: inout ValidationContext
  ) {
    for definition in type.fields where definition.isRequired {
      if fields.contains(where: { $0.name.value == definition.name }) { continue }
      report(
        "Field \"\(type.name).\(definition.name)\" of required type \"\(definition.type)\" was not "
          + "provided.", range, &context)
    }
    if type.isOneOf { checkOneOf(fields, range, type, &context) }
  }

  static func reportUnknownField(
    _ field: ObjectField, _ type: InputObjectType, _ context: inout ValidationContext
  ) {
    let name = field.name.value
    let names = context.ifShown(type.name, type.fields.map(\.name))
    let suggestion = context.suggest(name, among: names)
    report(
      "Field \"\(name)\" is not defined by type \"\(type.name)\".\(suggestion)", field.range,
      &context)
  }

  private static func checkOneOf(
    _ fields: [ObjectField], _ range: SourceRange, _ type: InputObjectType,
    _ context: inout ValidationContext
  ) {
    let names = Set(fields.map(\.name.value))
    guard names.count == 1, let field = fields.last else {
      report(
        "OneOf Input Object \"\(type.name)\" must specify exactly one key.", range, &context)
      return
    }
    if case .null = field.value {
      report("Field \"\(type.name).\(field.name.value)\" must be non-null.", range, &context)
    }
  }

  private static func checkEnum(
    _ value: Value, _ type: EnumType, _ context: inout ValidationContext
  ) {
    let action = "the enum value "
    guard case .enum(let name) = value else {
      let text = print(value)
      let suggestion = context.suggest(
        text, among: context.ifShown(type.name, type.values.map(\.name)), to: action)
      report(
        "Enum \"\(type.name)\" cannot represent non-enum value: \(text).\(suggestion)",
        value.range, &context)
      return
    }
    if type.value(named: name.value) != nil { return }
    let suggestion = context.suggest(
      name.value, among: context.ifShown(type.name, type.values.map(\.name)), to: action)
    report(
      "Value \"\(name.value)\" does not exist in \"\(type.name)\" enum.\(suggestion)",
      value.range, &context)
  }

  private static func report(
    _ message: String, _ range: SourceRange, _ context: inout ValidationContext
  ) {
    context.report("ValuesOfCorrectType", message, [range])
  }
}
