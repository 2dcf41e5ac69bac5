// A seeded mutation fuzz slice over the validator: no document crashes it, what it accepts has an
// operation, and its errors lie within the document.

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import Testing

/// SplitMix64, so that a failing seed fails everywhere.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private let seeds: [[String]] = [
  "query Q ( $ a : DogCommand ! , $ b : Boolean = true ) { dog { ...F x : name @skip ( if : $ b "
    + ") } } "
    + "fragment F on Dog { doesKnowCommand ( dogCommand : $ a ) ... on Pet { name } }",
  "{ pet { ... on Dog { owner { name } extras { string } } ... on Cat { meowVolume } } catOrDog { "
    + "__typename } }",
  "query ( $ c : CatInput ! ) { addPet ( pet : { cat : $ c } ) { name } addPets ( pets : [ { "
    + "dog : { "
    + "name : \"a\" } } ] ) { name } matrix ( rows : [ [ 1 ] , 2 , null ] ) anything ( value : "
    + "{ a : 1 } ) }",
  "subscription S { newMessage { body ...G } } fragment G on Message { sender ...G }",
  "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...T } } }",
].map { $0.split(separator: " ").map(String.init) }

@Suite("Validation fuzz")
struct ValidationFuzzTests {
  @Test("mutated documents are always answered", arguments: 0..<8)
  func mutations(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let schema = petSchema.getOrEmpty()
    let words = Array(Set(seeds.joined())).sorted() + ["...F", "...G", "...T", "Alien", "$d", "@d"]
    for _ in 0..<150 {
      var tokens = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let position = Int.random(in: 0..<tokens.count, using: &generator)
        let word = words[Int.random(in: 0..<words.count, using: &generator)]
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: tokens[position] = word
        case 1: tokens.insert(word, at: position)
        case 2: tokens.insert(contentsOf: tokens[position...].prefix(8), at: position)
        case 3: tokens += seeds[Int.random(in: 0..<seeds.count, using: &generator)]
        default: if tokens.count > 4 { tokens.remove(at: position) }
        }
      }
      let source = Source(tokens.joined(separator: " "))
      guard let document = try? parse(source) else { continue }
      do throws(ValidationErrors) {
        let valid = try validate(document, against: schema)
        #expect(!valid.operations.isEmpty)
      } catch {
        #expect(!error.errors.isEmpty)
        for range in error.errors.flatMap(\.locations) {
          #expect(range.start <= range.end && Int(range.end) <= source.bytes.count)
        }
      }
    }
  }
}
