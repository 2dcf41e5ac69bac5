// What clients write: arguments of fields and directives, and fields of input objects. Those that
// are gone, that are new, whose type takes less, or that mean something else where they are left
// out (sections 3.6.1, 3.10 and 3.13).

import GraphQLTypes

/// What input values belong to, which decides their coordinates and codes.
enum InputOwner {
  case field(type: String, field: String)
  case inputObject(type: String)
  case directive(String)

  func coordinate(of name: String) -> String {
    switch self {
    case .field(let type, let field): "\(type).\(field)(\(name):)"
    case .inputObject(let type): "\(type).\(name)"
    case .directive(let directive): "@\(directive)(\(name):)"
    }
  }

  fileprivate var codes: InputValueCodes {
    switch self {
    case .field:
      InputValueCodes(
        removed: .argumentRemoved, requiredAdded: .requiredArgumentAdded,
        optionalAdded: .optionalArgumentAdded, changedKind: .argumentChangedKind,
        madeRequired: .argumentMadeRequired, defaultChanged: .argumentDefaultValueChanged)
    case .inputObject:
      InputValueCodes(
        removed: .fieldRemoved, requiredAdded: .requiredInputFieldAdded,
        optionalAdded: .optionalInputFieldAdded, changedKind: .fieldChangedKind,
        madeRequired: .inputFieldMadeRequired, defaultChanged: .inputFieldDefaultValueChanged)
    case .directive:
      InputValueCodes(
        removed: .directiveArgumentRemoved, requiredAdded: .requiredDirectiveArgumentAdded,
        optionalAdded: .optionalDirectiveArgumentAdded, changedKind: .argumentChangedKind,
        madeRequired: .argumentMadeRequired, defaultChanged: .argumentDefaultValueChanged)
    }
  }
}

private struct InputValueCodes {
  let removed: SchemaChangeCode
  let requiredAdded: SchemaChangeCode
  let optionalAdded: SchemaChangeCode
  let changedKind: SchemaChangeCode
  let madeRequired: SchemaChangeCode
  let defaultChanged: SchemaChangeCode
}

enum InputValueChanges {
  static func find(
    _ old: [SchemaInputValue], _ new: [SchemaInputValue], of owner: InputOwner,
    _ comparison: inout SchemaComparison
  ) {
    if old.isEmpty, new.isEmpty { return }
    let oldNames = Set(old.map(\.name))
    let newValues = Dictionary(new.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for input in old {
      if let changed = newValues[input.name] {
        compare(input, changed, of: owner, &comparison)
      } else {
        let coordinate = owner.coordinate(of: input.name)
        comparison.report(
          owner.codes.removed, coordinate, "\(coordinate) was removed.", .old(input.nameLocation))
      }
    }
    for input in new where !oldNames.contains(input.name) {
      let coordinate = owner.coordinate(of: input.name)
      comparison.report(
        input.isRequired ? owner.codes.requiredAdded : owner.codes.optionalAdded, coordinate,
        input.isRequired
          ? "\(coordinate) was added and must be given." : "\(coordinate) was added.",
        .new(input.nameLocation))
    }
  }

  private static func compare(
    _ old: SchemaInputValue, _ new: SchemaInputValue, of owner: InputOwner,
    _ comparison: inout SchemaComparison
  ) {
    let coordinate = owner.coordinate(of: old.name)
    if !isSafeForWriters(from: old.type, to: new.type) {
      comparison.report(
        owner.codes.changedKind, coordinate,
        "\(coordinate) changed type from \(old.type) to \(new.type).", .new(new.typeLocation))
    } else if !old.isRequired, new.isRequired {
      comparison.report(
        owner.codes.madeRequired, coordinate,
        "\(coordinate) lost its default value and must be given.", .new(new.nameLocation))
    } else if let change = defaultChange(from: old, to: new, comparison) {
      comparison.report(
        owner.codes.defaultChanged, coordinate, "\(coordinate) \(change)", .new(new.nameLocation))
    }
  }
}
