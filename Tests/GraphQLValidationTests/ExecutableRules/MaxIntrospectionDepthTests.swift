// MaxIntrospectionDepth: no rule of the specification.

import Testing

@Suite("MaxIntrospectionDepth")
struct MaxIntrospectionDepthTests {
  @Test(
    "introspection does not nest its lists three deep",
    arguments: [
      RuleCase(
        "{ __schema { types { fields { args { type { ofType { ofType { name } } } } } } } }"),
      RuleCase("{ __type(name: \"Dog\") { fields { type { fields { name } } } } }"),
      RuleCase(
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "1:3 Maximum introspection depth exceeded"),
      RuleCase(
        "{ __type(name: \"Dog\") { ...F } } fragment F on __Type { interfaces { ...F } }",
        "1:3 Maximum introspection depth exceeded"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "MaxIntrospectionDepth", in: example.document) == example.expected)
  }
}
