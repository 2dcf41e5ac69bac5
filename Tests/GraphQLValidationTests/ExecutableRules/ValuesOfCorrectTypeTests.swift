// ValuesOfCorrectType: sections 5.6.1, 5.6.2, 5.6.4 and 5.6.5.

import Testing

@Suite("ValuesOfCorrectType")
struct ValuesOfCorrectTypeTests {
  @Test(
    "a literal can be coerced to its type",
    arguments: [
      RuleCase(
        "{ arguments { booleanArgField(booleanArg: true) intArgField(intArg: 123) "
          + "a: floatArgField(floatArg: 1) b: floatArgField(floatArg: 1.5e3) "
          + "c: idArgField(idArg: 1) d: idArgField(idArg: \"x\") stringArgField(stringArg: "
          + "\"\"\"x\"\"\") "
          + "booleanListArgField(booleanListArg: [true, null]) } }"),
      RuleCase(
        "{ arguments { booleanListArgField(booleanListArg: true) } matrix(rows: [1, [2, null], "
          + "null]) }"
      ),
      RuleCase(
        "query goodComplexDefaultValue($search: FindDogInput = {name: \"Fido\"}) { "
          + "findDog(searchBy: $search) { name } }"),
      RuleCase("{ anything(value: {a: [1, E, \"s\", null, {b: $v}]}) }"),
      RuleCase(
        "{ arguments { intArgField(intArg: \"123\") } }",
        "1:35 Int cannot represent non-integer value: \"123\""),
      RuleCase(
        "{ arguments { a: intArgField(intArg: 1.0) b: intArgField(intArg: 2147483648) "
          + "c: intArgField(intArg: -2147483648) } }",
        "1:38 Int cannot represent non-integer value: 1.0",
        "1:66 Int cannot represent non 32-bit signed integer value: 2147483648"),
      RuleCase(
        "{ arguments { a: floatArgField(floatArg: \"1\") b: floatArgField(floatArg: 1e999) } }",
        "1:42 Float cannot represent non numeric value: \"1\"",
        "1:74 Float cannot represent non numeric value: 1e999"),
      RuleCase(
        "{ arguments { stringArgField(stringArg: 1) booleanArgField(booleanArg: \"true\") "
          + "a: idArgField(idArg: 1.5) b: idArgField(idArg: TRUE) } }",
        "1:41 String cannot represent a non string value: 1",
        "1:72 Boolean cannot represent a non boolean value: \"true\"",
        "1:101 ID cannot represent a non-string and non-integer value: 1.5",
        "1:127 ID cannot represent a non-string and non-integer value: TRUE"),
      RuleCase(
        "{ dog { doesKnowCommand(dogCommand: JUMP) } }",
        "1:37 Value \"JUMP\" does not exist in \"DogCommand\" enum."),
      RuleCase(
        "{ dog { a: doesKnowCommand(dogCommand: HEAL) b: doesKnowCommand(dogCommand: \"SIT\") "
          + "c: doesKnowCommand(dogCommand: null) } }",
        "1:40 Value \"HEAL\" does not exist in \"DogCommand\" enum. Did you mean the enum value "
          + "\"HEEL\"?",
        "1:77 Enum \"DogCommand\" cannot represent non-enum value: \"SIT\". Did you mean the enum "
          + "value \"SIT\"?",
        "1:115 Expected value of type \"DogCommand!\", found null."),
      RuleCase(
        "{ booleanList(booleanListArg: [true, null, 1]) }",
        "1:38 Expected value of type \"Boolean!\", found null.",
        "1:44 Boolean cannot represent a non boolean value: 1"),
      RuleCase(
        "{ arguments { intArgField(intArg: [1]) } findDog(searchBy: [{name: 1}]) { name } }",
        "1:35 Int cannot represent non-integer value: [1]",
        "1:60 Expected value of type \"FindDogInput\", found [{name: 1}]."),
      RuleCase(
        "query badComplexValue { findDog(searchBy: {name: 123}) { name } }",
        "1:50 String cannot represent a non string value: 123"),
      RuleCase(
        "{ arguments { nonNullBooleanArgField(nonNullBooleanArg: null) } }",
        "1:57 Expected value of type \"Boolean!\", found null."),
      RuleCase(
        "{ findDog(searchBy: \"Fido\") { name } arguments { intArgField(intArg: {a: 1}) } }",
        "1:21 Expected value of type \"FindDogInput\", found \"Fido\".",
        "1:70 Int cannot represent non-integer value: {a: 1}"),
      RuleCase(
        "query ($a: Int) { arguments { intArgField(intArg: {a: $a}) } }",
        "1:51 Int cannot represent non-integer value: {a: $a}"),
      RuleCase(
        "query ($a: String) { arguments { stringArgField(stringArg: [$a, {b: [$a]}]) } }",
        "1:60 String cannot represent a non string value: [$a, {b: [$a]}]"),
      RuleCase(
        "{ findDog(searchBy: {favoriteCookieFlavor: \"Bacon\", nam: 1}) { name } }",
        "1:22 Field \"favoriteCookieFlavor\" is not defined by type \"FindDogInput\".",
        "1:53 Field \"nam\" is not defined by type \"FindDogInput\". Did you mean \"name\"?"),
      RuleCase(
        "{ addPet(pet: {cat: {nickname: \"x\"}}) { name } }",
        "1:21 Field \"CatInput.name\" of required type \"String!\" was not provided."),
      RuleCase("{ addPet(pet: {dog: {name: \"Fido\"}}) { name } }"),
      RuleCase("query ($a: DogInput!) { addPet(pet: {dog: $a}) { name } }"),
      // Section 5.6.1's examples of OneOf input objects.
      RuleCase(
        "mutation addPet($pet: PetInput! = { cat: { name: \"Brontie\" } }) { addPet(pet: $pet) { "
          + "name } }"),
      RuleCase(
        "mutation oneOfWithNoFields { addPet(pet: {}) { name } }",
        "1:42 OneOf Input Object \"PetInput\" must specify exactly one key."),
      RuleCase(
        "mutation oneOfWithTwoFields($dog: DogInput) { addPet(pet: { cat: { name: \"Brontie\" }, "
          + "dog: $dog }) { name } }",
        "1:59 OneOf Input Object \"PetInput\" must specify exactly one key."),
      RuleCase(
        "query ($a: PetInput = {cat: {name: \"a\"}, name: \"b\"}, $b: PetInput = {name: null}) { dog "
          + "{ name } }",
        "1:23 OneOf Input Object \"PetInput\" must specify exactly one key.",
        "1:69 Field \"PetInput.name\" must be non-null."),
      // Section 5.6.5: a required field is given, and not null.
      RuleCase(
        "{ addPet(pet: {cat: {name: null}}) { name } }",
        "1:28 Expected value of type \"String!\", found null."),
      // Section 3.11's table, as literals.
      RuleCase(
        "{ a: matrix(rows: [[1], [2, 3]]) b: matrix(rows: [1, 2, 3]) c: matrix(rows: [1, null, 3]) "
          + "d: matrix(rows: 1) e: matrix(rows: null) }"),
      RuleCase(
        "{ matrix(rows: [[1], [\"b\"]]) }",
        "1:23 Int cannot represent non-integer value: \"b\""),
      RuleCase(
        "{ addPet(pet: {}) { name } a: addPet(pet: {cat: {name: \"a\"}, name: \"b\"}) { name } "
          + "b: addPet(pet: {dog: null}) { name } c: addPets(pets: {name: null}) { name } }",
        "1:15 OneOf Input Object \"PetInput\" must specify exactly one key.",
        "1:43 OneOf Input Object \"PetInput\" must specify exactly one key.",
        "1:98 Field \"PetInput.dog\" must be non-null.",
        "1:137 Field \"PetInput.name\" must be non-null."),
      RuleCase(
        "query ($a: Int = \"one\", $b: Int! = null, $c: [DogCommand!] = [SIT, JUMP]) { dog { "
          + "name } }",
        "1:18 Int cannot represent non-integer value: \"one\"",
        "1:36 Expected value of type \"Int!\", found null.",
        "1:68 Value \"JUMP\" does not exist in \"DogCommand\" enum."),
      RuleCase("{ unknown(a: {b: [1]}) dog(c: 1) { name } }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "ValuesOfCorrectType", in: example.document) == example.expected)
  }
}
