// VariablesInAllowedPosition: section 5.8.5.

import Testing

@Suite("VariablesInAllowedPosition")
struct VariablesInAllowedPositionTests {
  @Test(
    "a variable stands where its type may",
    arguments: [
      RuleCase(
        "query ($a: Boolean!) { arguments { booleanArgField(booleanArg: $a) "
          + "nonNullBooleanArgField(nonNullBooleanArg: $a) } }"),
      RuleCase(
        "query ($a: [Boolean!]!) { booleanList(booleanListArg: $a) arguments { "
          + "booleanListArgField(booleanListArg: $a) } }"),
      RuleCase(
        "query ($a: Boolean) { arguments { optionalNonNullBooleanArgField(optionalBooleanArg: $a) "
          + "booleanListArgField(booleanListArg: [$a]) } }"),
      RuleCase(
        "query ($a: Boolean = true) { arguments { nonNullBooleanArgField(nonNullBooleanArg: $a) } }"
      ),
      RuleCase("query ($a: Int) { addPet(pet: {dog: {name: \"a\", barkVolume: $a}}) { name } }"),
      RuleCase("query ($a: Anything, $b: Int) { anything(value: {a: $a, b: $b}) }"),
      RuleCase(
        "query intCannotGoIntoBoolean($intArg: Int) { arguments { booleanArgField(booleanArg: "
          + "$intArg) } }",
        "1:30 1:86 Variable \"$intArg\" of type \"Int\" used in position expecting type "
          + "\"Boolean\"."
      ),
      RuleCase(
        "query ($a: [Boolean]) { arguments { booleanArgField(booleanArg: $a) } "
          + "booleanList(booleanListArg: $a) }",
        "1:8 1:65 Variable \"$a\" of type \"[Boolean]\" used in position expecting type "
          + "\"Boolean\".",
        "1:8 1:99 Variable \"$a\" of type \"[Boolean]\" used in position expecting type "
          + "\"[Boolean!]\"."),
      RuleCase(
        "query ($a: Boolean, $b: Boolean = null) { arguments { "
          + "x: nonNullBooleanArgField(nonNullBooleanArg: $a) "
          + "y: nonNullBooleanArgField(nonNullBooleanArg: $b) } }",
        "1:8 1:100 Variable \"$a\" of type \"Boolean\" used in position expecting type "
          + "\"Boolean!\".",
        "1:21 1:149 Variable \"$b\" of type \"Boolean\" used in position expecting type "
          + "\"Boolean!\"."),
      RuleCase(
        "query ($a: Boolean) { dog { ...F } }\nfragment F on Dog { name @skip(if: $a) }",
        "1:8 2:36 Variable \"$a\" of type \"Boolean\" used in position expecting type \"Boolean!\"."
      ),
      RuleCase("query ($cat: CatInput!) { addPet(pet: {cat: $cat}) { name } }"),
      RuleCase("query ($cat: CatInput = {name: \"a\"}) { addPet(pet: {cat: $cat}) { name } }"),
      RuleCase(
        "mutation ($cat: CatInput! = {name: \"Brontie\"}) { addPet(pet: {cat: $cat}) { name } }"),
      RuleCase(
        "query ($a: [Boolean], $b: Boolean! = true) { arguments { booleanListArgField("
          + "booleanListArg: $a) x: booleanListArgField(booleanListArg: $b) } }",
        "1:8 1:94 Variable \"$a\" of type \"[Boolean]\" used in position expecting type "
          + "\"[Boolean]!\".",
        "1:23 1:137 Variable \"$b\" of type \"Boolean!\" used in position expecting type "
          + "\"[Boolean]!\"."),
      RuleCase(
        "mutation addCat($cat: CatInput) { addPet(pet: {cat: $cat}) { name } }",
        "1:17 1:53 Variable \"$cat\" is of type \"CatInput\" but must be non-nullable to be "
          + "used for "
          + "OneOf Input Object \"PetInput\"."),
      RuleCase(
        "query ($a: String = null) { addPets(pets: [{name: $a}]) { name } }",
        "1:8 1:51 Variable \"$a\" is of type \"String\" but must be non-nullable to be used for "
          + "OneOf Input Object \"PetInput\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(
      try breaches(of: "VariablesInAllowedPosition", in: example.document) == example.expected)
  }
}
