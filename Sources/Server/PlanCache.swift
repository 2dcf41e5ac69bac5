// A document's bytes and an operation's name come in; the plan that was made for them leaves, or
// nothing. Bounded in entries and bytes; the least recently used go first. One cache a loop: no
// lock.

import Execution

/// Plans by document and operation name.
struct PlanCache {
  private struct Key: Hashable {
    let document: String
    let operationName: String?
  }

  private struct Entry {
    let plan: Plan
    let bytes: Int
    var older: Key?
    var newer: Key?
  }

  private let entriesMax: Int
  private let bytesMax: Int
  private var entries: [Key: Entry] = [:]
  private var bytes = 0
  private var newest: Key?
  private var oldest: Key?

  init(entriesMax: Int, bytesMax: Int) {
    self.entriesMax = entriesMax
    self.bytesMax = bytesMax
  }

  var count: Int { entries.count }

  /// The plan, which becomes the most recently used.
  mutating func plan(document: String, operationName: String?) -> Plan? {
    let key = Key(document: document, operationName: operationName)
    guard let entry = entries[key] else { return nil }
    if newest != key {
      unlink(key, entry)
      linkAsNewest(key)
    }
    return entry.plan
  }

  /// Keeps a plan; a document larger than the whole cache is not kept.
  mutating func insert(_ plan: Plan, document: String, operationName: String?) {
    let size = document.utf8.count
    guard size <= bytesMax, entriesMax > 0 else { return }
    let key = Key(document: document, operationName: operationName)
    guard entries[key] == nil else { return }
    entries[key] = Entry(plan: plan, bytes: size)
    bytes += size
    linkAsNewest(key)
    while entries.count > entriesMax || bytes > bytesMax { removeOldest() }
  }

  private mutating func removeOldest() {
    guard let key = oldest, let entry = entries[key] else { return }
    unlink(key, entry)
    entries[key] = nil
    bytes -= entry.bytes
  }

  private mutating func unlink(_ key: Key, _ entry: Entry) {
    if let older = entry.older { entries[older]?.newer = entry.newer } else { oldest = entry.newer }
    if let newer = entry.newer { entries[newer]?.older = entry.older } else { newest = entry.older }
    entries[key]?.older = nil
    entries[key]?.newer = nil
  }

  private mutating func linkAsNewest(_ key: Key) {
    if let newest {
      entries[newest]?.newer = key
      entries[key]?.older = newest
    } else {
      oldest = key
    }
    newest = key
  }
}
