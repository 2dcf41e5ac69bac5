// OverlappingFieldsCanBeMerged: section 5.3.2.

import Testing

private let advice =
  "Use different aliases on the fields to fetch both if this was intentional."

@Suite("OverlappingFieldsCanBeMerged")
struct OverlappingFieldsCanBeMergedTests {
  @Test(
    "fields of one response name can be merged",
    arguments: [
      RuleCase("{ dog { name name } }"),
      RuleCase("{ dog { otherName: name otherName: name } }"),
      RuleCase(
        "{ dog { name: nickname name } }",
        "1:9 1:24 Fields \"name\" conflict because \"nickname\" and \"name\" are different fields. "
          + "\(advice)"),
      RuleCase(
        "{ dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: SIT) } }"),
      RuleCase(
        "query ($c: DogCommand!) { dog { doesKnowCommand(dogCommand: $c) "
          + "doesKnowCommand(dogCommand: $c) } }"),
      RuleCase(
        "{ dog { doesKnowCommand(dogCommand: SIT) doesKnowCommand(dogCommand: HEEL) } }",
        "1:9 1:42 Fields \"doesKnowCommand\" conflict because they have differing arguments. "
          + "\(advice)"),
      RuleCase(
        "query ($c: DogCommand!) { dog { doesKnowCommand(dogCommand: SIT) "
          + "doesKnowCommand(dogCommand: $c) } }",
        "1:33 1:66 Fields \"doesKnowCommand\" conflict because they have differing arguments. "
          + "\(advice)"),
      RuleCase(
        "query ($one: DogCommand!, $two: DogCommand!) { dog { doesKnowCommand(dogCommand: $one) "
          + "doesKnowCommand(dogCommand: $two) } }",
        "1:54 1:88 Fields \"doesKnowCommand\" conflict because they have differing arguments. "
          + "\(advice)"),
      RuleCase(
        "{ dog { a: doesKnowCommand(dogCommand: SIT) a: doesKnowCommand } }",
        "1:9 1:45 Fields \"a\" conflict because they have differing arguments. \(advice)"),
      RuleCase(
        "{ dog { isHouseTrained isHouseTrained(atOtherHomes: true) } }",
        "1:9 1:24 Fields \"isHouseTrained\" conflict because they have differing arguments. "
          + "\(advice)"),
      RuleCase("{ pet { ... on Dog { volume: barkVolume } ... on Cat { volume: meowVolume } } }"),
      RuleCase(
        "{ pet { ... on Dog { doesKnowCommand(dogCommand: SIT) } ... on Cat { "
          + "doesKnowCommand(catCommand: JUMP) } } }"),
      RuleCase(
        "{ pet { ... on Dog { someValue: nickname } ... on Cat { someValue: meowVolume } } }",
        "1:22 1:57 Fields \"someValue\" conflict because they return conflicting types \"String\" "
          + "and \"Int\". \(advice)"),
      RuleCase(
        "{ pet { ... on Dog { owner { name } } ... on Cat { owner { name } } } }",
        "1:22 1:52 Fields \"owner\" conflict because they return conflicting types \"Human\" and "
          + "\"Human!\". \(advice)"),
      RuleCase(
        "{ pet { ... on Dog { extras { string } } ... on Cat { extras } } }",
        "1:22 1:55 Fields \"extras\" conflict because they return conflicting types \"[Extra!]\" "
          + "and \"[String!]\". \(advice)"),
      RuleCase(
        "{ pet { name ... on Dog { name: nickname } } }",
        "1:9 1:27 Fields \"name\" conflict because \"name\" and \"nickname\" are different fields. "
          + "\(advice)"),
      RuleCase(
        "{ dog { owner { n: name } owner { n: pets { name } } } }",
        "1:9 1:17 1:27 1:35 Fields \"owner\" conflict because subfields \"n\" conflict because "
          + "\"name\" and \"pets\" are different fields. \(advice)"),
      RuleCase(
        "{ dog { ...A ...B } } fragment A on Dog { x: name } fragment B on Dog { x: nickname }",
        "1:43 1:73 Fields \"x\" conflict because \"name\" and \"nickname\" are different fields. "
          + "\(advice)"),
      RuleCase(
        "{ a: dog { ...A } b: dog { ...A x: nickname } } fragment A on Dog { x: name }",
        "1:33 1:69 Fields \"x\" conflict because \"nickname\" and \"name\" are different fields. "
          + "\(advice)"),
      RuleCase(
        "{ addPet(pet: {dog: {name: \"a\", nickname: \"b\"}}) { name } "
          + "addPet(pet: {dog: {nickname: \"b\", name: \"a\"}}) { name } }"),
      RuleCase("{ dog { x: name ...F } } fragment F on Dog { ...F x: name }"),
      RuleCase(
        "{ pet { ... on Dog { x: __typename } ... on Cat { x: meowVolume } } }",
        "1:22 1:51 Fields \"x\" conflict because they return conflicting types \"String!\" and "
          + "\"Int\". \(advice)"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(
      try breaches(of: "OverlappingFieldsCanBeMerged", in: example.document) == example.expected)
  }

  /// `x` of both objects, and the two types that conflict in it, or in the field `y` below it.
  private static func conflict(_ places: String, _ types: (String, String), below: Bool = false)
    -> String
  {
    "\(places) Fields \"x\" conflict because " + (below ? "subfields \"y\" conflict because " : "")
      + "they return conflicting types \"\(types.0)\" and \"\(types.1)\". \(advice)"
  }

  @Test(
    "fields of different objects have the same shape (SameResponseShape)",
    arguments: [
      RuleCase("{ t { ... on A { x: s } ... on B { x: text } } }"),
      RuleCase("{ t { ... on A { x: b { y: text } } ... on B { x: a { y: s } } } }"),
      RuleCase(
        "{ t { ... on A { x: id } ... on B { x: text } } }",
        conflict("1:18 1:37", ("ID", "String"))),
      RuleCase(
        "{ t { ... on A { x: e } ... on B { x: e } } }", conflict("1:18 1:36", ("E", "F"))),
      RuleCase(
        "{ t { ... on A { x: list } ... on B { x: text } } }",
        conflict("1:18 1:39", ("[String]", "String"))),
      RuleCase(
        "{ t { ... on A { x: list } ... on B { x: matrix } } }",
        conflict("1:18 1:39", ("[String]", "[[String]]"))),
      RuleCase(
        "{ t { ... on A { x: s } ... on B { x: must } } }",
        conflict("1:18 1:36", ("String", "String!"))),
      RuleCase(
        "{ t { ... on A { x: s } ... on B { x: a { y: s } } } }",
        conflict("1:18 1:36", ("String", "A"))),
      RuleCase(
        "{ t { ... on A { x: b { y: text } } ... on B { x: bs { y: text } } } }",
        conflict("1:18 1:48", ("B", "[B]"))),
      RuleCase(
        "{ t { ... on A { x: b { y: must } } ... on B { x: a { y: s } } } }",
        conflict("1:18 1:25 1:48 1:55", ("String!", "String"), below: true)),
      RuleCase(
        "{ t { ... on A { x: u { ... on A { y: s } } } ... on B { x: t { ... on B { y: must } } } } }",
        conflict("1:18 1:36 1:58 1:76", ("String", "String!"), below: true)),
    ])
  func shapes(_ example: RuleCase) throws {
    let schema = try schema(
      """
      type Query { t: T }
      interface T { s: String }
      type A implements T { s: String id: ID e: E list: [String] b: B u: U }
      type B implements T {
        s: String text: String e: F matrix: [[String]] must: String! a: A bs: [B] t: T
      }
      union U = A | B
      enum E { X } enum F { X }
      """)
    #expect(
      try breaches(of: "OverlappingFieldsCanBeMerged", in: example.document, against: schema)
        == example.expected)
  }
}
