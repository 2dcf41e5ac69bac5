// The text of a socket's message enters, what the client says leaves, and what the server says is
// written. Refused here: JSON that is none, and messages that the protocol does not have.
// Source: GraphQL over WebSocket, `graphql-transport-ws`.

internal import JSON

/// What a client says.
enum ClientMessage {
  case connectionInit(payload: JSONValue)
  case ping(payload: JSONValue)
  case pong
  case subscribe(id: String, GraphQLRequest)
  /// A message of the protocol's form whose operation cannot be run: its error, not the socket's.
  case subscribeRefused(id: String, Refusal)
  case complete(id: String)
}

/// Why a text is no message.
enum ClientMessageError: Error {
  case notUTF8
  /// In a few words, for the reason of the socket's closing.
  case invalid(String)
}

/// Reads a message.
func decodeClientMessage(
  _ text: UnsafeBufferPointer<UInt8>, limits: Limits
) throws(ClientMessageError) -> ClientMessage {
  let value: JSONValue
  do {
    value = try parseJSON(
      text,
      limits: JSONLimits(
        depthMax: limits.jsonDepthMax, bytesMax: limits.socketMessageBytesMax,
        valuesMax: limits.jsonValuesMax))
  } catch {
    // The reader stops at what comes first (RFC 6455, section 8.1: the whole text is UTF-8).
    if String(validating: text, as: UTF8.self) == nil { throw .notUTF8 }
    throw .invalid("The message is no JSON")
  }
  guard case .object = value else { throw .invalid("The message is no JSON object") }
  guard case .string(let type)? = value["type"] else {
    throw .invalid("The message has no type")
  }
  switch type {
  case "connection_init": return .connectionInit(payload: try payload(of: value))
  case "ping": return .ping(payload: try payload(of: value))
  case "pong":
    _ = try payload(of: value)
    return .pong
  case "subscribe":
    guard case .object(let members)? = value["payload"] else {
      throw .invalid("The payload of subscribe is no object")
    }
    let id = try id(of: value)
    do throws(GraphQLHTTPError) {
      return .subscribe(id: id, try decodeParameters(members))
    } catch {
      if error.breaksForm { throw .invalid(error.refusal.message) }
      return .subscribeRefused(id: id, error.refusal)
    }
  case "complete": return .complete(id: try id(of: value))
  case _: throw .invalid("The message has an unknown type")
  }
}

extension GraphQLHTTPError {
  /// Whether a message has not the form that the protocol specifies (`query: string`, ..), which
  /// closes the socket with 4400. What the members hold is the operation's own affair ("Error").
  fileprivate var breaksForm: Bool {
    switch self {
    case .queryMissing, .wrongType: true
    case .nul, .persistedQueryMalformed, .persistedQueryVersion, .documentNamedTwice,
      .limitExceeded, .notAcceptable, .preflightRequired, .contentTypeMissing,
      .contentTypeUnsupported, .charsetUnsupported, .contentEncodingUnsupported,
      .methodNotAllowed, .bodyMissing, .bodyNotJSON, .bodyNotObject, .batch,
      .invalidPercentEncoding, .repeated, .notJSON:
      false
    }
  }
}

/// An object; null stands for none.
private func payload(of message: JSONValue) throws(ClientMessageError) -> JSONValue {
  switch message["payload"] {
  case nil, .null: return .null
  case .object(let members): return .object(members)
  case .bool, .number, .string, .array: throw .invalid("The payload is no object")
  }
}

private func id(of message: JSONValue) throws(ClientMessageError) -> String {
  guard case .string(let id)? = message["id"], !id.isEmpty else {
    throw .invalid("The message has no id")
  }
  return id
}

/// What the server says.
enum ServerMessage {
  case connectionAck
  case pong(payload: JSONValue)
  /// - Parameter response: a whole GraphQL response, in JSON.
  case next(id: String, response: [UInt8])
  case error(id: String, RequestError)
  case complete(id: String)

  var json: [UInt8] {
    var json = JSONWriter(capacity: 64)
    switch self {
    case .connectionAck: json.raw("{\"type\":\"connection_ack\"}")
    case .pong(let payload):
      json.raw("{\"type\":\"pong\"")
      if !payload.isNull {
        json.key("payload")
        json.value(payload)
      }
      json.endObject()
    case .next(let id, let response):
      json.raw("{\"type\":\"next\",\"id\":")
      json.string(id)
      json.raw(",\"payload\":")
      json.raw(response)
      json.endObject()
    case .error(let id, let error):
      json.raw("{\"type\":\"error\",\"id\":")
      json.string(id)
      json.raw(",\"payload\":")
      json.errors(of: error)
      json.endObject()
    case .complete(let id):
      json.raw("{\"type\":\"complete\",\"id\":")
      json.string(id)
      json.endObject()
    }
    return json.bytes
  }
}
