// KnownOperationTypes: section 5.2.1.1.

import Testing

@Suite("KnownOperationTypes")
struct KnownOperationTypesTests {
  @Test(
    "the schema must have a root type for the operation",
    arguments: [
      RuleCase("query { __typename } mutation M { __typename }")
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "KnownOperationTypes", in: example.document) == example.expected)
  }

  @Test("an operation without a root type is refused")
  func missingRoots() throws {
    let found = try breaches(
      of: "KnownOperationTypes", in: "query A { a }\nmutation B { b }\nsubscription C { c }",
      against: try schema("type Query { a: Int }"))
    #expect(
      found == [
        "2:1 The mutation operation is not supported by the schema.",
        "3:1 The subscription operation is not supported by the schema.",
      ])
  }
}
