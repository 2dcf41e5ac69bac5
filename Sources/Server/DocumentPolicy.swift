// What an operator decided about documents: which of them are run, and what answers tell of the
// schema.

/// The switches of documents; everything is on, and every document welcome, unless configured.
package struct DocumentPolicy: Sendable {
  /// False refuses `__schema` and `__type`; `__typename` is answered all the same.
  package var allowsIntrospection = true
  /// False leaves "Did you mean ..?" out of messages, which would tell names of the schema.
  package var suggestsNames = true
  /// False refuses to keep queries by their hash.
  package var keepsPersistedQueries = true
  /// The only documents that are run; nil runs any.
  package var trusted: TrustedDocuments?

  package init() {}
}
