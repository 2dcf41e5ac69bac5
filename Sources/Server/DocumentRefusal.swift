// A document that cannot be executed, or a request that cannot: everything that is wrong with it,
// with its places, written as a GraphQL error response without `data`.
// Source: GraphQL specification, September 2025, section 7.1 (request error result).

import GraphQLSyntax
import JSON

/// Why a request ends before its operation is executed.
enum RequestError: Error {
  case refused(Refusal)
  case document(DocumentRefusal)
}

/// Everything that is wrong with one document or its variables.
struct DocumentRefusal {
  struct Item {
    var message: String
    var locations: [SourceLocation] = []
    /// The rule of the specification that was broken.
    var rule: String?
    var limit: LimitName?
    /// Its own, where it is not the whole refusal's.
    var code: ErrorCode?
  }

  var code: ErrorCode
  var items: [Item]

  func response(_ mediaType: ResponseMediaType) -> HTTPResponse {
    var json = JSONWriter(capacity: 256)
    json.raw("{\"errors\":")
    json.errors(of: self)
    json.raw("}")
    var response = HTTPResponse(
      status: code.status(for: mediaType), contentType: mediaType.contentType,
      body: .bytes(json.bytes))
    response.add("cache-control", "no-store")
    response.code = code
    return response
  }
}

extension JSONWriter {
  /// The errors of what ends a request before its operation is executed, as a list.
  mutating func errors(of error: RequestError) {
    switch error {
    case .refused(let refusal): errors(of: refusal)
    case .document(let refusal): errors(of: refusal)
    }
  }

  /// A document's errors as a list.
  mutating func errors(of refusal: DocumentRefusal) {
    beginArray()
    for item in refusal.items {
      beginObject()
      key("message")
      string(item.message)
      if !item.locations.isEmpty {
        key("locations")
        locations(item.locations)
      }
      key("extensions")
      beginObject()
      key("code")
      string((item.code ?? refusal.code).rawValue)
      if let rule = item.rule {
        key("rule")
        string(rule)
      }
      if let limit = item.limit {
        key("limit")
        string(limit.rawValue)
      }
      endObject()
      endObject()
    }
    endArray()
  }

  fileprivate mutating func locations(_ locations: [SourceLocation]) {
    beginArray()
    for location in locations {
      beginObject()
      key("line")
      integer(location.line)
      key("column")
      integer(location.column)
      endObject()
    }
    endArray()
  }
}
