// Sessions enter as they are seen, and leave once each, the latest time of each kept.

import Credentials
import NIOCore
import Testing

@testable import Server

struct SeenTimesTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

  private func later(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

  private func id(_ number: UInt64) -> UniqueID { UniqueID(high: 1, low: number) }

  private func taken(_ seen: inout SeenTimes<UniqueID>, at seconds: Int64) -> [UInt64: Int] {
    let all = seen.take(now: later(seconds)).map { ($0.key.low, $0.secondsAgo) }
    return Dictionary(uniqueKeysWithValues: all)
  }

  @Test func `each is told once, with how long ago it was last seen`() {
    var seen = SeenTimes<UniqueID>(entriesMax: 10)
    seen.note(id(1), now: later(0))
    seen.note(id(2), now: later(5))
    seen.note(id(1), now: later(20))
    #expect(taken(&seen, at: 30) == [1: 10, 2: 25])
    #expect(taken(&seen, at: 31).isEmpty)
  }

  @Test func `no more are held than there is room for, and those go on being seen`() {
    var seen = SeenTimes<UniqueID>(entriesMax: 2)
    for number in 1...4 { seen.note(id(UInt64(number)), now: later(0)) }
    seen.note(id(2), now: later(8))
    #expect(taken(&seen, at: 10) == [1: 10, 2: 2])
    seen.note(id(4), now: later(11))
    #expect(taken(&seen, at: 12) == [4: 1])
  }

  @Test func `what could not be written comes back behind what was seen meanwhile`() {
    var seen = SeenTimes<UniqueID>(entriesMax: 3)
    seen.note(id(1), now: later(0))
    seen.note(id(2), now: later(0))
    let unwritten = seen.take(now: later(10))
    seen.note(id(1), now: later(15))
    seen.giveBack(unwritten, now: later(20))
    #expect(taken(&seen, at: 25) == [1: 10, 2: 15])
  }
}
