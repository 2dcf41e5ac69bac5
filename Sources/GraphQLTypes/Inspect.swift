// A JSON value comes in, its text in an error message leaves, bounded in depth and length.

import JSON

/// How many levels and how many elements of a value a message shows, and how much of a string.
private let depthMax = 2
private let elementsMax = 10
private let stringLengthMax = 200

/// The value as the reference implementation shows it: `{ name: "a", tags: [Array] }`.
func inspect(_ value: JSONValue) -> String { inspect(value, depth: 0) }

private func inspect(_ value: JSONValue, depth: Int) -> String {
  switch value {
  case .null: return "null"
  case .bool(let flag): return flag ? "true" : "false"
  case .number(let literal): return literal
  case .string(let text):
    if text.utf8.count <= stringLengthMax { return value.jsonText }
    return JSONValue.string(String(text.prefix(stringLengthMax)) + "...").jsonText
  case .array(let elements):
    if elements.isEmpty { return "[]" }
    if depth >= depthMax { return "[Array]" }
    var items = elements.prefix(elementsMax).map { inspect($0, depth: depth + 1) }
    let left = elements.count - elementsMax
    if left > 0 { items.append(left == 1 ? "... 1 more item" : "... \(left) more items") }
    return "[" + items.joined(separator: ", ") + "]"
  case .object(let members):
    if members.isEmpty { return "{}" }
    if depth >= depthMax { return "[Object]" }
    var items = members.prefix(elementsMax).map {
      "\(shortened($0.name)): \(inspect($0.value, depth: depth + 1))"
    }
    if members.count > elementsMax { items.append("...") }
    return "{ " + items.joined(separator: ", ") + " }"
  }
}

/// A name that a client chose, cut to what a message shows.
func shortened(_ name: String) -> String {
  name.utf8.count <= stringLengthMax ? name : String(name.prefix(stringLengthMax)) + "..."
}
