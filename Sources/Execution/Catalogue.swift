// What is the same for all tenants stands in memory with its values encoded as JSON once: entries
// come in when a catalogue is loaded, and their bytes are copied into every answer.

package import JSON

/// The names of the values and nested lists that the entries of one catalogue carry.
package struct CatalogueShape: Sendable, Hashable {
  package let values: [String]
  package let lists: [String]

  package init(values: [String], lists: [String] = []) {
    self.values = values
    self.lists = lists
  }

  /// Makes an entry; a value that is not given is null, a list that is not given is empty.
  package func entry(
    code: String, _ values: [String: JSONValue], lists: [String: [CatalogueEntry]] = [:]
  ) -> CatalogueEntry {
    CatalogueEntry(
      code: Array(code.utf8),
      values: self.values.map { (values[$0] ?? .null).jsonBytes },
      lists: self.lists.map { lists[$0] ?? [] })
  }
}

/// One thing of a catalogue: a solution as a country version calls it, a field of a form.
package final class CatalogueEntry: Sendable {
  /// What a tenant's rows refer to it by, in UTF-8.
  package let code: [UInt8]
  /// JSON, in the order of the shape's values.
  let values: [[UInt8]]
  /// In the order of the shape's lists.
  let lists: [[CatalogueEntry]]

  init(code: [UInt8], values: [[UInt8]], lists: [[CatalogueEntry]]) {
    self.code = code
    self.values = values
    self.lists = lists
  }
}

extension CatalogueEntry {
  /// The text of a value; nil where the entries have none of that name, or it is none.
  package func text(_ name: String, of shape: CatalogueShape) -> String? {
    shape.values.firstIndex(of: name).flatMap { try? parseJSON(values[$0]) }?.stringValue
  }
}

/// Which list of a `CatalogueView`: the domain numbers its lists.
package struct CatalogueListID: Sendable, Hashable {
  package let index: Int
  package let shape: CatalogueShape

  package init(index: Int, shape: CatalogueShape) {
    self.index = index
    self.shape = shape
  }

  package static func == (one: Self, other: Self) -> Bool { one.index == other.index }
  package func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// The catalogues as one request sees them: those of its country version, in its language.
package final class CatalogueView: Sendable {
  package let revision: Int
  /// By `CatalogueListID.index`.
  private let lists: [[CatalogueEntry]]

  package init(revision: Int, lists: [CatalogueListID: [CatalogueEntry]]) {
    self.revision = revision
    let count = (lists.keys.map(\.index).max() ?? -1) + 1
    var ordered = [[CatalogueEntry]](repeating: [], count: count)
    for (list, entries) in lists { ordered[list.index] = entries }
    self.lists = ordered
  }

  package subscript(list: CatalogueListID) -> [CatalogueEntry] {
    list.index < lists.count ? lists[list.index] : []
  }
}
