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

/// A place where a response name may be written. It is written at its first field that is selected;
/// which one that is may depend on variables, so a name can have several places: the first whose
/// condition holds is taken. What all fields of the name come to stands with its first place.
struct CollectedField {
  /// All fields of one response name have its name and its arguments, as validation saw to.
  let field: Field
  let placeCondition: Condition
  /// In the fields of the object's type; nil for a meta-field.
  let position: Int?
  /// The index of the name's first place, which may be this one.
  let firstPlace: Int
  fileprivate(set) var hasSeveralPlaces = false
  /// The selection sets below, merged in order (section 6.4.3).
  private(set) var selections: [ConditionalSelections] = []
  /// Whether one of the fields is selected whatever the variables.
  private(set) var isAlways = false
  /// When those before the first such one are selected.
  private var conditions: [Condition] = []

  init(_ field: Field, _ placeCondition: Condition, position: Int?, firstPlace: Int) {
    self.field = field
    self.placeCondition = placeCondition
    self.position = position
    self.firstPlace = firstPlace
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

/// Groups the fields of an object, in the order in which the response has them.
func collectFields(
  _ sets: [ConditionalSelections], of type: ObjectType, in operation: ValidOperation
) -> [CollectedField] {
  var collection = Collection(type: type, operation: operation)
  collection.reserve(sets.reduce(0) { $0 + $1.selections.count })
  for set in sets { collection.add(set.selections, set.condition) }
  return collection.places
}

private struct Collection {
  let type: ObjectType
  let operation: ValidOperation
  var places: [CollectedField] = []
  /// The first places of the fields without an alias, by the field's position in the type; -1 for
  /// none. Validation lets no field of another name stand under theirs.
  private var placesByPosition: [Int]
  /// The others, by response name.
  private var placesByName: [String: Int] = [:]
  /// A fragment that was spread unconditionally adds nothing when it is spread again.
  private var spread: Set<String> = []

  init(type: ObjectType, operation: ValidOperation) {
    self.type = type
    self.operation = operation
    placesByPosition = Array(repeating: -1, count: type.fields.count)
  }

  /// Makes room for a usual object; a hostile one grows what it needs.
  mutating func reserve(_ count: Int) {
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
    let known = firstPlace(of: field, at: position)
    let first = known ?? places.count
    let isWrittenBefore = known != nil && places[first].isAlways
    if !isWrittenBefore {
      places.append(CollectedField(field, condition, position: position, firstPlace: first))
      if known != nil { places[first].hasSeveralPlaces = true }
    }
    places[first].add(field, condition)
  }

  /// Where the field's response name was met before; nil where it was not, and is noted.
  private mutating func firstPlace(of field: Field, at position: Int?) -> Int? {
    if let position, field.hasOwnName {
      let known = placesByPosition[position]
      if known >= 0 { return known }
      placesByPosition[position] = places.count
      return nil
    }
    let name = field.responseName
    if let known = placesByName[name] { return known }
    placesByName[name] = places.count
    return nil
  }
}

extension Field {
  /// Whether the response has the field under its own name.
  fileprivate var hasOwnName: Bool { alias.map { $0.value == name.value } ?? true }
}
