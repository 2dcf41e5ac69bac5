// The tokens of programs: their shape, their checksum, and what a mistyped one comes to.

import Testing

@testable import Credentials

struct ProgramTokenTests {
  @Test("is mas_, thirty random characters and six that check them, never the same twice")
  func shape() throws {
    let tokens = (0..<1000).map { _ in ServiceToken.make() }
    #expect(Set(tokens).count == tokens.count)
    for token in tokens {
      #expect(try #/mas_[0-9A-Za-z]{36}/#.wholeMatch(in: token.text) != nil)
      #expect(ServiceToken(presented: token.text) == token)
      #expect(token.hash == sha256(Array(token.text.utf8)))
    }
    // Each of 62 characters comes up about as often: 30 000 draws, 484 of each, give or take 22.
    var counts: [Character: Int] = [:]
    for token in tokens {
      for character in token.text.dropFirst(4).prefix(30) { counts[character, default: 0] += 1 }
    }
    #expect(counts.count == 62)
    #expect(counts.values.allSatisfy { (350...620).contains($0) }, "\(counts)")
  }

  @Test("whoever changes one character of it, leaves one out or swaps two, is refused")
  func mistyped() throws {
    let text = ServiceToken.make().text
    let characters = Array(text)
    for index in characters.indices {
      for other in "0aZ9_-= ñ" where other != characters[index] {
        var changed = characters
        changed[index] = other
        #expect(ServiceToken(presented: String(changed)) == nil, "\(index) \(other)")
      }
      var shorter = characters
      shorter.remove(at: index)
      #expect(ServiceToken(presented: String(shorter)) == nil)
      guard index + 1 < characters.count, characters[index] != characters[index + 1] else {
        continue
      }
      var swapped = characters
      swapped.swapAt(index, index + 1)
      #expect(ServiceToken(presented: String(swapped)) == nil)
    }
    for other in ["", "mas_", text + "0", " " + text, text + "\0", text.uppercased()]
    where other != text {
      #expect(ServiceToken(presented: other) == nil)
    }
  }

  @Test("the checksum is the one that schema/solutions.md tells scanners of")
  func checksum() {
    // python3: n = int.from_bytes(sha256(b"mas_" + b"0" * 30).digest()[:4], "big"), in base62
    #expect(
      ServiceToken(presented: "mas_" + String(repeating: "0", count: 30) + known) != nil)
    #expect(
      ServiceToken(presented: "map_" + String(repeating: "0", count: 30) + known) == nil)
  }

  @Test("a partner's token has another prefix, and neither is taken for the other")
  func partners() throws {
    let token = PartnerToken.make()
    #expect(try #/map_[0-9A-Za-z]{36}/#.wholeMatch(in: token.text) != nil)
    #expect(PartnerToken(presented: token.text) == token)
    #expect(ServiceToken(presented: token.text) == nil)
    #expect(PartnerToken(presented: ServiceToken.make().text) == nil)
    #expect("\(token)" == "map_…")
  }

  @Test("prints itself nowhere")
  func printing() {
    let token = ServiceToken.make()
    var dumped = ""
    dump(token, to: &dumped)
    for text in ["\(token)", "\(String(reflecting: token))", "\([token])", dumped] {
      #expect(!text.contains(token.text.dropFirst(4).prefix(8)))
    }
  }
}

private let known = "03xsfy"
