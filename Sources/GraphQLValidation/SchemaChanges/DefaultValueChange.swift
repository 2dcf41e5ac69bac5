// An argument or input field comes in as it was and as it is; how its default value changed leaves,
// nothing where leaving it out means what it meant (sections 3.6.1 and 3.10).

import GraphQLSyntax
import GraphQLTypes

/// The end of a sentence about the input value.
func defaultChange(
  from old: SchemaInputValue, to new: SchemaInputValue, _ comparison: SchemaComparison
) -> String? {
  switch (old.defaultValue, new.defaultValue) {
  case (nil, nil):
    return nil
  case (nil, let added?):
    // Nobody could leave out what had to be given.
    return old.isRequired ? nil : "has a default value from now on: \(quoted(added))."
  case (let removed?, nil):
    return "lost its default value, which was \(quoted(removed))."
  case (let one?, let other?):
    // What the old literal means by the new types: where those changed, it is told of them.
    let isSame =
      canonicalText(one, new.type, comparison.new) == canonicalText(other, new.type, comparison.new)
    return isSame
      ? nil : "changed its default value from \(quoted(one)) to \(quoted(other))."
  }
}

private func quoted(_ literal: Value) -> String { abbreviate(print(literal)) }

/// A text that two literals of one value have in common, whatever the order in which the fields of
/// objects stand, and with one item in the place of a list of one (section 3.11).
private func canonicalText(_ literal: Value, _ type: SchemaType, _ schema: Schema) -> String {
  if case .list(let element) = type.nullable {
    switch literal {
    case .list(let items, _):
      return "[" + items.map { canonicalText($0, element, schema) }.joined(separator: ",") + "]"
    case .null:
      return "null"
    case .variable, .int, .float, .string, .boolean, .enum, .object:
      return "[" + canonicalText(literal, element, schema) + "]"
    }
  }
  switch (literal, schema[type.namedType]) {
  case (.object(let fields, _), .inputObject(let object)):
    let items = fields.map { field in
      let type = object.field(named: field.name.value)?.type
      return field.name.value + ":"
        + (type.map { canonicalText(field.value, $0, schema) } ?? canonicalText(field.value))
    }
    return "{" + items.sorted().joined(separator: ",") + "}"
  case (.int(let digits, _), .scalar(let scalar)) where scalar.name == "ID":
    return quotedString(digits)
  case (.int(let digits, _), .scalar(let scalar)) where scalar.name == "Float",
    (.float(let digits, _), .scalar(let scalar)) where scalar.name == "Float":
    return Double(digits).map { "\($0)" } ?? digits
  case (.variable, _), (.int, _), (.float, _), (.string, _), (.boolean, _), (.null, _), (.enum, _),
    (.list, _), (.object, _):
    return canonicalText(literal)
  }
}

/// The same where a custom scalar takes whatever stands there.
private func canonicalText(_ literal: Value) -> String {
  switch literal {
  case .list(let items, _):
    "[" + items.map { canonicalText($0) }.joined(separator: ",") + "]"
  case .object(let fields, _):
    "{"
      + fields.map { "\($0.name.value):\(canonicalText($0.value))" }.sorted()
      .joined(separator: ",") + "}"
  case .string(let literal):
    quotedString(literal.value)
  case .variable, .int, .float, .boolean, .null, .enum:
    print(literal)
  }
}
