// What coercion says of a value that does not fit its type.

package import GraphQLSyntax

/// A value that cannot be coerced, in the words of the reference implementation.
package struct CoercionError: Error, Sendable, Hashable {
  package var message: String
  /// Where the variable is defined or the argument's value stands; nil where nothing is written.
  package var range: SourceRange?

  package init(message: String, range: SourceRange? = nil) {
    self.message = message
    self.range = range
  }
}

/// Every value of a request that cannot be coerced; never empty.
package struct CoercionErrors: Error, Sendable, Hashable {
  package var errors: [CoercionError]

  package init(_ errors: [CoercionError]) {
    self.errors = errors
  }
}
