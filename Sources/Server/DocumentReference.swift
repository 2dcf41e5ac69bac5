// The ways in which a request names its document instead of holding it: Apollo's `persistedQuery`
// extension and the `documentId` of GraphQL over HTTP's appendix on persisted documents. Refused
// here: what has neither text nor name, and what names its document twice.

import JSON

/// A document by its name.
package enum DocumentReference: Sendable, Hashable {
  /// The SHA-256 of its text, in lower-case hexadecimal; not looked at yet.
  case sha256(String)
  /// What a manifest calls it.
  case id(String)

  /// Reads a document identifier: `sha256:` and the digits, or a name of the operator's.
  init(documentID: String) {
    let prefix = "sha256:"
    self =
      documentID.hasPrefix(prefix)
      ? .sha256(String(documentID.dropFirst(prefix.count))) : .id(documentID)
  }
}

extension GraphQLRequest {
  /// Finds the name among the parameters that were read.
  mutating func readReference(documentID: String?) throws(GraphQLHTTPError) {
    // Most requests end here.
    if documentID == nil, extensions.isNull {
      guard hasText else { throw .queryMissing }
      return
    }
    let hash = try persistedQueryHash()
    if documentID != nil, hash != nil { throw .documentNamedTwice }
    reference = documentID.map(DocumentReference.init(documentID:)) ?? hash.map { .sha256($0) }
    guard hasText || reference != nil else { throw .queryMissing }
  }

  /// `extensions.persistedQuery.sha256Hash`; nil where there is no such extension.
  private func persistedQueryHash() throws(GraphQLHTTPError) -> String? {
    guard let value = extensions["persistedQuery"], !value.isNull else { return nil }
    guard case .object = value, let version = value["version"]?.intValue,
      let hash = value["sha256Hash"]?.stringValue
    else { throw .persistedQueryMalformed }
    guard version == 1 else { throw .persistedQueryVersion }
    return hash
  }
}
