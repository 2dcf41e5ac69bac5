// A catalogue's entries and a tenant's rows come in; the items of the list leave, filtered.

package import GraphQLTypes
import JSON
import Postgres

/// The items of a merged list in the catalogue's order: what is offered, then what is retired and
/// still in use. Without rows, nothing is asked of them.
/// - Parameter only: the code of the one entry wanted, where the merge asks for one.
func mergedItems(
  _ merge: PlannedMerge, _ rows: Rows?, _ catalogue: CatalogueView,
  _ arguments: [String: InputValue], only: String?
) -> [Item] {
  var items: [Item] = []
  // Without its code, one entry of the list is none of them.
  if merge.only != nil, only == nil { return [] }
  func add(_ entry: CatalogueEntry, isRetired: Bool) {
    if let only, !only.utf8.elementsEqual(entry.code) { return }
    guard let rows else {
      if !isRetired { items.append(Item(rows: rows, entry: entry)) }
      return
    }
    let found = find(entry, in: rows, merge)
    let isRetired = isRetired || found.isWithheld
    if let row = found.row {
      items.append(Item(rows: rows, row: row, entry: entry, isRetired: isRetired))
    } else if !isRetired {
      items.append(Item(rows: rows, entry: entry))
    }
  }
  for entry in catalogue[merge.offered] { add(entry, isRetired: false) }
  if let retired = merge.retired {
    for entry in catalogue[retired] { add(entry, isRetired: true) }
  }
  for filter in merge.filters {
    items.removeAll { !filter.keeps($0, arguments) }
  }
  return items
}

/// The tenant's row that carries the entry's code, and whether another one withholds the entry.
/// Rows and entries are few: a scan beats a table.
private func find(
  _ entry: CatalogueEntry, in rows: Rows, _ merge: PlannedMerge
) -> (row: Int?, isWithheld: Bool) {
  entry.code.withUnsafeBytes { code in
    var isWithheld = false
    for row in 0..<rows.rowCount {
      let bytes = rows.bytes(row, merge.codePosition)
      guard bytes.count == code.count, bytes.elementsEqual(code) else { continue }
      guard let held = merge.heldPosition else { return (row, false) }
      guard rows.isNull(row, held) else {
        return (row, isWithheld || withholds(code, in: rows, from: row + 1, merge, held))
      }
      isWithheld = true
    }
    return (nil, isWithheld)
  }
}

private func withholds(
  _ code: UnsafeRawBufferPointer, in rows: Rows, from start: Int, _ merge: PlannedMerge, _ held: Int
) -> Bool {
  (start..<rows.rowCount).contains { row in
    rows.isNull(row, held) && rows.bytes(row, merge.codePosition).elementsEqual(code)
  }
}

extension PlannedFilter {
  fileprivate func keeps(_ item: Item, _ arguments: [String: InputValue]) -> Bool {
    switch self {
    case .column(let position, let absent, let argument):
      guard let wanted = arguments[argument]?.text else { return true }
      guard let rows = item.rows, item.row >= 0 else { return wanted.utf8.elementsEqual(absent) }
      return !rows.isNull(item.row, position)
        && rows.bytes(item.row, position).elementsEqual(wanted.utf8)
    case .entry(let index, let argument):
      guard let wanted = arguments[argument]?.text, let entry = item.entry else { return true }
      return entry.values[index] == JSONValue.string(wanted).jsonBytes
    case .hasRow(let argument):
      guard case .boolean(let wanted)? = arguments[argument] else { return true }
      return (item.row >= 0) == wanted
    case .withRow:
      return item.row >= 0
    }
  }
}

extension InputValue {
  /// The text of a string, an id or an enum value; nil for everything else, null included.
  package var text: String? {
    switch self {
    case .string(let text), .enum(let text): text
    case .null, .int, .float, .boolean, .list, .object: nil
    }
  }
}
