// A request for GraphQL enters, its parameters leave as values. Refused here: what is no
// well-formed GraphQL-over-HTTP request (media type, JSON, each parameter's type, batches), and a
// GET that a browser would send for any page. The document itself is not looked at.

package import JSON
internal import NIOCore
internal import NIOHTTP1

/// The parameters of one request (GraphQL over HTTP, section 5.1).
package struct GraphQLRequest: Sendable {
  /// The document, unread; empty where the request only names one.
  package var query: String
  /// The document by its name, instead of its text or beside it.
  package var reference: DocumentReference?
  /// Whether the request holds the document's text.
  package var hasText: Bool
  /// The hash to keep the document under once it is found valid.
  package var isKeptUnder: String?
  package var operationName: String?
  /// `.object`, or `.null` where there are none.
  package var variables: JSONValue
  /// `.object`, or `.null` where there are none.
  package var extensions: JSONValue
  /// False under GET and HEAD: a mutation is then refused with `Refusal.mutationByGET`.
  package var allowsMutation: Bool

  package init(
    query: String, operationName: String? = nil, variables: JSONValue = .null,
    extensions: JSONValue = .null, allowsMutation: Bool = true
  ) {
    self.query = query
    hasText = true
    self.operationName = operationName
    self.variables = variables
    self.extensions = extensions
    self.allowsMutation = allowsMutation
  }
}

/// The media type to answer with, asked for before anything else, because refusals need it too.
package func negotiateMediaType(
  for request: HTTPRequest
) throws(GraphQLHTTPError) -> ResponseMediaType {
  guard let mediaType = negotiateMediaType(accept: request.headers["accept"]) else {
    throw .notAcceptable
  }
  return mediaType
}

/// Reads the parameters of a POST with a JSON body, or of a GET with a query string.
package func decodeGraphQLRequest(
  _ request: HTTPRequest, limits: Limits
) throws(GraphQLHTTPError) -> GraphQLRequest {
  switch request.method {
  case .POST: return try decodePOST(request, limits: limits)
  case .GET, .HEAD:
    guard isPreflighted(request.headers) else { throw .preflightRequired }
    return try decodeGET(request.queryString ?? "", limits: limits)
  default: throw .methodNotAllowed
  }
}

// MARK: POST

private func decodePOST(
  _ request: HTTPRequest, limits: Limits
) throws(GraphQLHTTPError) -> GraphQLRequest {
  let members = try bodyObject(request, limits: limits)
  let decoded = try decodeParameters(members)
  try checkVariables(decoded, bodyBytes: request.body.readableBytes, limits: limits)
  return decoded
}

/// The members of a body that is one object of JSON, for endpoints outside of GraphQL.
package func decodeJSONObject(
  _ request: HTTPRequest, limits: Limits
) throws(Refusal) -> [JSONMember] {
  do throws(GraphQLHTTPError) {
    return try bodyObject(request, limits: limits)
  } catch {
    throw error.refusal
  }
}

private func bodyObject(
  _ request: HTTPRequest, limits: Limits
) throws(GraphQLHTTPError) -> [JSONMember] {
  try checkContentType(request.headers)
  guard request.body.readableBytes > 0 else { throw .bodyMissing }
  let jsonLimits = JSONLimits(
    depthMax: limits.jsonDepthMax, bytesMax: limits.bodyBytesMax, valuesMax: limits.jsonValuesMax)
  let body: JSONValue
  do {
    body = try request.body.withUnsafeReadableBytes { bytes in
      try parseJSON(bytes.bindMemory(to: UInt8.self), limits: jsonLimits)
    }
  } catch let error as JSONError {
    throw refusedJSON(error) { .bodyNotJSON($0) }
  } catch {
    // The closure above throws nothing else; NIO's signature cannot say so.
    throw .bodyNotObject
  }
  switch body {
  case .object(let members): return members
  case .array: throw .batch
  case .null, .bool, .number, .string: throw .bodyNotObject
  }
}

/// A body in JSON, in UTF-8, as it is (RFC 8259, section 8.1).
private func checkContentType(_ headers: HTTPHeaders) throws(GraphQLHTTPError) {
  let types = headers["content-type"]
  guard let type = types.first else { throw .contentTypeMissing }
  guard types.count == 1 else { throw .contentTypeUnsupported }
  switch readContentType(type) {
  case .json: break
  case .unsupported: throw .contentTypeUnsupported
  case .otherCharset: throw .charsetUnsupported
  }
  if let encoding = headers.first(name: "content-encoding"),
    !equalsIgnoringCase(encoding, "identity")
  {
    throw .contentEncodingUnsupported
  }
}

/// Members beside the four parameters are passed over: they are reserved for later (section 5.1).
func decodeParameters(_ members: [JSONMember]) throws(GraphQLHTTPError) -> GraphQLRequest {
  var request = GraphQLRequest(query: "")
  request.hasText = false
  var documentID: String?
  for member in members {
    switch member.name {
    case "query":
      switch member.value {
      case .string(let text):
        request.query = text
        request.hasText = true
      case .null: break
      case .bool, .number, .array, .object: throw .wrongType(.query, expected: "a string")
      }
    case "operationName":
      switch member.value {
      case .string(let text): request.operationName = text
      case .null: break
      case .bool, .number, .array, .object: throw .wrongType(.operationName, expected: "a string")
      }
    case "documentId":
      switch member.value {
      case .string(let text): documentID = text
      case .null: break
      case .bool, .number, .array, .object: throw .wrongType(.documentId, expected: "a string")
      }
    case "variables": request.variables = try object(.variables, member.value)
    case "extensions": request.extensions = try object(.extensions, member.value)
    default: continue
    }
  }
  try request.readReference(documentID: documentID)
  return request
}

/// A body within the limit of variables cannot hold more of them; a longer one is measured.
func checkVariables(
  _ request: GraphQLRequest, bodyBytes: Int, limits: Limits
) throws(GraphQLHTTPError) {
  guard bodyBytes > limits.variablesBytesMax, !request.variables.isNull else { return }
  var writer = JSONWriter()
  writer.value(request.variables)
  if writer.count > limits.variablesBytesMax { throw .limitExceeded(.variablesBytesMax) }
}

/// A JSON object without NUL, which PostgreSQL's text cannot hold, or null.
private func object(
  _ parameter: GraphQLHTTPError.Parameter, _ value: JSONValue
) throws(GraphQLHTTPError) -> JSONValue {
  switch value {
  case .null: return .null
  case .object:
    if let path = value.pathOfNUL { throw .nul(parameter, path: path) }
    return value
  case .bool, .number, .string, .array: throw .wrongType(parameter, expected: "a JSON object")
  }
}

// MARK: GET

private func decodeGET(
  _ queryString: String, limits: Limits
) throws(GraphQLHTTPError) -> GraphQLRequest {
  guard let pairs = decodeQueryString(queryString) else { throw .invalidPercentEncoding }
  var seen: Set<String> = []
  var request = GraphQLRequest(query: "", allowsMutation: false)
  var documentID: String?
  for (name, value) in pairs {
    guard let parameter = GraphQLHTTPError.Parameter(rawValue: name) else { continue }
    guard seen.insert(name).inserted else { throw .repeated(parameter) }
    switch parameter {
    case .query: request.query = value
    // An empty name is no name (section 5.2).
    case .operationName: request.operationName = value.isEmpty ? nil : value
    case .documentId: documentID = value.isEmpty ? nil : value
    case .variables:
      guard value.utf8.count <= limits.variablesBytesMax else {
        throw .limitExceeded(.variablesBytesMax)
      }
      request.variables = try jsonObject(parameter, value, limits: limits)
    case .extensions: request.extensions = try jsonObject(parameter, value, limits: limits)
    }
  }
  request.hasText = seen.contains("query")
  try request.readReference(documentID: documentID)
  return request
}

private func jsonObject(
  _ parameter: GraphQLHTTPError.Parameter, _ text: String, limits: Limits
) throws(GraphQLHTTPError) -> JSONValue {
  let jsonLimits = JSONLimits(
    depthMax: limits.jsonDepthMax, bytesMax: limits.bodyBytesMax, valuesMax: limits.jsonValuesMax)
  let value: JSONValue
  do {
    value = try parseJSON(Array(text.utf8), limits: jsonLimits)
  } catch {
    throw refusedJSON(error) { .notJSON(parameter, $0) }
  }
  return try object(parameter, value)
}

/// A limit that JSON passed is named as a limit; anything else is what the caller says it is.
private func refusedJSON(
  _ error: JSONError, _ other: (JSONError) -> GraphQLHTTPError
) -> GraphQLHTTPError {
  switch error.reason {
  case .tooDeep: .limitExceeded(.jsonDepthMax)
  case .tooManyValues: .limitExceeded(.jsonValuesMax)
  case .tooLong: .limitExceeded(.bodyBytesMax)
  case .unexpectedEnd, .unexpectedByte, .trailingBytes, .invalidNumber, .invalidEscape,
    .controlCharacter, .loneSurrogate, .invalidUTF8, .duplicateMember:
    other(error)
  }
}
