// Every selection set of a document with the types its fields were found to have, in flat arrays of
// indices: what the rules read that look across selection sets, fragments and operations.

import GraphQLSyntax
import GraphQLTypes

/// Made by the walk, one node after the other; an index of -1 stands for none.
struct SelectionGraph {
  struct FieldNode {
    /// Nil where the parent type is unknown or has no such field.
    var definition: SchemaField?
    /// Indices into `names`.
    var responseName: Int32
    var name: Int32
    /// Index of the type on which the field is selected, -1 where it is unknown.
    var parentType: Int32
    /// Index into `argumentLists`, -1 without arguments.
    var arguments: Int32
    var selectionSet: Int32
    /// The next field of the same selection set, inline fragments flattened into it.
    var next: Int32 = -1
    var range: SourceRange
    var isParentObject: Bool
  }

  struct SelectionSetNode {
    var firstField: Int32 = -1
    var lastField: Int32 = -1
    var firstSpread: Int32 = -1
    var lastSpread: Int32 = -1
  }

  struct SpreadNode {
    var fragment: Int32
    var next: Int32 = -1
  }

  struct OperationNode {
    var selectionSet: Int
    /// The fragments spread anywhere in the operation itself.
    var spreads: [Int]
    var usages: [VariableUsage]
  }

  struct FragmentNode {
    var name: String
    var range: SourceRange
    var selectionSet: Int
    /// The fragments spread anywhere in the fragment itself.
    var spreads: [Int]
    var usages: [VariableUsage]
  }

  var fields: [FieldNode] = []
  var sets: [SelectionSetNode] = []
  var spreads: [SpreadNode] = []
  var argumentLists: [[Argument]] = []
  var operations: [OperationNode] = []
  var fragments: [FragmentNode] = []
  /// The last fragment of each name; a name that stands twice is another rule's matter.
  var fragmentIndices: [String: Int] = [:]
  var interner: NameInterner
  var names: [String] { interner.names }

  /// `bytesCount` is the size of the document, which bounds what it can hold.
  init(bytesCount: Int) {
    // A field of a usual document takes about 16 bytes; more than fit only cost a reallocation.
    let capacity = min(bytesCount / 12 + 4, 4_096)
    fields.reserveCapacity(capacity)
    sets.reserveCapacity(capacity / 4)
    interner = NameInterner(capacity: capacity)
  }

  mutating func append(_ field: consuming FieldNode, to set: Int) -> Int {
    let index = fields.count
    let number = Int32(truncatingIfNeeded: index)
    fields.append(field)
    let last = Int(sets[set].lastField)
    if last < 0 { sets[set].firstField = number } else { fields[last].next = number }
    sets[set].lastField = number
    return index
  }

  mutating func appendSpread(of fragment: Int, to set: Int) {
    let number = Int32(truncatingIfNeeded: spreads.count)
    spreads.append(SpreadNode(fragment: Int32(truncatingIfNeeded: fragment)))
    let last = Int(sets[set].lastSpread)
    if last < 0 { sets[set].firstSpread = number } else { spreads[last].next = number }
    sets[set].lastSpread = number
  }

  // MARK: Comparing

  /// `SameResponseShape` (section 5.3.2) but for the sub-selections; a field that the schema does
  /// not know says nothing about its shape.
  func typesConflict(_ first: FieldNode, _ second: FieldNode) -> Bool {
    guard let one = first.definition, let other = second.definition, one !== other else {
      return false
    }
    return shapesConflict(one.type, other.type)
  }

  private func shapesConflict(_ first: SchemaType, _ second: SchemaType) -> Bool {
    switch (first, second) {
    case (.nonNull(let one), .nonNull(let other)), (.list(let one), .list(let other)):
      shapesConflict(one, other)
    case (.named(let one), .named(let other)):
      (one.isLeaf || other.isLeaf) && one != other
    case (.nonNull, _), (_, .nonNull), (.list, _), (_, .list):
      true
    }
  }
}
