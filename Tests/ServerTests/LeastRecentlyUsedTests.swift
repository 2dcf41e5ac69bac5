// Values come and are asked for as a script, what is left is its answer. PlanCacheTests holds the
// same against a list, whatever is done in whatever order.

import Testing

@testable import Server

struct LeastRecentlyUsedTests {
  /// Words of a script: `+a2` keeps `a` with two bytes, `?a` asks for it.
  private func left(of script: String) -> String {
    var used = LeastRecentlyUsed<Character, Int>(entriesMax: 3, bytesMax: 10)
    for word in script.split(separator: " ") {
      let key = word.dropFirst().first ?? " "
      if word.first == "+" {
        let bytes = Int(word.dropFirst(2)) ?? 1
        used.insert(bytes, for: key, bytes: bytes)
      } else {
        _ = used.value(for: key)
      }
    }
    return "abcdefgh".filter { used.value(for: $0) != nil } + " \(used.count) \(used.bytes)"
  }

  @Test(
    arguments: [
      ("", " 0 0"), ("+a1", "a 1 1"), ("+a1 +b1 +c1", "abc 3 3"),
      ("+a1 +b1 +c1 +d1", "bcd 3 3"), ("+a1 +b1 +c1 ?a +d1", "acd 3 3"),
      ("+a1 +b1 +c1 ?a ?b +d1", "abd 3 3"), ("+a1 +b1 +c1 ?c +d1", "bcd 3 3"),
      ("+a1 +b1 +c1 ?z +d1", "bcd 3 3"),
      // By bytes.
      ("+a4 +b4 +c4", "bc 2 8"), ("+a4 +b6", "ab 2 10"), ("+a4 +b6 +c1", "bc 2 7"),
      ("+a4 +b4 +c10", "c 1 10"), ("+a4 +b11", "a 1 4"), ("+a0 +b0 +c0 +d10", "bcd 3 10"),
      // One that is there stays as it is, and where it is.
      ("+a1 +a5", "a 1 1"), ("+a1 +b1 +c1 +a1 +d1", "bcd 3 3"),
      // Places are used again.
      ("+a1 +b1 +c1 +d1 +e1 +f1 +g1 ?e +h1", "egh 3 3"),
    ])
  func `what was not used for the longest time goes first`(script: String, left: String) {
    #expect(self.left(of: script) == left)
  }

  @Test func `nothing is kept where nothing may be`() {
    var none = LeastRecentlyUsed<Int, Int>(entriesMax: 0, bytesMax: 10)
    none.insert(1, for: 1, bytes: 1)
    #expect(none.count == 0)
    var empty = LeastRecentlyUsed<Int, Int>(entriesMax: 10, bytesMax: 0)
    empty.insert(1, for: 1, bytes: 1)
    empty.insert(2, for: 2, bytes: 0)
    #expect((empty.value(for: 1), empty.value(for: 2)) == (nil, 2))
  }
}
