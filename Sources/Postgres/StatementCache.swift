// Which statements a connection has prepared: uses, acknowledgements and failures enter, what to
// prepare or deallocate next leaves. A statement counts as prepared only when PostgreSQL said so.

/// The pure half of a connection's prepared statements.
struct StatementCache {
  enum Use: Equatable {
    /// Acknowledged: it may be executed.
    case ready
    /// Its PREPARE was sent; wait for the answer.
    case wait
    /// Send PREPARE, under a Sync of its own.
    case prepare
    /// The server may or may not know the name: send DEALLOCATE, then PREPARE.
    case prepareAgain
  }

  private enum State: Equatable {
    case sent
    case acknowledged
    case doubtful
  }

  private final class Entry {
    var state = State.sent
    var lastUsed: UInt64
    /// The connection's count of sent units when the acknowledgement came.
    var acknowledgedAt: UInt64 = 0
    var hasCollided = false

    init(lastUsed: UInt64) {
      self.lastUsed = lastUsed
    }
  }

  private let countMax: Int
  private var entries: [PreparedStatement: Entry] = [:]
  private var clock: UInt64 = 0

  init(countMax: Int) {
    self.countMax = countMax
  }

  var count: Int { entries.count }

  /// To be asked before each execution; after `.prepare` and `.prepareAgain` the caller must send
  /// it.
  mutating func use(_ statement: PreparedStatement) -> Use {
    clock += 1
    guard let entry = entries[statement] else {
      entries[statement] = Entry(lastUsed: clock)
      return .prepare
    }
    entry.lastUsed = clock
    switch entry.state {
    case .acknowledged: return .ready
    case .sent: return .wait
    case .doubtful:
      entry.state = .sent
      return .prepareAgain
    }
  }

  /// Whether a statement may be executed; counts as no use.
  func isReady(_ statement: PreparedStatement) -> Bool {
    entries[statement]?.state == .acknowledged
  }

  mutating func acknowledged(_ statement: PreparedStatement, at sequence: UInt64) {
    entries[statement]?.state = .acknowledged
    entries[statement]?.hasCollided = false
    entries[statement]?.acknowledgedAt = sequence
  }

  /// PREPARE failed: the statement is as if never seen.
  mutating func failed(_ statement: PreparedStatement) {
    entries[statement] = nil
  }

  /// PREPARE found the name taken: the next use deallocates it first. False when that was tried.
  mutating func collided(_ statement: PreparedStatement) -> Bool {
    guard let entry = entries[statement], !entry.hasCollided else { return false }
    entry.state = .doubtful
    entry.hasCollided = true
    return true
  }

  /// An execution that was sent when `sequence` units had been sent found the statement gone or
  /// stale. One acknowledged later than that has been prepared again meanwhile and stays.
  mutating func stale(_ statement: PreparedStatement, sentAt sequence: UInt64) {
    guard let entry = entries[statement], entry.state == .acknowledged else { return }
    if entry.acknowledgedAt <= sequence { entry.state = .doubtful }
  }

  /// Every statement is in doubt (somebody said DEALLOCATE ALL or DISCARD ALL).
  mutating func allStale(sentAt sequence: UInt64) {
    for statement in entries.keys { stale(statement, sentAt: sequence) }
  }

  /// The least recently used statements over the limit, forgotten here and to be deallocated there.
  /// Those in `kept` stay, because a waiting batch needs them.
  mutating func evict(keeping kept: Set<PreparedStatement>) -> [PreparedStatement] {
    guard entries.count > countMax else { return [] }
    let candidates = entries.filter { $0.value.state != .sent && !kept.contains($0.key) }
      .sorted { $0.value.lastUsed < $1.value.lastUsed }
    let evicted = candidates.prefix(entries.count - countMax).map(\.key)
    for statement in evicted { entries[statement] = nil }
    return evicted
  }
}
