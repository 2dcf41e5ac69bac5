// The contract is read by frontends: each of its elements says what it is.

import GraphQLTypes
import Hub
import Testing

@Suite struct SchemaDescriptionTests {
  @Test func `each type, field, argument and value of the schema is described`() throws {
    let schema = try hubSchema()
    var silent: [String] = []
    func note(_ subject: String, _ description: String?) {
      if (description ?? "").isEmpty { silent.append(subject) }
    }
    let roots = [schema.queryType?.name, schema.mutationType?.name]
    for type in schema.types where !type.head.isBuiltIn {
      if !roots.contains(type.name) { note(type.name, type.head.description) }
      for field in type.fields {
        note("\(type.name).\(field.name)", field.description)
        for argument in field.arguments {
          note("\(type.name).\(field.name)(\(argument.name):)", argument.description)
        }
      }
      switch type {
      case .enum(let type):
        for value in type.values { note("\(type.name).\(value.name)", value.description) }
      case .inputObject(let type):
        for field in type.fields { note("\(type.name).\(field.name)", field.description) }
      case .scalar, .object, .interface, .union: break
      }
    }
    #expect(silent == [])
  }
}
