// A refusal enters, the response that tells it leaves: status, fields and a GraphQL `errors` list.

internal import JSON
internal import NIOHTTP1

/// The response to a refused request: `{"errors":[{"message","extensions":{"code"}}]}` without a
/// `data` entry (GraphQL, section 7.1). The same shape answers outside of GraphQL too, so that a
/// client needs one way to read errors.
package func writeErrorResponse(
  _ refusal: Refusal, mediaType: ResponseMediaType = .json, privateDetail: String? = nil
) -> HTTPResponse {
  var writer = JSONWriter(capacity: 160)
  writer.raw("{\"errors\":")
  writer.errors(of: refusal)
  writer.raw("}")
  var response = HTTPResponse(
    status: refusal.code.status(for: mediaType), contentType: mediaType.contentType,
    body: .bytes(writer.bytes))
  response.addFields(of: refusal)
  response.code = refusal.code
  response.privateDetail = privateDetail
  return response
}

extension JSONWriter {
  /// The refusal as a list of one GraphQL error.
  mutating func errors(of refusal: Refusal) {
    beginArray()
    beginObject()
    key("message")
    string(refusal.message)
    key("extensions")
    beginObject()
    key("code")
    string(refusal.code.rawValue)
    if let limit = refusal.limit {
      key("limit")
      string(limit.rawValue)
    }
    // A socket has no field to say it in.
    if refusal.code == .rateLimited, let seconds = refusal.retryAfterSeconds {
      key("retryAfter")
      integer(seconds)
    }
    endObject()
    endObject()
    endArray()
  }
}

extension HTTPResponse {
  /// The header fields that a refusal brings along, whoever writes its body.
  package mutating func addFields(of refusal: Refusal) {
    // A refusal holds for this moment and this sender only.
    add("cache-control", "no-store")
    if let seconds = refusal.retryAfterSeconds { add("retry-after", String(seconds)) }
    if let allow = refusal.allow { add("allow", allow) }
    if let challenge = refusal.challenge { add("www-authenticate", challenge.fieldValue) }
  }
}
