// Introspection's part of a response: the schema's own data comes in, JSON leaves.
// Source: GraphQL specification, September 2025, section 4.2 (Schema Introspection).

import GraphQLTypes
import JSON

extension AnswerWriter {
  /// Writes `__schema` or `__type`; false for null.
  mutating func introspect(
    _ planned: IntrospectionField, _ schema: Schema, _ field: PlannedField
  ) -> Bool {
    let arguments: [String: InputValue]
    do {
      arguments = try planned.arguments.values(answers.variables)
    } catch {
      note(.arguments(error.message), field)
      return false
    }
    guard case .object(let object) = schema.introspect(planned.name, arguments: arguments) else {
      return false
    }
    return write(object, planned.fields, schema)
  }

  private mutating func write(
    _ object: IntrospectionObject, _ fields: [PlannedField], _ schema: Schema
  ) -> Bool {
    json.bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    var written: Set<Int> = []
    for field in fields {
      if !isWritten(field, &written) { continue }
      if isFirst { isFirst = false } else { json.bytes.append(UInt8(ascii: ",")) }
      json.raw(field.key)
      guard case .introspection(let planned) = field.output else {
        if case .typeName(let name) = field.output { json.raw(name) } else { json.null() }
        continue
      }
      let arguments = (try? planned.arguments.values(answers.variables)) ?? [:]
      write(object.value(of: planned.name, arguments: arguments, schema: schema), planned, schema)
    }
    json.bytes.append(UInt8(ascii: "}"))
    return true
  }

  private mutating func write(
    _ value: IntrospectionValue, _ planned: IntrospectionField, _ schema: Schema
  ) {
    switch value {
    case .null: json.null()
    case .boolean(let flag): json.boolean(flag)
    case .string(let text), .enumName(let text): json.string(text)
    case .enumNames(let names):
      json.bytes.append(UInt8(ascii: "["))
      for name in names {
        json.separate()
        json.string(name)
      }
      json.endArray()
    case .object(let object): _ = write(object, planned.fields, schema)
    case .objects(let objects):
      json.bytes.append(UInt8(ascii: "["))
      for object in objects {
        // The whole is thrown away.
        if overflows() { break }
        json.separate()
        _ = write(object, planned.fields, schema)
      }
      json.endArray()
    }
  }
}
