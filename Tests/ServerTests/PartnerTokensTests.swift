// Requests of tokens enter with their times, what each token may still ask for leaves.

import Credentials
import NIOCore
import Testing

@testable import Server

struct PartnerTokensTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

  private func id(_ number: UInt64) -> UniqueID { UniqueID(high: 1, low: number) }

  private func tokens(_ change: (inout Limits) -> Void = { _ in }) -> PartnerTokens {
    var limits = Limits()
    limits.partnerRequestsMax = 3
    limits.partnerWindowSeconds = 10
    change(&limits)
    return PartnerTokens(limits)
  }

  private func meet(_ tokens: PartnerTokens, _ number: UInt64, hash: [UInt8]) {
    tokens.keep(
      PartnerFacts(tenant: id(0), token: id(number), scopes: ["company:read"]), under: hash)
  }

  /// What a token may still ask for, and for how many seconds, with each request.
  private func left(
    _ tokens: PartnerTokens, _ hash: [UInt8], at seconds: [Int64]
  ) -> [[Int]] {
    seconds.compactMap { second in
      tokens.admit(hash: hash, now: start + .seconds(second)).map {
        [$0.quota.requestsLeft, $0.quota.secondsLeft]
      }
    }
  }

  @Test("a window begins with its first request and ends by the clock, however many there were")
  func windows() {
    let tokens = tokens()
    meet(tokens, 1, hash: [1])
    #expect(
      left(tokens, [1], at: [0, 4, 9, 9, 9, 10, 25, 34, 35])
        == [[2, 10], [1, 6], [0, 1], [-1, 1], [-2, 1], [2, 10], [2, 10], [1, 1], [2, 10]])
  }

  @Test("the texts of one token count together, two tokens each for themselves")
  func counts() {
    let tokens = tokens()
    meet(tokens, 1, hash: [1])
    meet(tokens, 1, hash: [2])
    meet(tokens, 2, hash: [3])
    #expect(left(tokens, [1], at: [0]) == [[2, 10]])
    #expect(left(tokens, [2], at: [1]) == [[1, 9]])
    #expect(left(tokens, [3], at: [2]) == [[2, 10]])
    #expect(left(tokens, [1], at: [3]) == [[0, 7]])
  }

  @Test("what was not met is not known, and what was is as it was")
  func facts() {
    let tokens = tokens()
    #expect(tokens.admit(hash: [1]) == nil)
    meet(tokens, 1, hash: [1])
    #expect(tokens.admit(hash: [1])?.facts.scopes == ["company:read"])
    #expect(tokens.admit(hash: [1, 0]) == nil)
  }

  @Test("so many are known at once, the least recently used goes first, and counts stay bounded")
  func bounds() {
    let tokens = tokens { $0.partnerTokensMax = 2 }
    for number in 1...3 { meet(tokens, UInt64(number), hash: [UInt8(number)]) }
    #expect(tokens.admit(hash: [1], now: start) == nil)
    #expect(left(tokens, [2], at: [0, 0]) == [[2, 10], [1, 10]])
    #expect(left(tokens, [3], at: [0, 11]) == [[2, 10], [2, 10]])
    // A window that is over makes room; the others are kept.
    meet(tokens, 4, hash: [4])
    #expect(left(tokens, [4], at: [12]) == [[2, 10]])
    #expect(left(tokens, [3], at: [12]) == [[1, 9]])
  }

  @Test("the fields are those of the draft, and tell of no less than nothing")
  func fields() {
    let quota = RateQuota(requestsMax: 3, windowSeconds: 10, requestsLeft: -2, secondsLeft: 4)
    #expect(quota.isExceeded)
    #expect(
      quota.fields.map { "\($0.name): \($0.value)" }
        == ["ratelimit-policy: \"token\";q=3;w=10", "ratelimit: \"token\";r=0;t=4"])
  }
}
