// Keys take turns in a file: a new one comes first or last, and the others stay as they are.

import Testing

@testable import Credentials

struct KeyFileTests {
  private let text =
    "# kept by hand\na:\(String(repeating: "A", count: 43))=,b:"
    + String(repeating: "B", count: 42) + "A="

  @Test func `a new key is in use at once, or known first`() throws {
    var keys = try KeyFile(text)
    try keys.add(name: "new", first: true)
    #expect(keys.names == ["new", "a", "b"])
    try keys.add(name: "next", first: false)
    #expect(keys.names == ["new", "a", "b", "next"])
    keys.promoteLast()
    #expect(keys.names == ["next", "new", "a", "b"])
  }

  @Test func `what was in the file is read as before`() throws {
    var keys = try KeyFile(text)
    try keys.add(name: "new", first: true)
    let before = try NamedSecret.parseList(text).map(\.secret)
    let after = try NamedSecret.parseList(keys.text)
    #expect(after.dropFirst().map(\.secret) == before)
    #expect(after.map(\.secret.count) == [32, 32, 32])
    #expect(try SealingKeys(parsing: keys.text).names == ["new", "a", "b"])
    #expect(try TokenKeys(parsing: keys.text).names == ["new", "a", "b"])
  }

  @Test(arguments: ["a", "", "no name", "x:y"])
  func `a name that is taken or is none changes nothing`(name: String) throws {
    var keys = try KeyFile(text)
    #expect(throws: KeyListError.self) { try keys.add(name: name, first: true) }
    #expect(keys.names == ["a", "b"])
  }
}
