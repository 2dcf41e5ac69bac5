// Selection sets come in, the fields of one object leave, grouped by response name and in the order
// of the response. What variables decide stays a condition.
// Source: GraphQL specification, September 2025, section 6.3.2 (Field Collection).

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation

/// A selection set that contributes to an object, and when it does.
struct ConditionalSelections {
  let selections: [Selection]
  let condition: Condition
}

/// The fields of one response name. It keeps what planning reads of them and not the fields
/// themselves: fewer copies and allocations.
struct CollectedField {
  /// The first field's name; all of them have it, as validation saw to.
  let name: String
  let responseName: String
  /// The first field's; all of them have the same.
  let arguments: [Argument]
  /// The selection sets below, merged in order (section 6.4.3).
  var selections: [ConditionalSelections]
  /// Whether one of them is selected whatever the variables.
  private(set) var isAlways: Bool
  /// When those before the first such one are selected.
  private var conditions: [Condition]

  init(_ field: Field, _ condition: Condition) {
    name = field.name.value
    responseName = field.responseName
    arguments = field.arguments
    selections = []
    isAlways = condition.isAlways
    conditions = isAlways ? [] : [condition]
    addSelections(of: field, condition)
  }

  /// Whether the response name is there at all: one of its fields is selected.
  var condition: Condition { isAlways ? .always : Condition(anyOf: conditions) }

  mutating func add(_ field: Field, _ condition: Condition) {
    addSelections(of: field, condition)
    if isAlways { return }
    if condition.isAlways { isAlways = true } else { conditions.append(condition) }
  }

  private mutating func addSelections(of field: Field, _ condition: Condition) {
    guard let set = field.selectionSet else { return }
    selections.append(ConditionalSelections(selections: set.selections, condition: condition))
  }
}

/// Where a response name may be written. It is written at its first field that is selected; which
/// one that is may depend on variables, so a name can have several places: the first whose
/// condition holds is taken.
struct CollectedPlace {
  let group: Int
  let range: SourceRange
  let condition: Condition
}

/// Groups the fields of an object, and says in which order their response names are written.
func collectFields(
  _ sets: [ConditionalSelections], of type: ObjectType, in operation: ValidOperation
) -> (groups: [CollectedField], places: [CollectedPlace]) {
  var collection = Collection(type: type, operation: operation)
  collection.reserve(sets.reduce(0) { $0 + $1.selections.count })
  for set in sets { collection.add(set.selections, set.condition) }
  return (collection.groups, collection.places)
}

private struct Collection {
  let type: ObjectType
  let operation: ValidOperation
  var groups: [CollectedField] = []
  var places: [CollectedPlace] = []
  /// By response name; kept only once there are so many groups that a scan is slower.
  private var indexes: [String: Int] = [:]
  private static let scannedMax = 16
  /// A fragment that was spread unconditionally adds nothing when it is spread again.
  private var spread: Set<String> = []

  init(type: ObjectType, operation: ValidOperation) {
    self.type = type
    self.operation = operation
  }

  /// Makes room for a usual object; a hostile one grows what it needs.
  mutating func reserve(_ count: Int) {
    groups.reserveCapacity(min(count, Self.reservedMax))
    places.reserveCapacity(min(count, Self.reservedMax))
  }

  private static let reservedMax = 64

  mutating func add(_ selections: [Selection], _ parent: Condition) {
    for selection in selections {
      guard let condition = parent.and(directives: selection.directives) else { continue }
      switch selection {
      case .field(let field):
        add(field, condition)
      case .fragmentSpread(let spread):
        guard let fragment = operation.fragments[spread.name.value],
          operation.schema.applies(fragment.typeCondition.name.value, to: type),
          !self.spread.contains(spread.name.value)
        else { continue }
        if condition.isAlways { self.spread.insert(spread.name.value) }
        add(fragment.selectionSet.selections, condition)
      case .inlineFragment(let fragment):
        if let wanted = fragment.typeCondition,
          !operation.schema.applies(wanted.name.value, to: type)
        {
          continue
        }
        add(fragment.selectionSet.selections, condition)
      }
    }
  }

  private mutating func add(_ field: Field, _ condition: Condition) {
    let name = field.responseName
    guard let index = group(named: name) else {
      places.append(CollectedPlace(group: groups.count, range: field.range, condition: condition))
      groups.append(CollectedField(field, condition))
      remember(name)
      return
    }
    let wasAlways = groups[index].isAlways
    groups[index].add(field, condition)
    if wasAlways { return }
    places.append(CollectedPlace(group: index, range: field.range, condition: condition))
  }

  private func group(named name: String) -> Int? {
    if indexes.isEmpty { return groups.firstIndex { $0.responseName == name } }
    return indexes[name]
  }

  private mutating func remember(_ name: String) {
    if !indexes.isEmpty {
      indexes[name] = groups.count - 1
    } else if groups.count > Self.scannedMax {
      for (index, group) in groups.enumerated() { indexes[group.responseName] = index }
    }
  }
}
