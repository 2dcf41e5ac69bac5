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

  /// Writes an object; false where a non-null field of it is null for an error.
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
      if case .introspection(let planned) = field.output {
        if !write(field, planned, of: object, schema) { return false }
      } else if case .typeName(let name) = field.output {
        json.raw(name)
      } else {
        json.null()
      }
    }
    json.bytes.append(UInt8(ascii: "}"))
    return true
  }

  /// Writes a field's value, or null, with an error where its arguments are refused; false where
  /// the field is non-null, so that the object becomes null.
  private mutating func write(
    _ field: PlannedField, _ planned: IntrospectionField, of object: IntrospectionObject,
    _ schema: Schema
  ) -> Bool {
    let start = json.count
    let errorsBefore = errors.count
    var isWritten = false
    do {
      let arguments = try planned.arguments.values(answers.variables)
      let value = object.value(of: planned.name, arguments: arguments, schema: schema)
      isWritten = write(value, planned, schema)
    } catch {
      note(.arguments(error.message), field)
    }
    extendPaths(since: errorsBefore, .name(field.responseName))
    if isWritten { return true }
    json.truncate(to: start)
    if field.isNonNull { return false }
    json.null()
    return true
  }

  /// Writes a value; false for null.
  private mutating func write(
    _ value: IntrospectionValue, _ planned: IntrospectionField, _ schema: Schema
  ) -> Bool {
    switch value {
    case .null: return false
    case .boolean(let flag): json.boolean(flag)
    case .string(let text), .enumName(let text): json.string(text)
    case .enumNames(let names):
      json.bytes.append(UInt8(ascii: "["))
      for name in names {
        json.separate()
        json.string(name)
      }
      json.endArray()
    case .object(let object): return write(object, planned.fields, schema)
    case .objects(let objects): return write(objects, planned, schema)
    }
    return true
  }

  /// Writes a list, whose elements are never null (section 4.2).
  private mutating func write(
    _ objects: [IntrospectionObject], _ planned: IntrospectionField, _ schema: Schema
  ) -> Bool {
    json.bytes.append(UInt8(ascii: "["))
    for (index, object) in objects.enumerated() {
      // The whole is thrown away.
      if overflows() { break }
      json.separate()
      let errorsBefore = errors.count
      let isWritten = write(object, planned.fields, schema)
      extendPaths(since: errorsBefore, .index(index))
      if !isWritten { return false }
    }
    json.endArray()
    return true
  }

  private mutating func extendPaths(since errorsBefore: Int, _ segment: PathSegment) {
    for index in errorsBefore..<errors.count { errors[index].reversedPath.append(segment) }
  }
}
