// A schema enters; the documents that ask for everything in it leave, and of an answer, which
// fields it told something about. Nothing here is a list: what the schema gains is asked for.

import GraphQLTypes
import JSON

/// One document that asks a root field for everything below it.
struct GeneratedQuery: Sendable {
  let field: String
  let document: String
}

struct QueryWalk {
  let schema: Schema
  /// How deep selections go; a schema without a cycle ends by itself.
  let depthMax = 8
  /// Of the arguments of one field.
  let combinationsMax = 500

  /// Each field of Query with each combination of its arguments' values.
  /// - Parameter codes: what an argument of the type ID is given, one after the other.
  func queries(codes: [String]) -> [GeneratedQuery] {
    (schema.queryType?.fields ?? []).flatMap { field in
      combinations(of: field.arguments, codes: codes).map { arguments in
        GeneratedQuery(
          field: field.name,
          document: "{ \(field.name)\(arguments)\(selection(of: field.type, depth: 1)) }")
      }
    }
  }

  /// Everything below a type: nothing for a leaf.
  func selection(of type: SchemaType, depth: Int = 1) -> String {
    guard let object = schema.objectType(named: type.namedType), depth < depthMax else { return "" }
    let fields = object.fields.compactMap { field -> String? in
      let below = selection(of: field.type, depth: depth + 1)
      if below.isEmpty, !field.type.namedType.isLeaf { return nil }
      return field.name + below
    }
    return " { __typename \(fields.joined(separator: " ")) }"
  }

  /// `(a: X, b: Y)` for each choice of values; an optional argument is also left out. Where that
  /// would be too many, each value of each argument once, the other arguments left out.
  private func combinations(of arguments: [SchemaInputValue], codes: [String]) -> [String] {
    let choices = arguments.map { argument in
      (argument.isRequired ? [] : [nil])
        + values(of: argument.type, codes: codes).map { Optional("\(argument.name): \($0)") }
    }
    let count = choices.reduce(1) { $0 * $1.count }
    var all: [[String?]] = [choices.map { $0.first ?? nil }]
    if count > combinationsMax {
      for (position, values) in choices.enumerated() {
        all += values.dropFirst().map { value in
          var chosen = all[0]
          chosen[position] = value
          return chosen
        }
      }
    } else {
      all = choices.reduce([[]]) { all, values in
        all.flatMap { chosen in values.map { chosen + [$0] } }
      }
    }
    return all.map { chosen in
      let given = chosen.compactMap(\.self)
      return given.isEmpty ? "" : "(\(given.joined(separator: ", ")))"
    }
  }

  private func values(of type: SchemaType, codes: [String]) -> [String] {
    switch schema[type.namedType] {
    case .enum(let type): type.values.map(\.name)
    case .scalar(let scalar):
      switch scalar.name {
      case "Boolean": ["true", "false"]
      case "Int", "Float": ["1"]
      case "EventCursor": ["\"ev1-000000000000000100000000\""]
      case "EventType": ["\"company.updated\""]
      case "DateTime": ["\"2100-01-01T00:00:00Z\""]
      case _: codes.map { "\"\($0)\"" }
      }
    case .object, .interface, .union, .inputObject: []
    }
  }

  /// `(a: X, input: {b: Y})`: what a field cannot be asked without, and nothing else.
  func leastArguments(of field: SchemaField) -> String {
    let given = field.arguments.filter(\.isRequired).map { "\($0.name): \(least($0.type))" }
    return given.isEmpty ? "" : "(\(given.joined(separator: ", ")))"
  }

  private func least(_ type: SchemaType) -> String {
    if case .list = type.nullable { return "[]" }
    switch schema[type.namedType] {
    case .enum(let type): return type.values.first?.name ?? ""
    case .inputObject(let input):
      let given = input.fields.filter(\.isRequired).map { "\($0.name): \(least($0.type))" }
      return "{\(given.joined(separator: ", "))}"
    case .scalar(let scalar):
      switch scalar.name {
      case "Boolean": return "true"
      case "Int", "Float": return "1"
      case "ID": return "\"\(demoID(0xdead))\""
      case "DateTime": return "\"2026-01-31T12:00:00Z\""
      case _: return "\"x\""
      }
    case .object, .interface, .union: return ""
    }
  }

  // MARK: What an answer told

  /// The fields, as `Type.field`, that an object of an answer holds a value for: neither null nor
  /// an empty list.
  func told(by value: JSONValue, of type: ObjectType) -> Set<String> {
    var all: Set<String> = []
    for member in value.objectValue ?? [] {
      guard let field = type.field(named: member.name), !member.value.isNull,
        member.value.arrayValue?.isEmpty != true
      else { continue }
      all.insert("\(type.name).\(field.name)")
      guard let below = schema.objectType(named: field.type.namedType) else { continue }
      for element in member.value.arrayValue ?? [member.value] {
        all.formUnion(told(by: element, of: below))
      }
    }
    return all
  }

  /// The fields of mutations' inputs that take an id, as `mutation.field`.
  func inputIDs() -> Set<String> {
    var all: Set<String> = []
    for mutation in schema.mutationType?.fields ?? [] {
      for argument in mutation.arguments {
        guard case .inputObject(let input) = schema[argument.type.namedType] else { continue }
        for field in input.fields where field.type.namedType.name == "ID" {
          all.insert("\(mutation.name).\(field.name)")
        }
      }
    }
    return all
  }
}
