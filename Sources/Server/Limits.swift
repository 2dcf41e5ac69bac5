// Every limit of the server, in one value that the configuration may change. What breaks one of
// them is refused by whoever reads the field, with the field's name in `extensions.limit`.

/// Bytes, counts and seconds that the server grants. Seconds are fractions, so that a test may
/// shrink them; every field stands on by default.
package struct Limits: Sendable, Hashable {
  // MARK: Connections (enforced by HTTPServer)

  /// Connections open at once; one more is answered 503 and closed.
  package var connectionsMax = 1024
  /// Connections that the kernel holds before they are accepted (listen(2)).
  package var acceptBacklogMax = 1024
  /// Complete requests of one connection, the one in flight included; the connection is closed
  /// after the last of them, and its client asks again for the rest (RFC 9112, section 9.3.2).
  package var pipelinedRequestsMax = 64

  // MARK: One request (enforced by HTTPServer)

  /// Request line and header fields together.
  package var headerBytesMax = 16 * 1024
  /// Header fields, trailers included.
  package var headerFieldsMax = 100
  /// A body, counted while it arrives; a route may set its own.
  package var bodyBytesMax = 1 << 20
  /// From a request's first byte to its last; 408 afterwards.
  package var readTimeoutSeconds = 15.0
  /// Between two requests of a connection; closed in silence afterwards.
  package var idleTimeoutSeconds = 60.0
  /// From a complete request to its response; 503 TIMED_OUT afterwards.
  package var requestTimeoutSeconds = 30.0
  /// For a client to take a response that the socket's buffer did not hold.
  package var writeTimeoutSeconds = 30.0
  /// For a client to stop sending after it was refused, so that the refusal reaches it.
  package var lingerTimeoutSeconds = 2.0
  /// What a refused client may still send while that time runs.
  package var lingerBytesMax = 4 << 20
  /// For requests in flight when the server stops; closed afterwards.
  package var drainTimeoutSeconds = 20.0

  // MARK: GraphQL documents (enforced by the query pipeline)

  /// Lexical tokens of a document.
  package var tokensMax = 10_000
  /// Nesting of selection sets, values and types while parsing; bounds the parser's recursion.
  package var parserDepthMax = 128
  /// Nesting of fields after fragments are spread.
  package var selectionDepthMax = 15
  /// The same, for introspection, whose queries follow `ofType` far down.
  package var introspectionDepthMax = 20
  /// Fields with an alias.
  package var aliasesMax = 100
  /// Directives applied anywhere in a document.
  package var directivesMax = 100
  /// Fields at the root of an operation after fragments are spread.
  package var rootFieldsMax = 20
  /// Sum of all fields after fragments are spread, each multiplied by `listSizeExpected` for every
  /// list that it stands in.
  package var complexityMax = 10_000
  /// What a list is taken to hold where the complexity of an operation is counted.
  package var listSizeExpected = 10
  /// Errors of validation that are reported; the rest is cut off.
  package var validationErrorsMax = 100

  // MARK: GraphQL variables (enforced by decodeGraphQLRequest)

  /// Nesting of arrays and objects in a JSON body.
  package var jsonDepthMax = 64
  /// Values of every kind in a JSON body.
  package var jsonValuesMax = 50_000

  // MARK: Plans and answers (enforced by the query pipeline)

  /// Valid operations kept with their plans.
  package var planCacheEntriesMax = 1_000
  /// What those operations' documents and plans take, on each event loop.
  package var planCacheBytesMax = 16 << 20
  /// For the statements of one request, ended by PostgreSQL itself.
  package var executionTimeoutSeconds = 5.0
  /// One answer.
  package var responseBytesMax = 8 << 20

  // MARK: Streams (enforced by EventStream and SocketConnection)

  /// From an upgrade to `connection_init`; the socket is closed with 4408 afterwards.
  package var socketInitTimeoutSeconds = 3.0
  /// One message of a socket, all of its frames together; closed with 1009 beyond.
  package var socketMessageBytesMax = 1 << 20
  /// Frames of one message; closed with 1008 beyond.
  package var socketFramesMax = 64
  /// Operations of one socket at once; one more is refused alone.
  package var socketOperationsMax = 100
  /// Between two signs of life on a stream; a socket whose client answers none of them is closed.
  package var streamPingSeconds = 12.0
  /// Between two looks at whether the session of a stream still lives.
  package var sessionCheckSeconds = 5.0

  package init() {}
}

/// The limits that an answer may name in `extensions.limit`: the fields' own names.
package enum LimitName: String, CaseIterable, Sendable {
  case connectionsMax, pipelinedRequestsMax
  case headerBytesMax, headerFieldsMax, bodyBytesMax
  case readTimeoutSeconds, requestTimeoutSeconds
  case tokensMax, parserDepthMax, selectionDepthMax, introspectionDepthMax
  case aliasesMax, directivesMax, rootFieldsMax, complexityMax, validationErrorsMax
  case jsonDepthMax, jsonValuesMax
  case executionTimeoutSeconds, responseBytesMax, socketOperationsMax
}
