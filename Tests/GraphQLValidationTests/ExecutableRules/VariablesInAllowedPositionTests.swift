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

  @Test(
    "a default value stands for its own argument or field alone, not for what is inside",
    arguments: [
      RuleCase("query ($a: [Int!], $b: Int!) { f(list: $a) x: f(list: [$b]) }"),
      RuleCase("query ($a: Int = 1) { f(list: [$a]) }"),
      RuleCase("query ($a: In, $b: [Int!]) { f(deep: {n: $a, l: $b}) }"),
      RuleCase(
        "query ($a: Int) { f(list: [$a]) x: f(in: {b: $a}) y: f(deep: {l: [$a]}) }",
        "1:8 1:28 Variable \"$a\" of type \"Int\" used in position expecting type \"Int!\".",
        "1:8 1:46 Variable \"$a\" of type \"Int\" used in position expecting type \"Int!\".",
        "1:8 1:67 Variable \"$a\" of type \"Int\" used in position expecting type \"Int!\"."),
      RuleCase(
        "query ($a: [Int]) { f(deep: {l: $a}) }",
        "1:8 1:33 Variable \"$a\" of type \"[Int]\" used in position expecting type \"[Int!]!\"."),
      // A OneOf's own field is never null; what is within it follows its own type.
      RuleCase("query ($a: Int, $b: Int = 1) { f(one: {c: [$a]}) x: f(one: {a: $b}) }"),
      RuleCase(
        "query ($a: [Int]) { f(one: {c: $a}) }",
        "1:8 1:32 Variable \"$a\" is of type \"[Int]\" but must be non-nullable to be used for "
          + "OneOf Input Object \"One\"."),
      // No coercion from one scalar to another, nor of one value to a list.
      RuleCase(
        "query ($a: Int!) { f(float: $a) x: f(id: $a) y: f(matrix: [$a]) }",
        "1:8 1:29 Variable \"$a\" of type \"Int!\" used in position expecting type \"Float\".",
        "1:8 1:42 Variable \"$a\" of type \"Int!\" used in position expecting type \"ID\".",
        "1:8 1:60 Variable \"$a\" of type \"Int!\" used in position expecting type \"[Int]\"."),
      RuleCase("query ($a: [[Int!]!]!, $b: [Int]) { f(matrix: $a) x: f(matrix: [$b]) }"),
    ])
  func defaultValues(_ example: RuleCase) throws {
    let schema = try schema(
      """
      type Query {
        f(list: [Int!] = [1], in: In = {b: 1}, deep: Deep, one: One, matrix: [[Int]], float: Float,
          id: ID): Int
      }
      input In { b: Int! }
      input Deep { l: [Int!]! = [1] n: In! = {b: 1} }
      input One @oneOf { a: Int c: [Int] }
      """)
    #expect(
      try breaches(of: "VariablesInAllowedPosition", in: example.document, against: schema)
        == example.expected)
  }
}
