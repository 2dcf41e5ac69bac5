// The selection graph comes in, whether all overlapping fields can be merged leaves; which pairs
// conflict is not told here. Implements section 5.3.2 over groups instead of pairs.
//
// A group is the fields of one response name in a merged set of selection sets. Being alike in
// name, arguments and shape is transitive, so one pass over a group against its first field decides
// all its pairs. The sub-selections of a group are merged and judged in turn, once for each
// distinct merged set. Nothing here recurses: what is left to judge waits on a list.

struct FieldMergingVerdict {
  enum Outcome {
    case mergeable
    /// One pair of fields that cannot be merged.
    case conflict(Int, Int)
    /// The budget ended first.
    case undecided
  }

  /// Selection sets whose fields stand together in one response.
  private struct MergedSets: Hashable {
    /// Parents exclude each other: only the response's shape must agree, not names and arguments.
    var isShapeOnly: Bool
    /// Ascending, without duplicates.
    var sets: [Int]
  }

  private let graph: SelectionGraph
  private var stepsLeft: Int
  private var arguments: ArgumentComparison
  private var known: Set<MergedSets> = []
  private var pending: [MergedSets] = []

  /// The fields of the merged sets at hand; `following` chains those of one response name.
  private var gathered: [Int] = []
  private var following: [Int] = []
  /// Heads and tails of the chains with more than one field, as indices of `gathered`.
  private var groups: [(head: Int, tail: Int)] = []
  /// For each response name: the stamp of the last gathering that met it, the index of the first
  /// field, and the group once there is a second.
  private var nameStamps: [Int32]
  private var nameHeads: [Int32]
  private var nameGroups: [Int32]
  private var fragmentStamps: [Int32]
  /// The fragments whose fields were judged among each other, names and arguments included.
  private var coveredFragments: [Bool]
  private var stamp: Int32 = 0

  init(_ graph: SelectionGraph, stepsMax: Int) {
    self.graph = graph
    stepsLeft = stepsMax
    arguments = ArgumentComparison(graph)
    nameStamps = Array(repeating: 0, count: graph.names.count)
    nameHeads = Array(repeating: 0, count: graph.names.count)
    nameGroups = Array(repeating: 0, count: graph.names.count)
    fragmentStamps = Array(repeating: 0, count: graph.fragments.count)
    coveredFragments = Array(repeating: false, count: graph.fragments.count)
  }

  /// A fragment that is spread into another set is judged with that set, so that of the fragments'
  /// own sets only those are judged for themselves that no other judgement has covered.
  mutating func decide() -> Outcome {
    var fragmentOfSet = Array(repeating: -1, count: graph.sets.count)
    for (index, fragment) in graph.fragments.enumerated() {
      fragmentOfSet[fragment.selectionSet] = index
    }
    for set in graph.sets.indices where fragmentOfSet[set] < 0 && mayOverlap(set) {
      if let outcome = judgeWithAllBelow(set) { return outcome }
    }
    for fragment in graph.fragments where !isCovered(fragment) && mayOverlap(fragment.selectionSet)
    {
      if let outcome = judgeWithAllBelow(fragment.selectionSet) { return outcome }
    }
    return .mergeable
  }

  private func isCovered(_ fragment: SelectionGraph.FragmentNode) -> Bool {
    guard let index = graph.fragmentIndices[fragment.name],
      graph.fragments[index].selectionSet == fragment.selectionSet
    else { return false }
    return coveredFragments[index]
  }

  private mutating func judgeWithAllBelow(_ set: Int) -> Outcome? {
    if let outcome = judge(MergedSets(isShapeOnly: false, sets: [set])) { return outcome }
    while let next = pending.popLast() {
      if let outcome = judge(next) { return outcome }
    }
    return nil
  }

  /// Whether the set spreads fragments or has a response name twice; most sets do neither.
  private mutating func mayOverlap(_ set: Int) -> Bool {
    let node = graph.sets[set]
    if node.firstSpread >= 0 {
      // A single spread and nothing else is the fragment's own set.
      return node.firstField >= 0 || node.firstSpread != node.lastSpread
    }
    stamp += 1
    var field = Int(graph.sets[set].firstField)
    while field >= 0 {
      let name = Int(graph.fields[field].responseName)
      if nameStamps[name] == stamp { return true }
      nameStamps[name] = stamp
      field = Int(graph.fields[field].next)
    }
    return false
  }

  private mutating func judge(_ merged: MergedSets) -> Outcome? {
    gather(merged)
    stepsLeft -= gathered.count
    if stepsLeft < 0 { return .undecided }
    for group in groups {
      if let (first, second) = judge(groupAt: group.head, isShapeOnly: merged.isShapeOnly) {
        return .conflict(first, second)
      }
    }
    return nil
  }

  // MARK: Gathering

  /// Collects the fields of the sets and of every fragment spread in them, each fragment once.
  private mutating func gather(_ merged: MergedSets) {
    stamp += 1
    gathered.removeAll(keepingCapacity: true)
    following.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
    var fragments: [Int] = []
    for set in merged.sets { gather(set, &fragments) }
    while let fragment = fragments.popLast() {
      if !merged.isShapeOnly { coveredFragments[fragment] = true }
      gather(graph.fragments[fragment].selectionSet, &fragments)
    }
  }

  private mutating func gather(_ set: Int, _ fragments: inout [Int]) {
    var field = Int(graph.sets[set].firstField)
    while field >= 0 {
      append(field)
      field = Int(graph.fields[field].next)
    }
    var spread = Int(graph.sets[set].firstSpread)
    while spread >= 0 {
      stepsLeft -= 1
      let fragment = Int(graph.spreads[spread].fragment)
      if fragmentStamps[fragment] != stamp {
        fragmentStamps[fragment] = stamp
        fragments.append(fragment)
      }
      spread = Int(graph.spreads[spread].next)
    }
  }

  private mutating func append(_ field: Int) {
    let name = Int(graph.fields[field].responseName)
    let index = gathered.count
    gathered.append(field)
    following.append(-1)
    if nameStamps[name] != stamp {
      nameStamps[name] = stamp
      nameHeads[name] = Int32(truncatingIfNeeded: index)
      nameGroups[name] = -1
    } else if nameGroups[name] < 0 {
      nameGroups[name] = Int32(truncatingIfNeeded: groups.count)
      let head = Int(nameHeads[name])
      following[head] = index
      groups.append((head, index))
    } else {
      let group = Int(nameGroups[name])
      following[groups[group].tail] = index
      groups[group].tail = index
    }
  }

  // MARK: Judging

  /// A pair of the group that cannot be merged, or nil after what lies below was queued.
  private mutating func judge(groupAt head: Int, isShapeOnly: Bool) -> (Int, Int)? {
    var fields: [Int] = []
    var index = head
    while index >= 0 {
      fields.append(gathered[index])
      index = following[index]
    }
    stepsLeft -= fields.count
    if let pair = firstOfOtherShape(among: fields) { return pair }
    if isShapeOnly {
      queue(fields, isShapeOnly: true)
      return nil
    }
    return judgeNamesAndArguments(fields)
  }

  /// Fields whose parents are different object types never stand in one response; any other pair
  /// must be the same field with the same arguments.
  private mutating func judgeNamesAndArguments(_ fields: [Int]) -> (Int, Int)? {
    let first = graph.fields[fields[0]]
    let hasOneParent = fields.allSatisfy { graph.fields[$0].parentType == first.parentType }
    if hasOneParent {
      if let pair = firstOtherField(among: fields) { return pair }
      queue(fields, isShapeOnly: false)
      return nil
    }
    var anywhere: [Int] = []
    var byObjectType: [Int32: [Int]] = [:]
    for field in fields {
      if graph.fields[field].isParentObject {
        byObjectType[graph.fields[field].parentType, default: []].append(field)
      } else {
        anywhere.append(field)
      }
    }
    if let pair = firstOtherField(among: anywhere) { return pair }
    for (_, members) in byObjectType {
      // The members against each other, and one of them for all against the fields anywhere.
      let comparable = anywhere.prefix(1) + members
      if let pair = firstOtherField(among: Array(comparable)) { return pair }
      stepsLeft -= anywhere.count
      queue(anywhere + members, isShapeOnly: false)
    }
    if byObjectType.isEmpty { queue(anywhere, isShapeOnly: false) }
    if byObjectType.count > 1 { queue(fields, isShapeOnly: true) }
    return nil
  }

  /// One of the fields, with the first of another name or other arguments.
  private mutating func firstOtherField(among fields: [Int]) -> (Int, Int)? {
    guard let first = representative(of: fields) else { return nil }
    let node = graph.fields[first]
    for field in fields
    where graph.fields[field].name != node.name || arguments.differ(node, graph.fields[field]) {
      return (first, field)
    }
    return nil
  }

  /// One of the fields, with the first of another shape. A field that the schema does not know says
  /// nothing about its shape.
  private func firstOfOtherShape(among fields: [Int]) -> (Int, Int)? {
    guard let first = representative(of: fields) else { return nil }
    for field in fields where graph.typesConflict(graph.fields[first], graph.fields[field]) {
      return (first, field)
    }
    return nil
  }

  /// The field that the others are held against: one that the schema knows, where there is any.
  private func representative(of fields: [Int]) -> Int? {
    fields.first { graph.fields[$0].definition != nil } ?? fields.first
  }

  /// Puts the merged sub-selections of the fields on the list, where two or more are distinct and
  /// they were not there before.
  private mutating func queue(_ fields: [Int], isShapeOnly: Bool) {
    var sets: [Int] = []
    for field in fields where graph.fields[field].selectionSet >= 0 {
      sets.append(Int(graph.fields[field].selectionSet))
    }
    if sets.count < 2 { return }
    sets.sort()
    let merged = MergedSets(isShapeOnly: isShapeOnly, sets: sets)
    if known.insert(merged).inserted { pending.append(merged) }
  }
}
