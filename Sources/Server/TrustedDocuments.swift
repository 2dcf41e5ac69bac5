// A manifest of documents comes in, the only documents that the server then runs leave, with those
// of its own pages. Refused here: a manifest that is none, and every request for another document.

package import JSON

/// The documents of a manifest, by their names and by the hashes of their texts.
package struct TrustedDocuments: Sendable {
  /// One document of the manifest.
  package struct Entry: Sendable, Hashable {
    package let id: String
    package let text: String
    /// The operation that the manifest names, where its format does.
    package let operationName: String?
  }

  package let entries: [Entry]
  private var textsByID: [String: String] = [:]
  /// By hash, because strings compare by canonical equivalence and texts must not.
  private var textsByHash: [String: String] = [:]

  private init(_ entries: [Entry]) throws(TrustedDocumentsError) {
    guard !entries.isEmpty else { throw .empty }
    self.entries = entries
    for entry in entries {
      guard textsByID.updateValue(entry.text, forKey: entry.id) == nil else {
        throw .idTwice(entry.id)
      }
      textsByHash[sha256Hexadecimal(entry.text)] = entry.text
    }
  }

  /// The same, and documents of the server's own besides, known by their texts alone: no name of a
  /// manifest is taken from it.
  package func adding(_ texts: [String]) -> TrustedDocuments {
    var all = self
    for text in texts { all.textsByHash[sha256Hexadecimal(text)] = text }
    return all
  }

  /// The text that a request names or holds.
  func resolve(_ request: inout GraphQLRequest) throws(RequestError) {
    var named: String?
    if let reference = request.reference {
      named = text(reference)
      if named == nil { throw .refused(.persistedQueryNotFound) }
    }
    if request.hasText {
      let hash = sha256Hexadecimal(request.query)
      guard textsByHash[hash] != nil else { throw .refused(.documentNotTrusted) }
      if let named, sha256Hexadecimal(named) != hash {
        throw .refused(.persistedQueryHashMismatch)
      }
    } else if let named {
      request.query = named
    }
  }

  private func text(_ reference: DocumentReference) -> String? {
    switch reference {
    // Clients send what the manifest calls it as the hash, even where it is none.
    case .sha256(let hash): textsByID[hash] ?? textsByHash[hash] ?? textsByID["sha256:" + hash]
    case .id(let id): textsByID[id]
    }
  }
}

// MARK: Manifests

extension TrustedDocuments {
  /// Reads a manifest: Apollo's (`"format": "apollo-persisted-query-manifest"`), or an object of
  /// texts by their names as Relay's compiler and GraphQL Code Generator write them.
  package init(manifest: [UInt8], limits: Limits) throws(TrustedDocumentsError) {
    let value: JSONValue
    do {
      value = try parseJSON(
        manifest,
        limits: JSONLimits(
          depthMax: limits.jsonDepthMax, bytesMax: limits.trustedDocumentsBytesMax,
          valuesMax: .max))
    } catch {
      throw .notJSON(error)
    }
    guard case .object(let members) = value else { throw .notAnObject }
    if let format = value["format"]?.stringValue, let operations = value["operations"] {
      try self.init(apolloFormat: format, version: value["version"], operations)
    } else {
      try self.init(texts: members)
    }
  }

  private init(
    apolloFormat format: String, version: JSONValue?, _ operations: JSONValue
  ) throws(TrustedDocumentsError) {
    guard format == "apollo-persisted-query-manifest", version?.intValue == 1,
      case .array(let elements) = operations
    else { throw .unknownFormat }
    var entries: [Entry] = []
    for (index, element) in elements.enumerated() {
      guard let id = element["id"]?.stringValue, let text = element["body"]?.stringValue else {
        throw .operationIncomplete(index)
      }
      entries.append(Entry(id: id, text: text, operationName: element["name"]?.stringValue))
    }
    try self.init(entries)
  }

  private init(texts members: [JSONMember]) throws(TrustedDocumentsError) {
    var entries: [Entry] = []
    for member in members {
      guard case .string(let text) = member.value else { throw .notAText(member.name) }
      entries.append(Entry(id: member.name, text: text, operationName: nil))
    }
    try self.init(entries)
  }
}

/// Why a manifest is none.
package enum TrustedDocumentsError: Error, Hashable, CustomStringConvertible {
  case notJSON(JSONError)
  case notAnObject
  case unknownFormat
  case empty
  case operationIncomplete(Int)
  case notAText(String)
  case idTwice(String)
  /// Documents that would not be run, each with its name, its place and what is wrong.
  case invalid([String])

  package var description: String {
    switch self {
    case .notJSON(let error): "is no JSON: \(error.description)"
    case .notAnObject: "is no JSON object"
    case .unknownFormat: "is no apollo-persisted-query-manifest of version 1"
    case .empty: "holds no document"
    case .operationIncomplete(let index): "has no id and body in operations[\(index)]"
    case .notAText(let name): "has something else than a text under \"\(name)\""
    case .idTwice(let id): "names two documents \"\(id)\""
    case .invalid(let lines):
      "holds documents that cannot be run:\n  " + lines.joined(separator: "\n  ")
    }
  }
}

extension Refusal {
  static let documentNotTrusted = Refusal(
    .documentNotTrusted, "Only the documents of this server's manifest are run.")
}
