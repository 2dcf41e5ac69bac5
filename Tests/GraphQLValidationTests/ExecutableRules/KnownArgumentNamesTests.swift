// KnownArgumentNames: section 5.4.1.

import Testing

@Suite("KnownArgumentNames")
struct KnownArgumentNamesTests {
  @Test(
    "an argument is defined by its field or directive",
    arguments: [
      RuleCase(
        "{ dog { ...A ...B } } fragment A on Dog { doesKnowCommand(dogCommand: SIT) } "
          + "fragment B on Dog { isHouseTrained(atOtherHomes: true) @include(if: true) }"),
      RuleCase(
        "{ dog { doesKnowCommand(command: CLEAN_UP_HOUSE) } }",
        "1:25 Unknown argument \"command\" on field \"Dog.doesKnowCommand\". Did you mean "
          + "\"dogCommand\"?"),
      RuleCase(
        "{ dog { isHouseTrained(atOtherHomes: true) @include(unless: false, if: true) } }",
        "1:53 Unknown argument \"unless\" on directive \"@include\"."),
      RuleCase("{ arguments { multipleRequirements(y: 2, x: 1) } }"),
      RuleCase("{ unknown(a: 1) dog @unknown(b: 1) { name } }"),
      RuleCase(
        "{ __type(nam: \"Dog\", name: \"Dog\") { name } }",
        "1:10 Unknown argument \"nam\" on field \"Query.__type\". Did you mean \"name\"?"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "KnownArgumentNames", in: example.document) == example.expected)
  }
}
