// Counts the connections of all event loops together, and says which one is too many.

internal import Synchronization

/// Entered by every connection that is accepted, left by every one that closed.
final class ConnectionCensus: Sendable {
  enum Entry {
    case welcome
    /// One too many; worth a line in the log where it is the first since there was room.
    case refused(isFirst: Bool)
  }

  private let open = Atomic<Int>(0)
  private let isRefusing = Atomic<Bool>(false)
  let connectionsMax: Int

  init(connectionsMax: Int) { self.connectionsMax = connectionsMax }

  /// Counts a connection, a refused one too, until `leave()`.
  func enter() -> Entry {
    if open.add(1, ordering: .relaxed).newValue <= connectionsMax { return .welcome }
    return .refused(isFirst: !isRefusing.exchange(true, ordering: .relaxed))
  }

  func leave() {
    if open.subtract(1, ordering: .relaxed).newValue < connectionsMax {
      isRefusing.store(false, ordering: .relaxed)
    }
  }

  var count: Int { open.load(ordering: .relaxed) }
}
