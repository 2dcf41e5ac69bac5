// A document that another server gave, with its header fields and the time, enters; how long it is
// good for leaves. And how often one may be asked for out of turn.

/// How long what was fetched is kept.
package struct CachingLimits: Sendable, Hashable {
  /// Where the header fields say nothing.
  package var lifetimeSecondsDefault = 300
  /// Whatever the header fields say.
  package var lifetimeSecondsMax = 24 * 3600
  /// Keys that a token names and nobody knows are asked for anew this often within the window, so
  /// that made-up names cannot make us ask without end.
  package var refreshesMax = 5
  package var refreshWindowSeconds = 60

  package init() {}
}

/// What was fetched, and until when it is good.
struct FetchedDocument<Value: Sendable>: Sendable {
  let value: Value
  /// Seconds since 1970.
  let goodUntil: Int

  func current(at now: Int) -> Value? { now < goodUntil ? value : nil }
}

/// The seconds that an answer may be kept (RFC 9111, section 4.2.1): `max-age` less its age; none
/// where it must not be stored or must be asked about each time.
func lifetimeSeconds(of answer: OutgoingAnswer, _ limits: CachingLimits) -> Int {
  var lifetime = limits.lifetimeSecondsDefault
  for directive in answer.cacheControl.flatMap({ $0.split(separator: ",") }) {
    let words = directive.split(separator: "=", maxSplits: 1).map { piece in
      piece.filter { $0 != " " && $0 != "\t" && $0 != "\"" }.lowercased()
    }
    switch words.first {
    case "no-store", "no-cache": return 0
    // What cannot be read is stale (section 4.2.1).
    case "max-age": lifetime = words.count == 2 ? Int(words[1]) ?? 0 : 0
    case _: continue
    }
  }
  let age = answer.age.flatMap { Int($0) } ?? 0
  return min(max(0, lifetime - max(0, age)), limits.lifetimeSecondsMax)
}

/// Counts what is asked for out of turn within a window.
struct RefreshBudget: Sendable {
  private let limits: CachingLimits
  private var windowBegan = Int.min
  private var taken = 0

  init(_ limits: CachingLimits) { self.limits = limits }

  /// Whether one more may be asked for now, which is counted.
  mutating func take(at now: Int) -> Bool {
    if windowBegan == .min || now - windowBegan >= limits.refreshWindowSeconds {
      windowBegan = now
      taken = 0
    }
    guard taken < limits.refreshesMax else { return false }
    taken += 1
    return true
  }
}
