// How a leaf's value becomes JSON, decided once by the field's type.

import GraphQLTypes
import JSON

/// The encoding of a leaf.
enum Encoding: Sendable {
  case text
  /// Always written as text.
  case id
  /// Whole, of 32 bits.
  case integer
  /// Finite.
  case float
  case boolean
  /// PostgreSQL's ISO text with UTC's offset, to RFC 3339.
  case instant
  /// An enum: one of its values, in UTF-8.
  case name([[UInt8]])
  /// A scalar of the schema's own, which alone knows its values.
  case custom

  init(of type: TypeID, in schema: Schema) {
    if case .enum(let type)? = schema.type(named: type.name) {
      self = .name(type.values.map { Array($0.name.utf8) })
      return
    }
    switch type.name {
    case "Int": self = .integer
    case "Float": self = .float
    case "Boolean": self = .boolean
    case "String": self = .text
    case "ID": self = .id
    case "DateTime": self = .instant
    case _: self = .custom
    }
  }

  /// A constant in the form that this encoding writes.
  func encoded(_ text: String) -> [UInt8] {
    switch self {
    case .text, .id, .instant, .name, .custom: JSONValue.string(text).jsonBytes
    case .integer, .float, .boolean: Array(text.utf8)
    }
  }

  /// The types of PostgreSQL whose text this encoding can write, by name.
  var columnTypes: Set<String> {
    switch self {
    case .text, .id, .name, .custom: ["text", "varchar", "bpchar", "uuid", "name"]
    case .integer: ["int2", "int4", "int8"]
    case .float: ["int2", "int4", "int8", "numeric", "float4", "float8"]
    case .boolean: ["bool"]
    case .instant: ["timestamptz"]
    }
  }
}
