// When a message that was not taken is sent again: the waits behind each attempt, what an endpoint
// asks for, and that there is an end.

import Testing

@testable import Delivery

@Suite struct WebhookLimitsTests {
  private let limits = WebhookLimits()

  @Test func `it is tried again for more than three days, and then no more`() {
    var all: [Double] = []
    while let wait = limits.wait(behind: all.count + 1, asked: nil, share: 0) { all.append(wait) }
    #expect(all == limits.retrySeconds)
    #expect((3 * 86_400.0...4 * 86_400).contains(all.reduce(0, +)))
    #expect(all == all.sorted())
    #expect(limits.wait(behind: all.count + 1, asked: 60, share: 1) == nil)
    #expect(limits.wait(behind: 0, asked: nil, share: 0) == nil)
  }

  @Test(
    arguments: [
      // What is asked for, a random share, and the wait behind the second attempt.
      (nil, 0.0, 300.0), (nil, 1, 330), (nil, 0.5, 315), (10, 0, 300), (600, 0, 600), (600, 1, 600),
      (1e9, 0, 86_400), (-5, 0, 300),
    ] as [(Double?, Double, Double)])
  func `an endpoint may ask for a longer wait, within a bound`(
    asked: Double?, share: Double, expected: Double
  ) throws {
    let wait = try #require(limits.wait(behind: 2, asked: asked, share: share))
    #expect(abs(wait - expected) < 0.001)
  }
}
