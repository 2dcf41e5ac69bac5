// A short slice of what `make fuzz` runs for as long as one likes: whatever the bytes are, schemas,
// the executable rules, the coercion of variables and the JSON reader keep their properties.

import FuzzSupport
import Testing

@Suite("Validation fuzz")
struct ValidationFuzzTests {
  @Test(
    "what was made up keeps the properties of its stage",
    arguments: FuzzTarget.allCases.filter { $0 != .syntax }, 0..<4 as Range<UInt64>)
  func properties(target: FuzzTarget, seed: UInt64) {
    for input in 0..<250 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, input: input)
      let bytes = target.input(&generator, lengthMax: 2_000)
      let complaints = target.complaints(about: bytes)
      #expect(complaints == [], "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }
}
