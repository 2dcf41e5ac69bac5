// A uuid's spellings, its order and its randomness.

import Credentials
import Testing

@Suite("A unique id")
struct UniqueIDTests {
  @Test(
    "reads either case and prints lower case",
    arguments: [
      "00000000-0000-0000-0000-000000000000", "01234567-89ab-cdef-0123-456789abcdef",
      "ffffffff-ffff-ffff-ffff-ffffffffffff", "919108F7-52D1-4320-9BAC-F847DB4148A8",
    ])
  func roundTrip(text: String) throws {
    let id = try #require(UniqueID(text))
    #expect(id.description == text.lowercased())
    #expect(id.bytes.withUnsafeBytes { UniqueID(bytes: $0) } == id)
    #expect(id.bytes == hex(text.filter { $0 != "-" }))
  }

  @Test(
    "refuses any other spelling",
    arguments: [
      "", "919108f7", "919108f752d143209bacf847db4148a8", "{919108f7-52d1-4320-9bac-f847db4148a8}",
      "919108f7-52d1-4320-9bac-f847db4148a", "919108f7-52d1-4320-9bac-f847db4148a8a",
      "919108f7-52d1-4320-9bacf-847db4148a8", "919108g7-52d1-4320-9bac-f847db4148a8",
      "919108f7_52d1-4320-9bac-f847db4148a8", " 19108f7-52d1-4320-9bac-f847db4148a8",
      "919108f7-52d1-4320-9bac-f847db4148ñ",
    ])
  func refused(text: String) {
    #expect(UniqueID(text) == nil)
  }

  @Test("a random one says version 4 and is not the same twice")
  func random() {
    let ids = (0..<1_000).map { _ in UniqueID.random() }
    #expect(Set(ids).count == 1_000)
    for text in ids.map(\.description) {
      let characters = Array(text)
      #expect(characters[14] == "4" && "89ab".contains(characters[19]))
    }
  }

  @Test("orders as PostgreSQL does, byte by byte")
  func order() throws {
    let texts = [
      "00000000-0000-0000-0000-000000000001", "00000000-0000-0001-0000-000000000000",
      "7fffffff-ffff-ffff-ffff-ffffffffffff", "80000000-0000-0000-0000-000000000000",
    ]
    let ids = try texts.map { try #require(UniqueID($0)) }
    #expect(ids.shuffled().sorted() == ids)
    #expect(UniqueID.zero < ids[0])
  }
}
