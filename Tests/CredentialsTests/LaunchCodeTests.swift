// The codes of launches: their shape, and that they print themselves nowhere.

import Testing

@testable import Credentials

struct LaunchCodeTests {
  @Test("is lc_ and 256 random bits, and never the same twice")
  func made() {
    let codes = (0..<500).map { _ in LaunchCode.make() }
    #expect(Set(codes).count == 500)
    let code = codes[0]
    #expect(code.text.hasPrefix("lc_") && code.text.utf8.count == 46)
    #expect(LaunchCode(presented: code.text) == code)
    #expect(code.hash == sha256(Array(code.text.utf8)))
    #expect(!"\(code) \(String(reflecting: code))".contains(code.text.dropFirst(3).prefix(8)))
  }

  @Test(
    "of another shape is none",
    arguments: [
      "", "lc_", "lc_AAAA", "rt_" + String(repeating: "A", count: 43),
      "lc_" + String(repeating: "A", count: 42) + "B",
      "lc_" + String(repeating: "A", count: 44), "LC_" + String(repeating: "A", count: 43),
      "lc_" + String(repeating: "A", count: 42) + "=",
    ])
  func shape(text: String) {
    #expect(LaunchCode(presented: text) == nil)
  }
}
