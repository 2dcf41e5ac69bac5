// UniqueOperationNames: section 5.2.2.1.

import Testing

@Suite("UniqueOperationNames")
struct UniqueOperationNamesTests {
  @Test(
    "every named operation has a name of its own",
    arguments: [
      RuleCase("query getDogName { dog { name } } query getOwnerName { dog { owner { name } } }"),
      RuleCase("{ dog { name } } { dog { name } }"),
      RuleCase(
        "query getName { dog { name } }\nquery getName { dog { owner { name } } }",
        "1:7 2:7 There can be only one operation named \"getName\"."),
      RuleCase(
        "query A { dog { name } } mutation A { __typename } subscription A { newMessage { body } }",
        "1:7 1:35 There can be only one operation named \"A\".",
        "1:7 1:65 There can be only one operation named \"A\"."),
      RuleCase(
        "query dogOperation { dog { name } } mutation dogOperation { addPet(pet: {name: \"a\"}) { "
          + "name } }",
        "1:7 1:46 There can be only one operation named \"dogOperation\"."),
      RuleCase("query A { dog { ...A } } fragment A on Dog { name }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "UniqueOperationNames", in: example.document) == example.expected)
  }
}
