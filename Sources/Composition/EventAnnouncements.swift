// What committed on this server enters, and what other servers announce; followers of the logs that
// have grown are woken, and the other servers are told. A look each second finds what nobody told.

import Hub
import NIOCore
import Postgres
import Server

/// One a process, confined to the event loop that listens to the database.
final class EventAnnouncements {
  private let feed: EventFeed
  private let writes: WritePool
  private let eventLoop: any EventLoop
  private var poll: RepeatedTask?
  private var tick: Scheduled<Void>?
  private var isClosed = false
  /// What others have announced and is to be looked at with the next tick.
  private var heard: Set<String> = []
  /// What was announced last, so that a mutation that changed nothing announces nothing.
  private var announced: [String: Int] = [:]

  init(_ feed: EventFeed, _ writes: WritePool, on eventLoop: any EventLoop) {
    self.feed = feed
    self.writes = writes
    self.eventLoop = eventLoop
    let bound = NIOLoopBound(self, eventLoop: eventLoop)
    feed.announce { eventLoop.execute { bound.value.schedule() } }
    poll = eventLoop.scheduleRepeatedTask(initialDelay: pollPause, delay: pollPause) { _ in
      bound.value.look(at: bound.value.feed.followed)
    }
  }

  /// A server has said that the log of a company has grown.
  func heard(_ tenant: String) {
    guard feed.followed.contains(tenant) else { return }
    heard.insert(tenant)
    schedule()
  }

  /// Word may have been missed.
  func listensAgain() { look(at: feed.followed) }

  func close() {
    isClosed = true
    poll?.cancel()
    tick?.cancel()
  }

  private func schedule() {
    guard tick == nil, !isClosed else { return }
    tick = eventLoop.assumeIsolated().scheduleTask(in: tickPause) { [weak self] in
      guard let self else { return }
      tick = nil
      let mine = feed.takeChanged()
      let others = heard
      heard = []
      look(at: mine.union(others), announcing: mine)
    }
  }

  /// Asks where logs end. Where the database does not answer, the next look does it.
  private func look(at tenants: Set<String>, announcing mine: Set<String> = []) {
    if tenants.isEmpty || isClosed { return }
    writes.submit(Batch([eventEnds(of: tenants)])) { [self] result in
      guard case .success(let results) = result, let rows = results.first else { return }
      var grown: Set<String> = []
      for row in 0..<rows.rowCount {
        guard let tenant = rows.string(row, 0), let end = rows.integer(row, 1) else { continue }
        feed.grew(tenant, to: Int64(end))
        if mine.contains(tenant), announced[tenant] != end {
          if announced.count >= announcedMax { announced = [:] }
          announced[tenant] = end
          grown.insert(tenant)
        }
      }
      if !grown.isEmpty { writes.submit(Batch([tellGrown(grown)])) { _ in } }
    }
  }
}

private let pollPause = TimeAmount.seconds(1)
private let tickPause = TimeAmount.milliseconds(20)
/// Beyond, what was announced is forgotten: at worst something is announced twice.
private let announcedMax = 10_000
