// A JSON value enters, its text on many lines leaves: members in their order, two spaces a level.

import JSON

func prettyJSON(_ value: JSONValue, indent: String = "") -> String {
  let inner = indent + "  "
  switch value {
  case .null, .bool, .number, .string:
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  case .array(let elements):
    if elements.isEmpty { return "[]" }
    let lines = elements.map { inner + prettyJSON($0, indent: inner) }
    return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
  case .object(let members):
    if members.isEmpty { return "{}" }
    let lines = members.map { member in
      "\(inner)\"\(member.name)\": " + prettyJSON(member.value, indent: inner)
    }
    return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
  }
}
