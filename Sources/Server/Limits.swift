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
  /// From a complete request to its response, or until a subscription is open; TIMED_OUT
  /// afterwards, 503 over HTTP.
  package var requestTimeoutSeconds = 30.0
  /// For a client to take a response, or what its stream says, that the socket's buffer did not
  /// hold.
  package var writeTimeoutSeconds = 30.0
  /// For a client to stop sending after it was refused, or to close its side of a socket that was
  /// closed, so that the refusal or the reason reaches it.
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
  /// What a list is taken to hold where the complexity of an operation is counted, and its field
  /// takes no `first` or `last`.
  package var listSizeExpected = 10
  /// The same where a variable gives `first` or `last`, whose value the plan does not know.
  package var listSizeOfVariable = 100
  /// Errors of validation, or of the variables, that are told; a last one says that more was cut
  /// off.
  package var validationErrorsMax = 100
  /// Steps of validation spent on what a document multiplies by overlapping fields and fragments.
  package var validationStepsMax = 200_000
  /// Lists within lists (`fields`, `interfaces`, ..) that an introspection query may ask for.
  package var introspectionListsMax = 2
  /// For parsing, validating and planning one document, looked at between the stages. Each stage
  /// is bounded by counts of its own, so that what passes this ends at most one stage later.
  package var planTimeoutSeconds = 1.0

  // MARK: GraphQL variables (enforced by decodeGraphQLRequest)

  /// Nesting of arrays and objects in a JSON body.
  package var jsonDepthMax = 64
  /// Values of every kind in a JSON body.
  package var jsonValuesMax = 50_000
  /// The variables of a request: as JSON without white space, or as a query string holds them.
  package var variablesBytesMax = 256 * 1024

  // MARK: Documents that are asked for by name (enforced by PersistedQueries, TrustedDocuments)

  /// Automatically persisted queries that all event loops keep together.
  package var persistedQueriesMax = 1_000
  /// What their texts take.
  package var persistedQueriesBytesMax = 4 << 20
  /// A manifest of trusted documents.
  package var trustedDocumentsBytesMax = 64 << 20

  // MARK: Plans and answers (enforced by the query pipeline)

  /// Valid operations kept with their plans.
  package var planCacheEntriesMax = 1_000
  /// What those operations' documents and plans take, on each event loop.
  package var planCacheBytesMax = 16 << 20
  /// For each statement of a request, ended by PostgreSQL itself.
  package var executionTimeoutSeconds = 5.0
  /// One answer.
  package var responseBytesMax = 8 << 20
  /// The answer to one field of a mutation that came with an Idempotency-Key, as it is kept.
  package var keptAnswerBytesMax = 256 * 1024

  // MARK: Uploads (enforced by the routes that take them)

  /// A photo of a profile or the logo of a company, as it is sent.
  package var photoBytesMax = 5 << 20
  /// From its request's head to its last byte, over a slow network too; 408 afterwards.
  package var photoTimeoutSeconds = 60.0
  /// Pixels of its longer side.
  package var photoSideMax = 10_000
  /// Its pixels: what whoever shows it must decode.
  package var photoPixelsMax = 50_000_000

  // MARK: Sessions (enforced by SeenTimes)

  /// Between two writings of when sessions were last used.
  package var seenSessionsSeconds = 60.0
  /// Sessions that are written down at once, on each event loop; what comes beyond them is noted
  /// the next time.
  package var seenSessionsMax = 20_000

  // MARK: Partners' tokens (enforced by PartnerTokens)

  /// Requests of one token within `partnerWindowSeconds`, at each server; 429 beyond.
  package var partnerRequestsMax = 600
  /// From the first request that is counted to the end of its count.
  package var partnerWindowSeconds = 60.0
  /// Tokens that are known without asking the database first, and counted, at once.
  package var partnerTokensMax = 50_000

  // MARK: Streams (enforced by EventStream and SocketConnection)

  /// From an upgrade to `connection_init`; the socket is closed with 4408 afterwards.
  package var socketInitTimeoutSeconds = 3.0
  /// One message of a socket, all of its frames together; closed with 1009 beyond.
  package var socketMessageBytesMax = 1 << 20
  /// Frames of one message; closed with 1008 beyond.
  package var socketFramesMax = 64
  /// Operations of one socket at once, those included that it stopped and whose work goes on; one
  /// more is refused alone.
  package var socketOperationsMax = 100
  /// Between two signs of life on a stream; a socket whose client answers none of them is closed.
  package var streamPingSeconds = 12.0
  /// Between two looks at whether the session of a stream still lives.
  package var sessionCheckSeconds = 5.0

  package init() {}
}

/// The limits that an answer may name in `extensions.limit`: the fields' own names.
package enum LimitName: String, CaseIterable, Sendable {
  case connectionsMax
  case headerBytesMax, headerFieldsMax
  case bodyBytesMax
  case readTimeoutSeconds, requestTimeoutSeconds
  case tokensMax, parserDepthMax, selectionDepthMax, introspectionDepthMax, introspectionListsMax
  case aliasesMax, directivesMax, rootFieldsMax, complexityMax
  case validationErrorsMax, validationStepsMax, planTimeoutSeconds
  case jsonDepthMax, jsonValuesMax, variablesBytesMax
  case executionTimeoutSeconds, responseBytesMax, socketOperationsMax
  case keptAnswerBytesMax
  case partnerRequestsMax
  case photoBytesMax, photoTimeoutSeconds, photoSideMax, photoPixelsMax
}
