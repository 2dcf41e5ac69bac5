// Sessions and tokens enter as their requests come, and leave in bulk, each with how long ago it
// was last used: a read stays a read, and writes nothing itself.

internal import NIOCore

/// When sessions or tokens were last used, as far as it is not written down yet. Confined to its
/// event loop.
package struct SeenTimes<Key: Hashable & Sendable> {
  package struct Seen: Sendable, Hashable {
    package let key: Key
    package let secondsAgo: Int
  }

  private let entriesMax: Int
  /// By the clock that never goes back; how long ago it was is told to the database, which has a
  /// clock of its own.
  private var seenAt: [Key: NIODeadline] = [:]

  package init(entriesMax: Int) { self.entriesMax = entriesMax }

  /// It was used just now.
  mutating func note(_ key: Key, now: NIODeadline = .now()) {
    if seenAt.updateValue(now, forKey: key) == nil, seenAt.count > entriesMax {
      seenAt[key] = nil
    }
  }

  /// What is to be written down; it is forgotten here.
  package mutating func take() -> [Seen] { take(now: .now()) }

  mutating func take(now: NIODeadline) -> [Seen] {
    defer { seenAt.removeAll(keepingCapacity: true) }
    return seenAt.map { key, seen in
      Seen(key: key, secondsAgo: Int((now - seen).nanoseconds / 1_000_000_000))
    }
  }

  /// It could not be written down: whatever was seen meanwhile is the later.
  package mutating func giveBack(_ seen: [Seen]) { giveBack(seen, now: .now()) }

  mutating func giveBack(_ seen: [Seen], now: NIODeadline) {
    for old in seen where seenAt[old.key] == nil && seenAt.count < entriesMax {
      seenAt[old.key] = now - .seconds(Int64(old.secondsAgo))
    }
  }
}
