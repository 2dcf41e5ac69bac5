// The limits as an operator sets them: each field of `Limits` with its variable of the environment,
// what it may be, and what it is for. The command line's help and its reader use the same table.

/// One field of `Limits` that the configuration may change.
package struct LimitSetting: Sendable {
  package enum Field: Sendable {
    case count(any WritableKeyPath<Limits, Int> & Sendable, ClosedRange<Int>)
    case seconds(any WritableKeyPath<Limits, Double> & Sendable)
  }

  /// The field's name, as `extensions.limit` says it.
  package let name: String
  package let field: Field
  /// A few words for the help.
  package let meaning: String

  /// Such as `ALIASES_MAX`.
  package var variable: String {
    var variable = ""
    for character in name {
      if character.isUppercase { variable.append("_") }
      variable += character.uppercased()
    }
    return variable
  }

  /// As it stands without a setting.
  package var standard: String {
    switch field {
    case .count(let path, _): "\(Limits()[keyPath: path])"
    case .seconds(let path): "\(Limits()[keyPath: path])"
    }
  }
}

extension LimitSetting {
  private static func count(
    _ name: String, _ path: any WritableKeyPath<Limits, Int> & Sendable, _ meaning: String,
    in range: ClosedRange<Int> = 1...1_000_000_000
  ) -> LimitSetting {
    LimitSetting(name: name, field: .count(path, range), meaning: meaning)
  }

  private static func seconds(
    _ name: String, _ path: any WritableKeyPath<Limits, Double> & Sendable, _ meaning: String
  ) -> LimitSetting {
    LimitSetting(name: name, field: .seconds(path), meaning: meaning)
  }

  /// Every field of `Limits`, once; a test holds it to that.
  package static let all: [LimitSetting] =
    connections + requests + documents + answers + partners + uploads + streams

  private static let connections = [
    count("connectionsMax", \.connectionsMax, "connections open at once", in: 1...1_000_000),
    count("acceptBacklogMax", \.acceptBacklogMax, "connections not yet accepted", in: 1...65_535),
    count("pipelinedRequestsMax", \.pipelinedRequestsMax, "requests of one connection in flight"),
  ]

  private static let requests = [
    count(
      "headerBytesMax", \.headerBytesMax, "request line and header fields",
      in: 1024...(1 << 20)),
    count("headerFieldsMax", \.headerFieldsMax, "header fields", in: 8...10_000),
    count("bodyBytesMax", \.bodyBytesMax, "one request's body", in: 1...(1 << 30)),
    seconds("readTimeoutSeconds", \.readTimeoutSeconds, "for a request to arrive"),
    seconds("idleTimeoutSeconds", \.idleTimeoutSeconds, "between two requests"),
    seconds("requestTimeoutSeconds", \.requestTimeoutSeconds, "for a request to be answered"),
    seconds("writeTimeoutSeconds", \.writeTimeoutSeconds, "for an answer to be taken"),
    seconds("lingerTimeoutSeconds", \.lingerTimeoutSeconds, "for a refused client to stop"),
    count("lingerBytesMax", \.lingerBytesMax, "what it may send meanwhile"),
    seconds("drainTimeoutSeconds", \.drainTimeoutSeconds, "for requests in flight at the end"),
  ]

  private static let documents = [
    count("tokensMax", \.tokensMax, "tokens of a document"),
    // Above, the stack of a thread would be the bound.
    count("parserDepthMax", \.parserDepthMax, "nesting while parsing", in: 1...512),
    count("selectionDepthMax", \.selectionDepthMax, "nesting of fields"),
    count("introspectionDepthMax", \.introspectionDepthMax, "the same for introspection"),
    count("aliasesMax", \.aliasesMax, "fields with an alias", in: 0...1_000_000),
    count("directivesMax", \.directivesMax, "directives applied", in: 0...1_000_000),
    count("rootFieldsMax", \.rootFieldsMax, "fields at the root"),
    count("complexityMax", \.complexityMax, "fields, those of lists multiplied"),
    count("listSizeExpected", \.listSizeExpected, "by this", in: 1...1_000_000),
    count("listSizeOfVariable", \.listSizeOfVariable, "or this", in: 1...1_000_000),
    count("validationErrorsMax", \.validationErrorsMax, "errors told", in: 1...100_000),
    count("validationStepsMax", \.validationStepsMax, "steps on what a document multiplies"),
    count(
      "introspectionListsMax", \.introspectionListsMax, "introspection's lists in lists",
      in: 0...100),
    seconds("planTimeoutSeconds", \.planTimeoutSeconds, "to parse, validate and plan"),
    count("jsonDepthMax", \.jsonDepthMax, "nesting of a JSON body", in: 2...512),
    count("jsonValuesMax", \.jsonValuesMax, "values of a JSON body"),
    count("variablesBytesMax", \.variablesBytesMax, "one request's variables"),
    count(
      "persistedQueriesMax", \.persistedQueriesMax, "queries kept by their hash",
      in: 1...10_000_000),
    count("persistedQueriesBytesMax", \.persistedQueriesBytesMax, "their texts"),
    count("trustedDocumentsBytesMax", \.trustedDocumentsBytesMax, "a manifest"),
  ]

  private static let answers = [
    count("planCacheEntriesMax", \.planCacheEntriesMax, "plans kept by a loop", in: 0...10_000_000),
    count("planCacheBytesMax", \.planCacheBytesMax, "what those take"),
    seconds(
      "executionTimeoutSeconds", \.executionTimeoutSeconds, "for a statement of PostgreSQL"),
    count("responseBytesMax", \.responseBytesMax, "one answer"),
    count("keptAnswerBytesMax", \.keptAnswerBytesMax, "an answer under an Idempotency-Key"),
    seconds("seenSessionsSeconds", \.seenSessionsSeconds, "between writings of last uses"),
    count("seenSessionsMax", \.seenSessionsMax, "sessions of one writing", in: 1...100_000),
  ]

  private static let partners = [
    count("partnerRequestsMax", \.partnerRequestsMax, "requests of a token within its window"),
    seconds("partnerWindowSeconds", \.partnerWindowSeconds, "that window"),
    count("partnerTokensMax", \.partnerTokensMax, "tokens known at once", in: 1...10_000_000),
  ]

  private static let uploads = [
    count("photoBytesMax", \.photoBytesMax, "a photo or logo, as it is sent", in: 1...(64 << 20)),
    seconds("photoTimeoutSeconds", \.photoTimeoutSeconds, "for it to arrive"),
    count("photoSideMax", \.photoSideMax, "pixels of its longer side", in: 1...65_535),
    count("photoPixelsMax", \.photoPixelsMax, "its pixels"),
  ]

  private static let streams = [
    seconds(
      "socketInitTimeoutSeconds", \.socketInitTimeoutSeconds, "for a socket's connection_init"),
    count("socketMessageBytesMax", \.socketMessageBytesMax, "one message of a socket"),
    count("socketFramesMax", \.socketFramesMax, "its frames", in: 1...1_000_000),
    count("socketOperationsMax", \.socketOperationsMax, "operations of a socket at once"),
    seconds("streamPingSeconds", \.streamPingSeconds, "between two signs of life on a stream"),
    seconds("sessionCheckSeconds", \.sessionCheckSeconds, "between two looks at its session"),
  ]
}
