// Named types: those that are gone, those that became another kind, and for the others what their
// kind consists of, in the files beside this one (sections 3.5 to 3.10).

import GraphQLTypes

enum TypeChanges {
  static func find(_ comparison: inout SchemaComparison) {
    for old in comparison.old.types {
      if let new = comparison.new.type(named: old.name) {
        compare(old, new, &comparison)
      } else {
        reportRemoved(old, &comparison)
      }
    }
    InterfaceChanges.findNewTypes(&comparison)
  }

  /// A scalar of the specification is part of a schema that refers to it (section 3.5).
  private static func reportRemoved(_ type: NamedType, _ comparison: inout SchemaComparison) {
    comparison.report(
      .typeRemoved, type.name,
      type.head.isBuiltIn
        ? "\(type.name) was removed: nothing refers to it any more."
        : "\(type.name) was removed.",
      .old(type.head.nameLocation))
  }

  private static func compare(
    _ old: NamedType, _ new: NamedType, _ comparison: inout SchemaComparison
  ) {
    switch (old, new) {
    case (.scalar(let old), .scalar(let new)):
      compare(old, new, &comparison)
    case (.object, .object), (.interface, .interface):
      InterfaceChanges.find(old, new, &comparison)
      FieldChanges.find(old, new, &comparison)
    case (.union(let old), .union(let new)):
      UnionMemberChanges.find(old, new, &comparison)
    case (.enum(let old), .enum(let new)):
      EnumValueChanges.find(old, new, &comparison)
    case (.inputObject(let old), .inputObject(let new)):
      compare(old, new, &comparison)
    case (.scalar, _), (.object, _), (.interface, _), (.union, _), (.enum, _), (.inputObject, _):
      comparison.report(
        .typeChangedKind, old.name,
        "\(old.name) changed from \(words(for: old)) to \(words(for: new)).",
        .new(new.head.nameLocation))
    }
  }

  /// Section 3.5: the URL says what a custom scalar's values are.
  private static func compare(
    _ old: ScalarType, _ new: ScalarType, _ comparison: inout SchemaComparison
  ) {
    if old.specifiedByURL == new.specifiedByURL { return }
    func words(_ url: String?) -> String { url.map { "\"\($0)\"" } ?? "nothing" }
    comparison.report(
      .specifiedByURLChanged, new.name,
      "\(new.name) changed what it is specified by from \(words(old.specifiedByURL)) to "
        + "\(words(new.specifiedByURL)).",
      .new(new.head.nameLocation))
  }

  /// Section 3.10, and 3.10.1 for OneOf Input Objects.
  private static func compare(
    _ old: InputObjectType, _ new: InputObjectType, _ comparison: inout SchemaComparison
  ) {
    let owner = InputOwner.inputObject(type: old.name)
    InputValueChanges.find(old.fields, new.fields, of: owner, &comparison)
    if old.isOneOf == new.isOneOf { return }
    comparison.report(
      new.isOneOf ? .oneOfAdded : .oneOfRemoved, new.name,
      new.isOneOf
        ? "\(new.name) became a OneOf Input Object: exactly one of its fields must be given."
        : "\(new.name) is no longer a OneOf Input Object: any of its fields may be given.",
      .new(new.head.nameLocation))
  }

  private static func words(for type: NamedType) -> String {
    switch type {
    case .scalar: "a scalar"
    case .object: "an object type"
    case .interface: "an interface"
    case .union: "a union"
    case .enum: "an enum"
    case .inputObject: "an input object"
    }
  }
}
