// A document's bytes and an operation's name come in; the plan that was made for them leaves, or
// nothing. Bounded in entries and bytes; the least recently used go first. One cache a loop: no
// lock.

package import Execution
import Glibc

/// Plans by document and operation name.
package struct PlanCache {
  /// Compared byte by byte: as strings, two documents whose texts differ in their Unicode
  /// normalization alone would be one.
  private struct Key: Hashable {
    let document: String
    let operationName: String?

    static func == (one: Key, other: Key) -> Bool {
      haveEqualBytes(one.document, other.document)
        && (one.operationName == nil) == (other.operationName == nil)
        && haveEqualBytes(one.operationName ?? "", other.operationName ?? "")
    }

    func hash(into hasher: inout Hasher) {
      combineBytes(of: document, into: &hasher)
      if let operationName { combineBytes(of: operationName, into: &hasher) }
    }
  }

  /// One plan, between the one used before it and the one used after it.
  private struct Entry {
    let key: Key
    let plan: Plan
    let bytes: Int
    var older: Int?
    var newer: Int?
  }

  private let entriesMax: Int
  private let bytesMax: Int
  /// Where an entry stands in `entries`.
  private var indexes: [Key: Int] = [:]
  /// Nil where an entry was removed.
  private var entries: [Entry?] = []
  private var free: [Int] = []
  private var newest: Int?
  private var oldest: Int?
  /// What the plans and their documents take.
  private(set) var bytes = 0

  package init(entriesMax: Int, bytesMax: Int) {
    self.entriesMax = entriesMax
    self.bytesMax = bytesMax
  }

  var count: Int { indexes.count }

  /// The plan, which becomes the most recently used.
  package mutating func plan(document: String, operationName: String?) -> Plan? {
    guard let index = indexes[Key(document: document, operationName: operationName)] else {
      return nil
    }
    if newest != index {
      unlink(index)
      linkAsNewest(index)
    }
    return entries[index]?.plan
  }

  /// Keeps a plan, which becomes the most recently used; one larger than the whole cache is not
  /// kept.
  package mutating func insert(_ plan: Plan, document: String, operationName: String?) {
    let size = document.utf8.count + plan.bytes
    let key = Key(document: document, operationName: operationName)
    guard size <= bytesMax, entriesMax > 0, indexes[key] == nil else { return }
    while count >= entriesMax || bytes + size > bytesMax { removeOldest() }
    let entry = Entry(key: key, plan: plan, bytes: size)
    let index: Int
    if let reused = free.popLast() {
      entries[reused] = entry
      index = reused
    } else {
      entries.append(entry)
      index = entries.count - 1
    }
    indexes[key] = index
    bytes += size
    linkAsNewest(index)
  }

  private mutating func removeOldest() {
    guard let index = oldest, let entry = entries[index] else { return }
    unlink(index)
    entries[index] = nil
    indexes[entry.key] = nil
    free.append(index)
    bytes -= entry.bytes
  }

  private mutating func unlink(_ index: Int) {
    let older = entries[index]?.older
    let newer = entries[index]?.newer
    if let older { entries[older]?.newer = newer } else { oldest = newer }
    if let newer { entries[newer]?.older = older } else { newest = older }
  }

  private mutating func linkAsNewest(_ index: Int) {
    entries[index]?.older = newest
    entries[index]?.newer = nil
    if let newest { entries[newest]?.newer = index } else { oldest = index }
    newest = index
  }
}

private func combineBytes(of text: String, into hasher: inout Hasher) {
  var text = text
  text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
}

private func haveEqualBytes(_ one: String, _ other: String) -> Bool {
  guard one.utf8.count == other.utf8.count else { return false }
  // Documents come out of JSON as native strings, whose bytes lie in one piece.
  let areEqual = one.utf8.withContiguousStorageIfAvailable { bytes in
    other.utf8.withContiguousStorageIfAvailable { others in
      guard let start = bytes.baseAddress, let otherStart = others.baseAddress else { return true }
      return memcmp(start, otherStart, bytes.count) == 0
    }
  }
  return (areEqual ?? nil) ?? one.utf8.elementsEqual(other.utf8)
}
