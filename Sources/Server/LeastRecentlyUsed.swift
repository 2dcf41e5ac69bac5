// Values by key, bounded in entries and bytes; what was not used for the longest time goes first.

/// A dictionary whose entries are linked in the order of their use.
struct LeastRecentlyUsed<Key: Hashable, Value> {
  /// One value, between the one used before it and the one used after it.
  private struct Entry {
    let key: Key
    let value: Value
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
  /// What the values take, by their own account.
  private(set) var bytes = 0

  init(entriesMax: Int, bytesMax: Int) {
    self.entriesMax = entriesMax
    self.bytesMax = bytesMax
  }

  var count: Int { indexes.count }

  /// The value, which becomes the most recently used.
  mutating func value(for key: Key) -> Value? {
    guard let index = indexes[key] else { return nil }
    if newest != index {
      unlink(index)
      linkAsNewest(index)
    }
    return entries[index]?.value
  }

  /// Keeps a value, which becomes the most recently used; one larger than the whole is not kept,
  /// and one that is there stays as it is.
  mutating func insert(_ value: Value, for key: Key, bytes size: Int) {
    guard size <= bytesMax, entriesMax > 0, indexes[key] == nil else { return }
    while count >= entriesMax || bytes + size > bytesMax { removeOldest() }
    let entry = Entry(key: key, value: value, bytes: size)
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
