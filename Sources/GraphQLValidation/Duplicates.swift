// Items come in, the groups of those that share a name leave.

/// The groups of two or more items with one key, in the order of their first items.
@inline(__always)
func duplicates<Item>(_ items: [Item], by key: (Item) -> String) -> [[Item]] {
  if items.count < 2 { return [] }
  // Nearly every list is short and without duplicates: that is found without a dictionary.
  if items.count <= 8, !hasDuplicate(items, key) { return [] }
  var order: [String] = []
  var groups: [String: [Item]] = [:]
  for item in items {
    let name = key(item)
    if groups[name] == nil { order.append(name) }
    groups[name, default: []].append(item)
  }
  return order.compactMap { name in
    groups[name].flatMap { $0.count > 1 ? $0 : nil }
  }
}

@inline(__always)
private func hasDuplicate<Item>(_ items: [Item], _ key: (Item) -> String) -> Bool {
  for index in items.indices {
    let name = key(items[index])
    for other in 0..<index where key(items[other]) == name { return true }
  }
  return false
}
