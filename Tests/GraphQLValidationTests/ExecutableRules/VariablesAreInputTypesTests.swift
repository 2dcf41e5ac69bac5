// VariablesAreInputTypes: section 5.8.2.

import Testing

@Suite("VariablesAreInputTypes")
struct VariablesAreInputTypesTests {
  @Test(
    "a variable has an input type",
    arguments: [
      RuleCase(
        "query ($a: Boolean, $b: [Boolean!], $c: FindDogInput, $d: DogCommand!) { dog { name } }"),
      RuleCase(
        "query ($a: Cat, $b: Dog!, $c: [Pet], $d: [[CatOrDog!]]!, $e: Unknown) { dog { name } }",
        "1:12 Variable \"$a\" cannot be non-input type \"Cat\".",
        "1:21 Variable \"$b\" cannot be non-input type \"Dog!\".",
        "1:31 Variable \"$c\" cannot be non-input type \"[Pet]\".",
        "1:42 Variable \"$d\" cannot be non-input type \"[[CatOrDog!]]!\"."),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "VariablesAreInputTypes", in: example.document) == example.expected)
  }
}
