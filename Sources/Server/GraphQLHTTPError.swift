// Why a request is no well-formed GraphQL-over-HTTP request, and the refusal that tells it.

package import JSON

/// One reason, with the facts that the client's developer needs.
package enum GraphQLHTTPError: Error, Equatable {
  package enum Parameter: String, Sendable {
    case query, documentId, operationName, variables, extensions
  }

  // Headers.
  case notAcceptable
  case preflightRequired
  case contentTypeMissing
  case contentTypeUnsupported
  case charsetUnsupported
  case contentEncodingUnsupported
  case methodNotAllowed

  // Body or query string.
  case bodyMissing
  case bodyNotJSON(JSONError)
  case bodyNotObject
  case batch
  case limitExceeded(LimitName)
  case invalidPercentEncoding

  // Parameters, one by one.
  case queryMissing
  case wrongType(Parameter, expected: String)
  case repeated(Parameter)
  case notJSON(Parameter, JSONError)
  case nul(Parameter, path: String)

  // A document by its name.
  case persistedQueryMalformed
  case persistedQueryVersion
  case documentNamedTwice
}

extension GraphQLHTTPError {
  /// The refusal with its code and message.
  package var refusal: Refusal {
    switch self {
    case .notAcceptable:
      Refusal(
        .notAcceptable,
        "The answer is application/graphql-response+json or application/json; Accept allows "
          + "neither.")
    case .preflightRequired:
      Refusal(
        .preflightRequired,
        "A GET that any web page could send is refused: add `Authorization: Bearer`, a header "
          + "`GraphQL-Require-Preflight: 1`, or use POST.")
    case .contentTypeMissing:
      Refusal(.unsupportedMediaType, "Content-Type is missing; send application/json.")
    case .contentTypeUnsupported:
      Refusal(.unsupportedMediaType, "Content-Type is not supported; send application/json.")
    case .charsetUnsupported:
      Refusal(.unsupportedMediaType, "The charset is not supported; send UTF-8.")
    case .contentEncodingUnsupported:
      Refusal(.unsupportedMediaType, "A compressed body is not supported; send it as it is.")
    case .methodNotAllowed:
      Refusal(.methodNotAllowed, "Ask by GET or POST.", allow: "GET, HEAD, POST, OPTIONS")
    case .bodyMissing: Refusal(.invalidJSON, "The body is empty; send a JSON object.")
    case .bodyNotJSON(let error): Refusal(.invalidJSON, error.description)
    case .bodyNotObject: Refusal(.invalidJSON, "The body must be a JSON object.")
    case .batch:
      Refusal(.batchingNotSupported, "A list of requests is not supported; send them one by one.")
    case .limitExceeded(let limit):
      Refusal(
        code(of: limit), "The request passes the limit \(limit.rawValue).", limit: limit)
    case .invalidPercentEncoding:
      Refusal(.invalidParameter, "The query string is not percent-encoded UTF-8.")
    case .queryMissing: Refusal(.queryMissing, "The parameter `query` is missing.")
    case .wrongType(let parameter, let expected):
      Refusal(.invalidParameter, "The parameter `\(parameter.rawValue)` must be \(expected).")
    case .repeated(let parameter):
      Refusal(.invalidParameter, "The parameter `\(parameter.rawValue)` occurs twice.")
    case .notJSON(let parameter, let error):
      Refusal(
        .invalidParameter,
        "The parameter `\(parameter.rawValue)` must be JSON: \(error.description)")
    case .nul(let parameter, let path):
      Refusal(
        .invalidParameter,
        "The parameter `\(parameter.rawValue)` holds a NUL character"
          + (path.isEmpty ? "." : " at `\(path)`."))
    case .persistedQueryMalformed:
      Refusal(
        .invalidParameter,
        "`extensions.persistedQuery` must be an object with the members `version`, an integer, "
          + "and `sha256Hash`, a string.")
    case .persistedQueryVersion:
      Refusal(
        .persistedQueryNotSupported, "Only version 1 of `persistedQuery` is understood here.")
    case .documentNamedTwice:
      Refusal(
        .invalidParameter, "`documentId` and `extensions.persistedQuery` both name a document.")
    }
  }

  private func code(of limit: LimitName) -> ErrorCode {
    if limit == .bodyBytesMax { return .bodyTooLarge }
    return limit == .variablesBytesMax ? .limitExceeded : .invalidJSON
  }
}
