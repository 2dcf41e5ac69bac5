// ExecutableDefinitions: section 5.1.1.

import Testing

@Suite("ExecutableDefinitions")
struct ExecutableDefinitionsTests {
  @Test(
    "only operations and fragments are executable",
    arguments: [
      RuleCase("query getDogName { dog { name } }"),
      RuleCase("{ dog { ...F } } fragment F on Dog { name }"),
      RuleCase(
        "query getDogName { dog { name color } } extend type Dog { color: String }",
        "1:41 The \"Dog\" definition is not executable."),
      RuleCase(
        "{ dog { name } } schema { query: Query } extend schema @a",
        "1:18 The schema definition is not executable.",
        "1:42 The schema definition is not executable."),
      RuleCase(
        "{ dog { name } } directive @d on FIELD type T { a: Int }",
        "1:18 The \"d\" definition is not executable.",
        "1:40 The \"T\" definition is not executable."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "ExecutableDefinitions", in: example.document) == example.expected)
  }
}
