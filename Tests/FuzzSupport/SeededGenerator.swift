// A seed comes in, the same endless sequence of numbers leaves everywhere.

/// SplitMix64: small, and the same on every machine, so that a failing seed fails everywhere.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  /// The generator of one input of a run, so that an input is found again without those before it.
  package init(seed: UInt64, input: UInt64) {
    state = seed &* 0x2545_F491_4F6C_DD1D ^ input &* 0xD6E8_FEB8_6659_FD93
    _ = next()
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of the elements, which are not empty.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  /// True once in `rarity` times.
  package mutating func once(in rarity: Int) -> Bool {
    Int.random(in: 0..<rarity, using: &self) == 0
  }

  package mutating func below(_ count: Int) -> Int {
    Int.random(in: 0..<count, using: &self)
  }
}
