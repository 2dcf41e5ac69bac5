// What holds for validation as a whole: its limits, its suggestions, and what it makes.

import GraphQLSyntax
import GraphQLTypes
import Testing

@testable import GraphQLValidation

@Suite("Validation")
struct ValidateTests {
  @Test("errors are reported up to the limit, and then that there are more")
  func errorLimit() throws {
    let document = try parse(Source("{ a b c d e f }"))
    let schema = try schema("type Query { z: Int }")
    func count(_ errorsMax: Int?) -> (Int, String?) {
      do throws(ValidationErrors) {
        _ = try validate(document, against: schema, limits: ValidationLimits(errorsMax: errorsMax))
        return (0, nil)
      } catch {
        return (error.errors.count, error.errors.last?.rule)
      }
    }
    #expect(count(nil) == (6, "FieldsOnCorrectType"))
    #expect(count(6) == (6, "FieldsOnCorrectType"))
    #expect(count(5) == (6, "errorsMax"))
    #expect(count(1) == (2, "errorsMax"))
  }

  @Test(
    "a document that a limit cuts short is refused like any other, whatever it did not come to",
    arguments: [
      "{ a b c d ...F } fragment F on Query { z }",
      "{ ...F } query B { a b c d ...G } fragment F on Query { z ...G } fragment G on Query { z }",
      "query ($a: Int) { ...G } fragment F on Query { a b c d ...G } fragment G on Query { z ...F }",
      "subscription { a ...F } { a b c d } fragment F on Query { ...F }",
    ])
  func cutShort(text: String) throws {
    let document = try parse(Source(text))
    let schema = try schema("type Query { z: Int }")
    for limits in [ValidationLimits(errorsMax: 2), ValidationLimits(errorsMax: 2, stepsMax: 1)] {
      let errors = #expect(throws: ValidationErrors.self) {
        try validate(document, against: schema, limits: limits)
      }
      #expect(errors?.errors.last?.rule == "errorsMax")
    }
  }

  @Test("twice the fragments, spread side by side, take twice the steps")
  func stepsOfFragments() throws {
    let schema = try schema("type Query { a: Query s: String i: Int }")
    func isWithin(_ stepsMax: Int, _ document: Document) -> Bool {
      (try? validate(document, against: schema, limits: ValidationLimits(stepsMax: stepsMax)))
        != nil
    }
    /// The smallest budget that the document keeps within.
    func steps(_ count: Int) throws -> Int {
      let spreads = (0..<count).map { "...F\($0)" }
      let fragments = (0..<count).map { "fragment F\($0) on Query { a { s x: i } }" }
      let document = try parse(
        Source("{ \(spreads.joined(separator: " ")) } \(fragments.joined(separator: " "))"))
      var enough = 1
      while !isWithin(enough, document) { enough *= 2 }
      var tooFew = enough / 2
      while enough - tooFew > 1 {
        let middle = (enough + tooFew) / 2
        if isWithin(middle, document) { enough = middle } else { tooFew = middle }
      }
      return enough
    }
    let few = try steps(100)
    #expect(few > 100)
    #expect(try steps(200) <= 2 * few)
  }

  @Test("suggestions can be switched off")
  func suggestions() throws {
    let document =
      "query ($a: Dogs) { dgo { name } dog { doesKnowCommand(dogComand: SIT) } "
      + "addPet(pet: {dgo: 1}) { name } d: dog { doesKnowCommand(dogCommand: SITT) } }"
    let rules = [
      "FieldsOnCorrectType", "KnownTypeNames", "KnownArgumentNames", "ValuesOfCorrectType",
    ]
    for rule in rules {
      let told = try breaches(of: rule, in: document)
      let silent = try breaches(
        of: rule, in: document, limits: ValidationLimits(suggestsNames: false))
      #expect(told.contains { $0.contains("Did you mean") }, "\(rule)")
      #expect(!silent.isEmpty && !silent.contains { $0.contains("Did you mean") }, "\(rule)")
    }
  }

  @Test("an operation is selected by its name (section 6.1)")
  func selection() throws {
    let schema = petSchema.getOrEmpty()
    let two = try validate(
      try parse(
        Source("query A($a: [Int!]! = [1]) { matrix(rows: [$a]) } mutation B { __typename }")),
      against: schema)
    #expect(try two.operation(named: "B").operationType == .mutation)
    #expect(try two.operation(named: "A").rootType.name == "Query")
    #expect(try two.operation(named: "A").variables.map(\.type.description) == ["[Int!]!"])
    #expect(throws: OperationSelectionError.ambiguousOperation) { try two.operation(named: nil) }
    #expect(throws: OperationSelectionError.unknownOperation("C")) {
      try two.operation(named: "C")
    }
    let one = try validate(
      try parse(Source("query A { ...F } fragment F on Query { dog { name } }")), against: schema)
    #expect(try one.operation(named: nil).name == "A")
    #expect(one.fragments.keys.sorted() == ["F"])
  }

  @Test(
    "suggestions are near in letters, nearest first",
    arguments: [
      ("dgo", ["dog", "cat"], " Did you mean \"dog\"?"), ("x", ["yyyy"], ""),
      ("greter", ["greeter", "other"], " Did you mean \"greeter\"?"),
      ("verylongname", ["VERYLONGNAME"], " Did you mean \"VERYLONGNAME\"?"),
      (
        "a1", ["a10", "a2", "a3", "a4", "a5", "a6"],
        " Did you mean \"a2\", \"a3\", \"a4\", \"a5\", or \"a6\"?"
      ),
      ("", ["a", "bbb"], " Did you mean \"a\"?"),
    ])
  func nearNames(name: String, options: [String], expected: String) {
    #expect(didYouMean(name, among: options) == expected)
  }

  @Test("names are interned once, whatever their number and length")
  func interner() {
    var interner = NameInterner(capacity: 1)
    let names = (0..<500).map { String(repeating: "n", count: $0 % 40) + String($0) }
    let first = names.map { interner.intern($0) }
    #expect(first == (0..<500).map(Int32.init))
    #expect(names.map { interner.intern($0) } == first)
    #expect(interner.names == names)
  }
}
