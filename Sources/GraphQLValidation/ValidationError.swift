// What a validation rule says when it is broken: which rule, why, and where.

package import GraphQLSyntax

/// One breach of one rule.
package struct ValidationError: Error, Sendable, Hashable {
  /// The rule under the name the reference implementation gives it, without the suffix Rule, such
  /// as `KnownTypeNames`.
  package var rule: String
  package var message: String
  /// Ranges of the validated document's source; the start of each is the location to report.
  package var locations: [SourceRange]
  /// Set where a limit was passed, which is no rule of the specification.
  package var limit: ValidationLimitName?

  package init(
    rule: String, message: String, locations: [SourceRange], limit: ValidationLimitName? = nil
  ) {
    self.rule = rule
    self.message = message
    self.locations = locations
    self.limit = limit
  }
}

/// The limits of a validation that a document may pass: the fields of `ValidationLimits`.
package enum ValidationLimitName: String, Sendable, Hashable {
  case errorsMax, stepsMax, introspectionDepthMax
}

/// Every breach of a document, in the order in which the walk met them; never empty.
package struct ValidationErrors: Error, Sendable, Hashable {
  package var errors: [ValidationError]

  package init(_ errors: [ValidationError]) {
    self.errors = errors
  }
}
