// How long what another server gave is kept, by its header fields; and how often more is asked for.

import Testing

@testable import Outbound

struct FetchedDocumentTests {
  @Test(
    arguments: [
      ([], nil, 300), (["max-age=600"], nil, 600),
      (["public, max-age=600, must-revalidate"], nil, 600),
      (["public", "max-age=600"], nil, 600), (["MAX-AGE = \"60\""], nil, 60),
      (["max-age=0"], nil, 0),
      (["max-age=600"], "500", 100), (["max-age=600"], "700", 0), (["max-age=600"], "-5", 600),
      (["no-store"], nil, 0), (["max-age=600, no-cache"], nil, 0), (["private"], nil, 300),
      (["max-age"], nil, 0), (["max-age=later"], nil, 0), (["max-age=-1"], nil, 0),
      (["max-age=99999999999999999999"], nil, 0), (["max-age=999999999"], nil, 86_400),
      (["s-maxage=9, x-max-age=9"], nil, 300),
    ] as [([String], String?, Int)])
  func `header fields say how long`(cacheControl: [String], age: String?, seconds: Int) {
    let answer = OutgoingAnswer(status: 200, cacheControl: cacheControl, age: age, body: [])
    #expect(lifetimeSeconds(of: answer, CachingLimits()) == seconds)
  }

  @Test func `a document is good until its second and not in it`() {
    let document = FetchedDocument(value: "keys", goodUntil: 1000)
    #expect(document.current(at: 999) == "keys")
    #expect(document.current(at: 1000) == nil)
  }

  @Test func `a window lets so many through, and the next one as many again`() {
    var limits = CachingLimits()
    limits.refreshesMax = 2
    limits.refreshWindowSeconds = 60
    var budget = RefreshBudget(limits)
    let taken = [1000, 1030, 1031, 1059, 1060, 1061, 1062].map { budget.take(at: $0) }
    #expect(taken == [true, true, false, false, true, true, false])
  }
}
