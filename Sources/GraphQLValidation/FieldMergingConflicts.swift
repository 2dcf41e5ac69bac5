// The selection graph of a document that breaks section 5.3.2 comes in, its conflicts leave, each
// once, between the fields and in the words of the reference implementation. That a document has
// any was decided before (FieldMergingVerdict), so that what is skipped for the budget's sake here
// hides no invalid document.
//
// Fields are compared pair by pair: within a selection set, between a set and the fragments spread
// in it, between those fragments, and, for two fields with selection sets, between these. Pairs of
// fragments, and of a set and a fragment, are compared once.

import GraphQLTypes

struct FieldMergingConflicts {
  /// Why the fields of one response name cannot be merged.
  struct Conflict {
    var responseName: String
    var reason: String
    /// The fields of the one side, from the outermost to the innermost, and of the other.
    var fields: [Int]
    var otherFields: [Int]
  }

  /// The fields of one selection set by response name, in order, and the fragments spread in it.
  private struct Collected {
    var groups: [(responseName: Int, fields: [Int])] = []
    var groupIndices: [Int: Int] = [:]
    var fragments: [Int] = []
  }

  private struct Pair: Hashable {
    var first: Int
    var second: Int
  }

  /// An error quotes at most this many fields of each side.
  private static let fieldsMax = 20
  /// Fragments spread in fragments are followed this far, since each level is a call.
  private static let depthMax = 150

  /// The pairs compared at most; each takes about 30 nanoseconds.
  private static let stepsMax = 100_000

  private let graph: SelectionGraph
  private let conflictsMax: Int
  private var arguments: ArgumentComparison
  private var stepsLeft = FieldMergingConflicts.stepsMax
  private var depth = 0
  private var collected: [Int: Collected] = [:]
  /// Whether the fragments, or the set and the fragment, were compared as mutually exclusive.
  private var comparedFragments: [Pair: Bool] = [:]
  private var comparedSets: [Pair: Bool] = [:]

  init(_ graph: SelectionGraph, conflictsMax: Int) {
    self.graph = graph
    self.conflictsMax = conflictsMax
    arguments = ArgumentComparison(graph)
  }

  /// The conflicts of every selection set, up to the limit and within the budget.
  mutating func find() -> [Conflict] {
    var conflicts: [Conflict] = []
    for set in graph.sets.indices where conflicts.count < conflictsMax {
      find(within: set, &conflicts)
    }
    return Array(conflicts.prefix(conflictsMax))
  }

  /// The conflicts within one selection set, fragments spread in it included.
  private mutating func find(within set: Int, _ conflicts: inout [Conflict]) {
    let own = collect(set)
    for (name, fields) in own.groups where fields.count > 1 {
      for first in fields.indices.dropLast() {
        for second in fields[(first + 1)...] {
          if stepsLeft <= 0 || conflicts.count >= conflictsMax { return }
          append(compare(name, fields[first], second, areExclusive: false), to: &conflicts)
        }
      }
    }
    for index in own.fragments.indices {
      compare(set, withFragment: own.fragments[index], areExclusive: false, &conflicts)
      for other in own.fragments[(index + 1)...] {
        if conflicts.count >= conflictsMax { return }
        compare(fragment: own.fragments[index], with: other, areExclusive: false, &conflicts)
      }
    }
  }

  /// The conflict of one pair that is known to have one, for when the budget ended before.
  mutating func conflict(between first: Int, and second: Int) -> Conflict? {
    stepsLeft = 1_000
    return compare(
      Int(graph.fields[first].responseName), first, second, areExclusive: false)
  }

  private func append(_ conflict: Conflict?, to conflicts: inout [Conflict]) {
    if let conflict { conflicts.append(conflict) }
  }

  // MARK: Collecting

  private mutating func collect(_ set: Int) -> Collected {
    if let known = collected[set] { return known }
    var result = Collected()
    var field = Int(graph.sets[set].firstField)
    while field >= 0 {
      let name = Int(graph.fields[field].responseName)
      if let index = result.groupIndices[name] {
        result.groups[index].fields.append(field)
      } else {
        result.groupIndices[name] = result.groups.count
        result.groups.append((name, [field]))
      }
      field = Int(graph.fields[field].next)
    }
    var spread = Int(graph.sets[set].firstSpread)
    while spread >= 0 {
      let fragment = Int(graph.spreads[spread].fragment)
      if !result.fragments.contains(fragment) { result.fragments.append(fragment) }
      spread = Int(graph.spreads[spread].next)
    }
    collected[set] = result
    return result
  }

  // MARK: Comparing

  private mutating func compare(
    _ set: Int, withFragment fragment: Int, areExclusive: Bool, _ conflicts: inout [Conflict]
  ) {
    stepsLeft -= 1
    if stepsLeft <= 0 || depth >= Self.depthMax { return }
    let pair = Pair(first: set, second: fragment)
    if let known = comparedSets[pair], !known || areExclusive { return }
    comparedSets[pair] = areExclusive
    let other = graph.fragments[fragment].selectionSet
    if other == set { return }
    depth += 1
    compare(set: set, with: other, areExclusive: areExclusive, &conflicts)
    for nested in collect(other).fragments {
      compare(set, withFragment: nested, areExclusive: areExclusive, &conflicts)
    }
    depth -= 1
  }

  private mutating func compare(
    fragment first: Int, with second: Int, areExclusive: Bool, _ conflicts: inout [Conflict]
  ) {
    stepsLeft -= 1
    if first == second || stepsLeft <= 0 || depth >= Self.depthMax { return }
    let pair = Pair(first: min(first, second), second: max(first, second))
    if let known = comparedFragments[pair], !known || areExclusive { return }
    comparedFragments[pair] = areExclusive
    depth += 1
    let firstSet = graph.fragments[first].selectionSet
    let secondSet = graph.fragments[second].selectionSet
    compare(set: firstSet, with: secondSet, areExclusive: areExclusive, &conflicts)
    for nested in collect(secondSet).fragments {
      compare(fragment: first, with: nested, areExclusive: areExclusive, &conflicts)
    }
    for nested in collect(firstSet).fragments {
      compare(fragment: nested, with: second, areExclusive: areExclusive, &conflicts)
    }
    depth -= 1
  }

  /// The fields of two sets, without the fragments spread in them.
  private mutating func compare(
    set first: Int, with second: Int, areExclusive: Bool, _ conflicts: inout [Conflict]
  ) {
    let one = collect(first)
    let other = collect(second)
    for (name, fields) in one.groups {
      guard let index = other.groupIndices[name] else { continue }
      for field in fields {
        for otherField in other.groups[index].fields {
          if stepsLeft <= 0 { return }
          append(compare(name, field, otherField, areExclusive: areExclusive), to: &conflicts)
        }
      }
    }
  }

  private mutating func compare(
    _ responseName: Int, _ first: Int, _ second: Int, areExclusive parentsAreExclusive: Bool
  ) -> Conflict? {
    stepsLeft -= 1
    let one = graph.fields[first]
    let other = graph.fields[second]
    // Different object types never describe one object, so that there is nothing to merge.
    let areExclusive =
      parentsAreExclusive
      || (one.parentType != other.parentType && one.isParentObject && other.isParentObject)
    if !areExclusive {
      if one.name != other.name {
        let name = abbreviate(graph.names[Int(one.name)])
        let otherName = abbreviate(graph.names[Int(other.name)])
        let names = "\"\(name)\" and \"\(otherName)\""
        return conflict(responseName, "\(names) are different fields", first, second)
      }
      if arguments.differ(one, other) {
        return conflict(responseName, "they have differing arguments", first, second)
      }
    }
    if let type = one.definition?.type, let otherType = other.definition?.type,
      graph.typesConflict(one, other)
    {
      let types = "\"\(type)\" and \"\(otherType)\""
      return conflict(responseName, "they return conflicting types \(types)", first, second)
    }
    guard one.selectionSet >= 0, other.selectionSet >= 0, depth < Self.depthMax else { return nil }
    depth += 1
    let below = conflicts(
      between: Int(one.selectionSet), and: Int(other.selectionSet), areExclusive: areExclusive)
    depth -= 1
    return combine(below, responseName, first, second)
  }

  private mutating func conflicts(
    between first: Int, and second: Int, areExclusive: Bool
  ) -> [Conflict] {
    var conflicts: [Conflict] = []
    compare(set: first, with: second, areExclusive: areExclusive, &conflicts)
    let fragments = collect(first).fragments
    let otherFragments = collect(second).fragments
    for fragment in otherFragments {
      compare(first, withFragment: fragment, areExclusive: areExclusive, &conflicts)
    }
    for fragment in fragments {
      compare(second, withFragment: fragment, areExclusive: areExclusive, &conflicts)
    }
    for fragment in fragments {
      for other in otherFragments {
        compare(fragment: fragment, with: other, areExclusive: areExclusive, &conflicts)
      }
    }
    return conflicts
  }

  // MARK: Telling

  private func conflict(
    _ responseName: Int, _ reason: String, _ first: Int, _ second: Int
  ) -> Conflict {
    Conflict(
      responseName: graph.names[responseName], reason: reason, fields: [first],
      otherFields: [second])
  }

  /// Two fields conflict because fields below them do.
  private func combine(
    _ conflicts: [Conflict], _ responseName: Int, _ first: Int, _ second: Int
  ) -> Conflict? {
    if conflicts.isEmpty { return nil }
    var reason = ""
    for conflict in conflicts where reason.utf8.count <= 1_000 {
      if !reason.isEmpty { reason += " and " }
      reason +=
        "subfields \"\(abbreviate(conflict.responseName))\" conflict because "
        + conflict.reason
    }
    return Conflict(
      responseName: graph.names[responseName], reason: abbreviate(reason),
      fields: innermost(of: first, conflicts.map(\.fields)),
      otherFields: innermost(of: second, conflicts.map(\.otherFields)))
  }

  private func innermost(of field: Int, _ below: [[Int]]) -> [Int] {
    var fields = [field]
    for more in below {
      fields += more.suffix(Self.fieldsMax - fields.count)
      if fields.count == Self.fieldsMax { break }
    }
    return fields
  }
}
