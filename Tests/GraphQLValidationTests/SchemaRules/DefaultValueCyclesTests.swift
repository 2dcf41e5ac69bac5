// Section 3.10: InputObjectDefaultValueHasCycle.

import Testing

@testable import GraphQLValidation

@Suite("DefaultValueCycles")
struct DefaultValueCyclesTests {
  @Test(
    "a default value does not need itself",
    arguments: [
      SchemaCase("type Query { a: Int } input A { a: A = {a: null} c: [A] = [] d: A }"),
      SchemaCase(
        "type Query { a: Int }\ninput A { a: A = {} }",
        "2:18 Invalid circular reference. The default value of Input Object field A.a "
          + "references itself."),
      SchemaCase(
        "type Query { a: Int }\ninput A { b: B = {} }\ninput B { a: [A] = [{}] }",
        "2:18 3:20 Invalid circular reference. The default value of Input Object field "
          + "A.b references itself via the default values of: B.a."),
      SchemaCase("type Query { a: Int }\ninput A { b: B = {a: {b: null}} }\ninput B { a: A = {} }"),
      SchemaCase(
        "type Query { a: Int }\ninput A { x: A = {x: {x: {}}} }",
        "2:18 Invalid circular reference. The default value of Input Object field A.x "
          + "references itself."),
      // One value stands for a list of it (section 3.11).
      SchemaCase(
        "type Query { a: Int }\ninput A { b: [A] = {} }",
        "2:20 Invalid circular reference. The default value of Input Object field A.b "
          + "references itself."),
      SchemaCase(
        "type Query { a: Int }\ninput A { b: B = {a: {}} }\ninput B { a: A }",
        "2:18 Invalid circular reference. The default value of Input Object field A.b "
          + "references itself."),
      SchemaCase("type Query { a: Int }\ninput A { b: B = {} }\ninput B { a: A = {b: null} }"),
      SchemaCase(
        "extend input A { b: A = {} }",
        extending: "type Query { a: Int } input A { a: Int }",
        "1:25 Invalid circular reference. The default value of Input Object field A.b "
          + "references itself."),
    ])
  func check(testCase: SchemaCase) throws {
    #expect(try errors(of: "SchemaValidation", in: testCase) == testCase.errors)
  }
}
