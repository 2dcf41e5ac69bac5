// A name comes in, a number leaves that is the same for equal names and seldom for others.

/// A hash made for the many short names of documents and schemas, eight bytes a step.
package struct NameHash: Sendable {
  private let seed: UInt64
  private let multiplier: UInt64

  /// The names of a schema are looked up by this one.
  static let fixed = NameHash(seed: 0, multiplier: 0x9e37_79b9_7f4a_7c15)

  /// Chosen once a process, so that no document can choose names that collide.
  package static let secret = NameHash(
    seed: .random(in: .min ... .max), multiplier: .random(in: .min ... .max) | 1)

  private init(seed: UInt64, multiplier: UInt64) {
    self.seed = seed
    self.multiplier = multiplier
  }

  package func callAsFunction(_ name: String) -> Int {
    var name = name
    let hash = name.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
      var offset = 0
      while offset &+ 8 <= bytes.count {
        hash = folded(hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset &+= 8
      }
      var rest: UInt64 = 0
      while offset < bytes.count {
        rest = rest << 8 | UInt64(bytes[offset])
        offset &+= 1
      }
      return folded(hash ^ rest)
    }
    return Int(truncatingIfNeeded: hash)
  }

  @inline(__always)
  private func folded(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: multiplier)
    return product.high ^ product.low
  }
}
