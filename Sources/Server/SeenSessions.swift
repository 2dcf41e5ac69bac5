// Sessions enter as their requests come, and leave in bulk, each with how long ago it was last
// used: a read stays a read, and writes nothing itself.

package import Credentials
internal import NIOCore

/// When sessions were last used, as far as it is not written down yet. Confined to its event loop.
package struct SeenSessions {
  package struct Seen: Sendable, Hashable {
    package let session: UniqueID
    package let secondsAgo: Int
  }

  private let sessionsMax: Int
  /// By the clock that never goes back; how long ago it was is told to the database, which has a
  /// clock of its own.
  private var seenAt: [UniqueID: NIODeadline] = [:]

  package init(sessionsMax: Int) { self.sessionsMax = sessionsMax }

  /// The session was used just now.
  mutating func note(_ session: UniqueID, now: NIODeadline = .now()) {
    if seenAt.updateValue(now, forKey: session) == nil, seenAt.count > sessionsMax {
      seenAt[session] = nil
    }
  }

  /// What is to be written down; it is forgotten here.
  package mutating func take() -> [Seen] { take(now: .now()) }

  mutating func take(now: NIODeadline) -> [Seen] {
    defer { seenAt.removeAll(keepingCapacity: true) }
    return seenAt.map { session, seen in
      Seen(session: session, secondsAgo: Int((now - seen).nanoseconds / 1_000_000_000))
    }
  }

  /// It could not be written down: whatever was seen meanwhile is the later.
  package mutating func giveBack(_ seen: [Seen]) { giveBack(seen, now: .now()) }

  mutating func giveBack(_ seen: [Seen], now: NIODeadline) {
    for old in seen where seenAt[old.session] == nil && seenAt.count < sessionsMax {
      seenAt[old.session] = now - .seconds(Int64(old.secondsAgo))
    }
  }
}
