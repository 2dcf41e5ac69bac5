// The text of a file of keys enters, one with a key more, or with its keys in another order,
// leaves. Refused: a list that no server would read, and a name that is there already.

/// Named keys as a file holds them, the one in use first. Comments are not kept.
package struct KeyFile: Sendable {
  private var entries: [(name: String, text: String)]

  package init(_ text: String) throws(KeyListError) {
    entries = try NamedSecret.parseList(text).map { ($0.name, $0.entry) }
  }

  /// The names of the keys, the one in use first.
  package var names: [String] { entries.map(\.name) }

  /// One key a line.
  package var text: String { entries.map { $0.text + "\n" }.joined() }

  /// Makes a key of 32 random bytes.
  /// - Parameter first: whether it is in use from now on.
  package mutating func add(name: String, first: Bool) throws(KeyListError) {
    if names.contains(name) { throw .duplicateName(name) }
    let entry = (name: name, text: try NamedSecret.makeEntry(name: name))
    entries.insert(entry, at: first ? 0 : entries.count)
  }

  /// Puts the key into use that all servers know by now.
  package mutating func promoteLast() {
    if let last = entries.popLast() { entries.insert(last, at: 0) }
  }
}
