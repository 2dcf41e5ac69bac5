// Word that a company's log has grown comes in, from this server's mutations, from other servers
// and from a look each second; whoever follows that log is woken.

import Synchronization

/// Who follows whose log in this process. It knows where logs end and no event: each follower reads
/// its own, in its own name.
package final class EventFeed: Sendable {
  private struct State {
    /// How many streams follow a company's log, by its id.
    var following: [String: Int] = [:]
    /// Where the log of each followed company was last seen to end.
    var ends: [String: Int64] = [:]
    var sleepers: [String: [Int: Sleeper]] = [:]
    var nextSleeper = 0
    /// Whose mutations have committed since the last announcement.
    var changed: Set<String> = []
    var onChange: (@Sendable () -> Void)?
  }

  private struct Sleeper {
    let position: Int64
    let continuation: CheckedContinuation<Void, Never>
  }

  private let state = Mutex(State())

  package init() {}

  /// - Parameter onChange: called when there is something to announce, from any thread.
  package func announce(by onChange: @escaping @Sendable () -> Void) {
    state.withLock { $0.onChange = onChange }
  }

  /// A mutation in the name of a company has committed.
  package func changed(_ tenant: String) {
    let onChange = state.withLock { state in
      state.changed.insert(tenant).inserted ? state.onChange : nil
    }
    onChange?()
  }

  /// Whose mutations have committed since this was asked last.
  package func takeChanged() -> Set<String> {
    state.withLock { state in
      let changed = state.changed
      state.changed = []
      return changed
    }
  }

  /// The companies that somebody follows.
  package var followed: Set<String> { state.withLock { Set($0.following.keys) } }

  /// The log of a company ends there. Never goes back: words cross on their ways.
  package func grew(_ tenant: String, to end: Int64) {
    let awake = state.withLock { state -> [Sleeper] in
      guard state.following[tenant] != nil, end > state.ends[tenant] ?? 0 else { return [] }
      state.ends[tenant] = end
      let sleepers = state.sleepers[tenant] ?? [:]
      let awake = sleepers.filter { $0.value.position < end }
      for id in awake.keys { state.sleepers[tenant]?.removeValue(forKey: id) }
      return Array(awake.values)
    }
    for sleeper in awake { sleeper.continuation.resume() }
  }

  func follow(_ tenant: String) {
    state.withLock { $0.following[tenant, default: 0] += 1 }
  }

  func unfollow(_ tenant: String) {
    state.withLock { state in
      let left = (state.following[tenant] ?? 1) - 1
      state.following[tenant] = left > 0 ? left : nil
      if left <= 0 {
        state.ends[tenant] = nil
        state.sleepers[tenant] = nil
      }
    }
  }

  /// Returns once the log of a company goes beyond a position, or the task is cancelled.
  func wait(for tenant: String, beyond position: Int64) async {
    let id = state.withLock { state in
      state.nextSleeper += 1
      return state.nextSleeper
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let sleeps = state.withLock { state in
          if Task.isCancelled || state.ends[tenant] ?? 0 > position { return false }
          state.sleepers[tenant, default: [:]][id] = Sleeper(
            position: position, continuation: continuation)
          return true
        }
        if !sleeps { continuation.resume() }
      }
    } onCancel: {
      let sleeper = state.withLock { $0.sleepers[tenant]?.removeValue(forKey: id) }
      sleeper?.continuation.resume()
    }
  }
}
