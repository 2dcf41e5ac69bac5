// Two valid schemas come in, an old one and a new one; every change leaves that breaks clients of
// the old schema or endangers them. What is merely new, or reads differently, is left aside.

package import GraphQLTypes

/// Compares two valid schemas.
/// - Returns: the breaking changes, then the dangerous ones, each in the order of the schemas.
package func schemaChanges(from old: Schema, to new: Schema) -> [SchemaChange] {
  var comparison = SchemaComparison(old: old, new: new)
  RootTypeChanges.find(&comparison)
  TypeChanges.find(&comparison)
  DirectiveChanges.find(&comparison)
  return SchemaChangeSeverity.allCases.flatMap { severity in
    comparison.changes.filter { $0.code.severity == severity }
  }
}

/// What every part of the comparison shares: both schemas, and the changes found so far.
struct SchemaComparison {
  let old: Schema
  let new: Schema
  private(set) var changes: [SchemaChange] = []

  init(old: Schema, new: Schema) {
    self.old = old
    self.new = new
  }

  mutating func report(
    _ code: SchemaChangeCode, _ coordinate: String, _ message: String, _ place: SchemaChangePlace
  ) {
    changes.append(
      SchemaChange(code: code, coordinate: coordinate, message: message, place: place))
  }
}

/// Those of one schema's types that the other schema's do not name.
func types(_ some: [LocatedType], missingIn others: [LocatedType]) -> [LocatedType] {
  let names = Set(others.map(\.type.name))
  return some.filter { !names.contains($0.type.name) }
}
