// The agreement of the schema with the bindings: both come in, every mismatch leaves with its place
// in the SDL. Held at start-up and in a test.

import GraphQLSyntax
package import GraphQLTypes

/// One mismatch, and where it stands.
package struct Disagreement: Sendable, Hashable, CustomStringConvertible {
  /// Such as `Company.legalName`.
  package var subject: String
  package var reason: String
  /// `file:line` of the SDL; nil where nothing stands there.
  package var place: String?

  package var description: String { "\(place.map { "\($0): " } ?? "")\(subject) \(reason)" }
}

/// The mismatches that keep a server from starting.
package struct AgreementError: Error, CustomStringConvertible {
  package let disagreements: [Disagreement]

  package init(_ disagreements: [Disagreement]) { self.disagreements = disagreements }

  package var description: String {
    disagreements.map(\.description).joined(separator: "\n")
  }
}

/// Holds the schema against the bindings: each field of each object is bound exactly once, to a
/// source of the right shape, and nothing is bound that the schema does not have.
package func disagreements(of schema: Schema, with bindings: Bindings) -> [Disagreement] {
  var found = bindings.twice.map { Disagreement(subject: $0, reason: "is bound twice", place: nil) }
  var bound = bindings.objects.mapValues { Set($0.keys) }
  for case .object(let type) in schema.types where !type.head.isBuiltIn {
    let access: [String: Access]?
    switch type.id {
    case schema.queryType?.id: access = bindings.query.mapValues(\.access)
    case schema.mutationType?.id: access = bindings.mutation.mapValues(\.access)
    case schema.subscriptionType?.id: access = bindings.subscription.mapValues(\.access)
    case _: access = nil
    }
    let names = access.map { Set($0.keys) } ?? bound.removeValue(forKey: type.name) ?? []
    for field in type.fields {
      let subject = "\(type.name).\(field.name)"
      if !names.contains(field.name) {
        found.append(
          Disagreement(
            subject: subject, reason: "is not bound", place: schema.place(of: field.nameLocation)))
      } else if access?[field.name] == .nobody {
        found.append(
          Disagreement(
            subject: subject, reason: "is nobody's: nothing says who may have it",
            place: schema.place(of: field.nameLocation)))
      } else if case .list(let element) = field.type.nullable, !element.isNonNull {
        // The writer lets a null element null its list.
        found.append(
          Disagreement(
            subject: subject, reason: "lists what may be null",
            place: schema.place(of: field.nameLocation)))
      }
    }
    for name in names.subtracting(type.fields.map(\.name)).sorted() {
      found.append(
        Disagreement(
          subject: "\(type.name).\(name)", reason: "is bound and not in the schema", place: nil))
    }
  }
  for type in bound.keys.sorted() {
    found.append(
      Disagreement(subject: type, reason: "is bound and no object of the schema", place: nil))
  }
  return found + disagreements(of: schema, withScopesOf: bindings)
}

/// Each scope is a field's that is there, and one that is refused takes no other field with it: a
/// subscription has one field, which is refused before its stream opens.
private func disagreements(
  of schema: Schema, withScopesOf bindings: Bindings
) -> [Disagreement] {
  bindings.scopes.keys.sorted().compactMap { coordinate in
    let parts = coordinate.split(separator: ".").map(String.init)
    guard parts.count == 2, let field = schema.type(named: parts[0])?.field(named: parts[1]) else {
      return Disagreement(
        subject: coordinate, reason: "has a scope and is not in the schema", place: nil)
    }
    return field.type.isNonNull && parts[0] != schema.subscriptionType?.name
      ? Disagreement(
        subject: coordinate, reason: "has a scope and may not be null",
        place: schema.place(of: field.nameLocation)) : nil
  }
}

extension Schema {
  /// `file:line` of an element.
  func place(of location: SchemaLocation) -> String? {
    guard sources.indices.contains(location.source) else { return nil }
    let source = sources[location.source]
    return "\(source.name):\(LineIndex(source).location(of: location.range).line)"
  }
}
