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

/// The fields of one response name.
struct CollectedField {
  /// The first of them; all have its name and its arguments, as validation saw to.
  let field: Field
  /// In the fields of the object's type; nil for a meta-field.
  let position: Int?
  /// The first of the places where the response name may be written.
  let firstPlace: Int
  fileprivate(set) var hasSeveralPlaces = false
  /// The selection sets below, merged in order (section 6.4.3).
  private(set) var selections: [ConditionalSelections] = []
  /// Whether one of them is selected whatever the variables.
  private(set) var isAlways = false
  /// When those before the first such one are selected.
  private var conditions: [Condition] = []

  init(_ field: Field, _ condition: Condition, position: Int?, firstPlace: Int) {
    self.field = field
    self.position = position
    self.firstPlace = firstPlace
    add(field, condition)
  }

  /// Whether the response name is there at all: one of its fields is selected.
  var condition: Condition { isAlways ? .always : Condition(anyOf: conditions) }

  mutating func add(_ field: Field, _ condition: Condition) {
    if let set = field.selectionSet {
      selections.append(ConditionalSelections(selections: set.selections, condition: condition))
    }
    if isAlways { return }
    if condition.isAlways { isAlways = true } else { conditions.append(condition) }
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
  /// The groups of the fields without an alias, by the field's position in the type; -1 for none.
  /// Validation lets no field of another name stand under theirs.
  private var groupsByPosition: [Int]
  /// The others, by response name.
  private var groupsByName: [String: Int] = [:]
  /// A fragment that was spread unconditionally adds nothing when it is spread again.
  private var spread: Set<String> = []

  init(type: ObjectType, operation: ValidOperation) {
    self.type = type
    self.operation = operation
    groupsByPosition = Array(repeating: -1, count: type.fields.count)
  }

  /// Makes room for a usual object; a hostile one grows what it needs.
  mutating func reserve(_ count: Int) {
    groups.reserveCapacity(min(count, Self.reservedMax))
    places.reserveCapacity(min(count, Self.reservedMax))
  }

  private static let reservedMax = 64

  mutating func add(_ selections: [Selection], _ parent: Condition) {
    for selection in selections {
      switch selection {
      case .field(let field):
        if let condition = parent.and(directives: field.directives) { add(field, condition) }
      case .fragmentSpread(let spread):
        if let condition = parent.and(directives: spread.directives) { add(spread, condition) }
      case .inlineFragment(let fragment):
        if let condition = parent.and(directives: fragment.directives) { add(fragment, condition) }
      }
    }
  }

  private mutating func add(_ spread: FragmentSpread, _ condition: Condition) {
    let name = spread.name.value
    guard let fragment = operation.fragments[name],
      operation.schema.applies(fragment.typeCondition.name.value, to: type),
      !self.spread.contains(name)
    else { return }
    if condition.isAlways { self.spread.insert(name) }
    add(fragment.selectionSet.selections, condition)
  }

  private mutating func add(_ fragment: InlineFragment, _ condition: Condition) {
    if let wanted = fragment.typeCondition,
      !operation.schema.applies(wanted.name.value, to: type)
    {
      return
    }
    add(fragment.selectionSet.selections, condition)
  }

  private mutating func add(_ field: Field, _ condition: Condition) {
    let position = type.position(of: field.name.value)
    if let index = group(of: field, at: position) {
      let wasAlways = groups[index].isAlways
      groups[index].add(field, condition)
      if wasAlways { return }
      groups[index].hasSeveralPlaces = true
      places.append(CollectedPlace(group: index, range: field.range, condition: condition))
      return
    }
    places.append(CollectedPlace(group: groups.count, range: field.range, condition: condition))
    groups.append(
      CollectedField(field, condition, position: position, firstPlace: places.count - 1))
  }

  /// The group that the field joins; nil where it is the first of its response name, and is noted.
  private mutating func group(of field: Field, at position: Int?) -> Int? {
    if let position, field.hasOwnName {
      let known = groupsByPosition[position]
      if known >= 0 { return known }
      groupsByPosition[position] = groups.count
      return nil
    }
    let name = field.responseName
    if let known = groupsByName[name] { return known }
    groupsByName[name] = groups.count
    return nil
  }
}

extension Field {
  /// Whether the response has the field under its own name.
  fileprivate var hasOwnName: Bool { alias.map { $0.value == name.value } ?? true }
}
