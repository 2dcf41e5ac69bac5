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
  }

  var code: ErrorCode
  var items: [Item]

  func response(_ mediaType: ResponseMediaType) -> HTTPResponse {
    var json = JSONWriter(capacity: 256)
    json.raw("{\"errors\":[")
    for item in items {
      json.beginObject()
      json.key("message")
      json.string(item.message)
      if !item.locations.isEmpty {
        json.key("locations")
        json.locations(item.locations)
      }
      json.key("extensions")
      json.beginObject()
      json.key("code")
      json.string(code.rawValue)
      if let rule = item.rule {
        json.key("rule")
        json.string(rule)
      }
      if let limit = item.limit {
        json.key("limit")
        json.string(limit.rawValue)
      }
      json.endObject()
      json.endObject()
    }
    json.raw("]}")
    var response = HTTPResponse(
      status: code.status(for: mediaType), contentType: mediaType.contentType,
      body: .bytes(json.bytes))
    response.add("cache-control", "no-store")
    response.code = code
    return response
  }
}

extension JSONWriter {
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
