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

  private var plans: LeastRecentlyUsed<Key, Plan>

  package init(entriesMax: Int, bytesMax: Int) {
    plans = LeastRecentlyUsed(entriesMax: entriesMax, bytesMax: bytesMax)
  }

  var count: Int { plans.count }
  /// What the plans and their documents take.
  var bytes: Int { plans.bytes }

  /// The plan, which becomes the most recently used.
  package mutating func plan(document: String, operationName: String?) -> Plan? {
    plans.value(for: Key(document: document, operationName: operationName))
  }

  /// Keeps a plan, which becomes the most recently used; one larger than the whole cache is not
  /// kept.
  package mutating func insert(_ plan: Plan, document: String, operationName: String?) {
    plans.insert(
      plan, for: Key(document: document, operationName: operationName),
      bytes: document.utf8.count + plan.bytes)
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
