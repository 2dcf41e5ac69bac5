// What a rule on schemas says when it is broken: which rule, why, and where, in whichever of the
// schema's texts.

package import GraphQLSyntax
package import GraphQLTypes

/// One breach of one rule.
package struct SchemaError: Error, Sendable, Hashable {
  /// The rule under the name the reference implementation gives it, without the suffix Rule;
  /// `SchemaValidation` for the rules of the type system.
  package var rule: String
  package var message: String
  package var locations: [SchemaLocation]

  package init(rule: String, message: String, locations: [SchemaLocation]) {
    self.rule = rule
    self.message = message
    self.locations = locations
  }
}

/// Every breach of a schema; never empty.
package struct SchemaErrors: Error, Sendable {
  package var errors: [SchemaError]
  /// What the locations' `source` counts in.
  package var sources: [Source]

  package init(_ errors: [SchemaError], sources: [Source]) {
    self.errors = errors
    self.sources = sources
  }
}

/// The most places that one error tells: a name that is repeated as often as the text allows is an
/// error each time, and all places with each would grow with the square.
let placesMax = 100
