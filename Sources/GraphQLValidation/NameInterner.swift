// Names come in, small numbers leave: equal names get equal numbers.

import GraphQLTypes

/// A hash table made for the many short names of one document; about five times as fast as a
/// dictionary of strings. Its hash is secret, so that no document can choose colliding names.
struct NameInterner {
  private(set) var names: [String] = []
  /// A power of two; each slot holds an index into `names`, or -1.
  private var slots: [Int32]

  private let hash = NameHash.secret

  init(capacity: Int) {
    var count = 16
    while count < capacity * 2 { count *= 2 }
    slots = Array(repeating: -1, count: count)
    names.reserveCapacity(capacity)
  }

  /// The number of a name, new names in the order in which they come.
  mutating func intern(_ name: String) -> Int32 {
    let mask = slots.count - 1
    var slot = hash(name) & mask
    while slots[slot] >= 0 {
      if names[Int(slots[slot])] == name { return slots[slot] }
      slot = (slot + 1) & mask
    }
    let index = Int32(truncatingIfNeeded: names.count)
    slots[slot] = index
    names.append(name)
    if names.count * 2 > slots.count { grow() }
    return index
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (index, name) in names.enumerated() {
      var slot = hash(name) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: index)
    }
  }
}
