// Names come in once, their positions are found by name afterwards.

/// The position of each name in a list; of two equal names the first counts. A hash table of its
/// own, since a look-up stands in the way of each field of each document.
struct NameTable: Sendable {
  private let names: [String]
  /// A power of two, at least twice as many as names; each slot holds a position, or -1. The names
  /// are the schema's own, so that no document can lengthen the runs between the gaps.
  private let slots: [Int32]

  init(_ names: [String]) {
    self.names = names
    var count = 4
    while count < names.count * 2 { count *= 2 }
    var slots = [Int32](repeating: -1, count: count)
    for (position, name) in names.enumerated() {
      var slot = NameHash.fixed(name) & (count - 1)
      while slots[slot] >= 0, names[Int(slots[slot])] != name { slot = (slot + 1) & (count - 1) }
      if slots[slot] < 0 { slots[slot] = Int32(truncatingIfNeeded: position) }
    }
    self.slots = slots
  }

  func position(of name: String) -> Int? {
    var slot = NameHash.fixed(name) & (slots.count - 1)
    while slots[slot] >= 0 {
      let position = Int(slots[slot])
      if names[position] == name { return position }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
