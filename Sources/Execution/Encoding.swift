// How a column's text becomes JSON, decided once by the field's type.

import GraphQLTypes
import JSON

/// The encoding of a leaf.
enum Encoding: Sendable {
  case text
  case number
  case boolean
  /// PostgreSQL's ISO text with UTC's offset, to RFC 3339.
  case instant

  init(of type: TypeID) {
    switch type.name {
    case "Int", "Float": self = .number
    case "Boolean": self = .boolean
    case "DateTime": self = .instant
    case _: self = .text
    }
  }

  /// A constant in the form that this encoding writes.
  func encoded(_ text: String) -> [UInt8] {
    switch self {
    case .text, .instant: JSONValue.string(text).jsonBytes
    case .number, .boolean: Array(text.utf8)
    }
  }

  /// The types of PostgreSQL whose text this encoding can write, by name.
  var columnTypes: Set<String> {
    switch self {
    case .text: ["text", "varchar", "bpchar", "uuid", "name"]
    case .number: ["int2", "int4", "int8", "numeric", "float4", "float8"]
    case .boolean: ["bool"]
    case .instant: ["timestamptz"]
    }
  }
}
