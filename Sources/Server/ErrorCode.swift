// Every `extensions.code` that the server itself answers with, grouped by stage, and the one place
// where an HTTP status is decided. schema/errors.md says the same in words; a test compares them.

package import NIOHTTP1

/// A stable code, the same in every language; clients switch on it.
package enum ErrorCode: String, CaseIterable, Sendable {
  // Connection: what arrived is no request that can be served.
  case badRequest = "BAD_REQUEST"
  case requestTimeout = "REQUEST_TIMEOUT"
  case bodyTooLarge = "BODY_TOO_LARGE"
  case headersTooLarge = "HEADERS_TOO_LARGE"
  case expectationFailed = "EXPECTATION_FAILED"
  case versionNotSupported = "HTTP_VERSION_NOT_SUPPORTED"
  case overloaded = "OVERLOADED"

  // Route: nobody answers there, or not like that.
  case notFound = "NOT_FOUND"
  case methodNotAllowed = "METHOD_NOT_ALLOWED"

  // Request: no well-formed GraphQL-over-HTTP request.
  case upgradeRequired = "UPGRADE_REQUIRED"
  case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
  case notAcceptable = "NOT_ACCEPTABLE"
  case preflightRequired = "PREFLIGHT_REQUIRED"
  case invalidJSON = "INVALID_JSON"
  case invalidParameter = "INVALID_PARAMETER"
  case queryMissing = "QUERY_MISSING"
  case batchingNotSupported = "BATCHING_NOT_SUPPORTED"
  case persistedQueryHashMismatch = "PERSISTED_QUERY_HASH_MISMATCH"
  case idempotencyKeyInvalid = "IDEMPOTENCY_KEY_INVALID"
  case idempotencyNotSupported = "IDEMPOTENCY_NOT_SUPPORTED"
  case idempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED"
  case idempotencyUnderWay = "IDEMPOTENCY_UNDER_WAY"

  // Access: who asks, and how often.
  case unauthenticated = "UNAUTHENTICATED"
  case forbidden = "FORBIDDEN"
  case companyRequired = "COMPANY_REQUIRED"
  case scopeRequired = "SCOPE_REQUIRED"
  case rateLimited = "RATE_LIMITED"
  case documentNotTrusted = "DOCUMENT_NOT_TRUSTED"
  case launchCodeInvalid = "LAUNCH_CODE_INVALID"

  // Document: a well-formed request whose document cannot be executed.
  case parseFailed = "GRAPHQL_PARSE_FAILED"
  case validationFailed = "GRAPHQL_VALIDATION_FAILED"
  case operationResolutionFailure = "OPERATION_RESOLUTION_FAILURE"
  case badUserInput = "BAD_USER_INPUT"
  case limitExceeded = "LIMIT_EXCEEDED"
  case introspectionDisabled = "INTROSPECTION_DISABLED"
  case persistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND"
  case persistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED"
  case transportNotSupported = "TRANSPORT_NOT_SUPPORTED"

  // Upload: a file, outside of GraphQL, that is not taken.
  case imageNotSupported = "IMAGE_NOT_SUPPORTED"
  case imageDamaged = "IMAGE_DAMAGED"
  case imageAnimated = "IMAGE_ANIMATED"
  case imageTooLarge = "IMAGE_TOO_LARGE"

  // Execution: the request is right and could not be served.
  case databaseUnavailable = "DATABASE_UNAVAILABLE"
  case timedOut = "TIMED_OUT"
  case `internal` = "INTERNAL"
}

/// The stage of a request at which a code is given.
package enum ErrorStage: String, CaseIterable, Sendable {
  case connection, route, request, access, document, upload, execution
}

extension ErrorCode {
  package var stage: ErrorStage {
    switch self {
    case .badRequest, .requestTimeout, .bodyTooLarge, .headersTooLarge, .expectationFailed,
      .versionNotSupported, .overloaded:
      .connection
    case .notFound, .methodNotAllowed: .route
    case .upgradeRequired, .unsupportedMediaType, .notAcceptable, .preflightRequired, .invalidJSON,
      .invalidParameter, .queryMissing, .batchingNotSupported, .persistedQueryHashMismatch,
      .idempotencyKeyInvalid, .idempotencyNotSupported, .idempotencyKeyReused,
      .idempotencyUnderWay:
      .request
    case .unauthenticated, .forbidden, .companyRequired, .scopeRequired, .rateLimited,
      .documentNotTrusted, .launchCodeInvalid:
      .access
    case .parseFailed, .validationFailed, .operationResolutionFailure, .badUserInput,
      .limitExceeded, .introspectionDisabled, .persistedQueryNotFound,
      .persistedQueryNotSupported, .transportNotSupported:
      .document
    case .imageNotSupported, .imageDamaged, .imageAnimated, .imageTooLarge: .upload
    case .databaseUnavailable, .timedOut, .internal: .execution
    }
  }

  /// The status of a response that holds no data, only errors with this code at its front. A field
  /// that is refused beside others that are answered is 200 whatever its code; ask only when the
  /// whole request is refused.
  ///
  /// A document that cannot be executed is 200 under `application/json`, where clients take any
  /// other status for a proxy's answer (GraphQL over HTTP, section 6.4.1), and 400 under
  /// `application/graphql-response+json` (section 6.4.2). Everything else keeps its status.
  package func status(for mediaType: ResponseMediaType) -> HTTPResponseStatus {
    switch self {
    case .parseFailed, .validationFailed, .operationResolutionFailure, .badUserInput,
      .limitExceeded, .introspectionDisabled, .persistedQueryNotFound,
      .persistedQueryNotSupported, .transportNotSupported:
      mediaType == .json ? .ok : .badRequest
    case .badRequest, .invalidJSON, .invalidParameter, .queryMissing, .batchingNotSupported,
      .persistedQueryHashMismatch, .launchCodeInvalid, .idempotencyKeyInvalid,
      .idempotencyNotSupported:
      .badRequest
    case .idempotencyUnderWay: .conflict
    case .upgradeRequired: .upgradeRequired
    case .unauthenticated: .unauthorized
    case .forbidden, .companyRequired, .scopeRequired, .preflightRequired, .documentNotTrusted:
      .forbidden
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .notAcceptable: .notAcceptable
    case .requestTimeout: .requestTimeout
    case .bodyTooLarge: .payloadTooLarge
    case .unsupportedMediaType, .imageNotSupported: .unsupportedMediaType
    case .imageDamaged, .imageAnimated, .imageTooLarge, .idempotencyKeyReused:
      .unprocessableEntity
    case .expectationFailed: .expectationFailed
    case .rateLimited: .tooManyRequests
    case .headersTooLarge: .requestHeaderFieldsTooLarge
    case .internal: .internalServerError
    case .overloaded, .databaseUnavailable, .timedOut: .serviceUnavailable
    case .versionNotSupported: .httpVersionNotSupported
    }
  }
}
