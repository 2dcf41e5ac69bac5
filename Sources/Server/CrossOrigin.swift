// What pages of other origins may do: the guard against forged requests, and CORS by
// configuration. Nothing is allowed across origins unless it was configured.

internal import NIOHTTP1

/// Header fields that a page of another origin cannot set without a preflight, which is answered
/// only for configured origins; their value does not matter, but it is not empty.
let preflightHeaders = [
  "graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name",
  "x-requested-with",
]

/// The guard against cross-site request forgery. A browser sends some requests for any page
/// without asking first, with the user's network and cookies behind them. A POST of
/// `application/json` is never among them (Fetch, section 2.2.2), and other POSTs are refused by
/// their media type. A GET counts as asked for if one of these holds:
/// - it has `Authorization: Bearer`, which a browser never adds by itself (it does add `Basic`);
/// - it has one of `GraphQL-Require-Preflight`, `Apollo-Require-Preflight`,
///   `X-Apollo-Operation-Name` or `X-Requested-With`, not empty;
/// - it has a `Content-Type` that is not one of a form's, such as `application/json`;
/// - the browser itself says that the page is ours: `Sec-Fetch-Site: same-origin`.
/// `Accept` proves nothing: any page may set it.
func isPreflighted(_ headers: HTTPHeaders) -> Bool {
  if let authorization = headers.first(name: "authorization"),
    equalsIgnoringCase(authorization.prefix(7), "bearer ")
  {
    return true
  }
  if preflightHeaders.contains(where: { headers.first(name: $0).map { !$0.isEmpty } ?? false }) {
    return true
  }
  if let type = headers.first(name: "content-type"), !isSimpleContentType(type) { return true }
  return headers["sec-fetch-site"] == ["same-origin"]
}

/// Cross-origin resource sharing of a route (Fetch, section 3.2): which origins' pages may call it
/// and read its answers.
package struct CORS: Sendable, Hashable {
  package enum Origins: Sendable, Hashable {
    /// Every origin, without credentials.
    case any
    /// These, written as browsers do: `https://app.example.com`, `http://localhost:3000`.
    case list(Set<String>)
  }

  package var origins: Origins
  /// Lets cookies ride along; takes a list of origins, for with `any` browsers refuse it.
  package var allowsCredentials: Bool
  /// Header fields that pages may set; lower case.
  package var allowedHeaders: [String]
  /// Header fields that pages may read beside the safelisted ones; lower case.
  package var exposedHeaders: [String]
  /// For how long a browser may remember the answer to a preflight.
  package var maxAgeSeconds: Int

  package init(
    origins: Origins, allowsCredentials: Bool = false,
    allowedHeaders: [String] = [
      "authorization", "content-type", "accept-language", "if-none-match",
      "graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name",
      "x-requested-with", "x-request-id", "x-origin", "idempotency-key",
    ],
    exposedHeaders: [String] = ["x-request-id", "retry-after", "etag", "idempotency-replayed"],
    maxAgeSeconds: Int = 600
  ) {
    self.origins = origins
    self.allowsCredentials = allowsCredentials
    self.allowedHeaders = allowedHeaders
    self.exposedHeaders = exposedHeaders
    self.maxAgeSeconds = maxAgeSeconds
  }

  /// The fields of an ordinary answer; without the permission where the origin is not allowed.
  func fields(origin: String?) -> [HTTPResponse.Field] {
    // Caches must not serve one origin's permission to another.
    var fields = origins == .any ? [] : [HTTPResponse.Field(name: "vary", value: "Origin")]
    guard let origin, let allowed = permission(for: origin) else { return fields }
    fields.append(.init(name: "access-control-allow-origin", value: allowed))
    if allowsCredentials, origins != .any {
      fields.append(.init(name: "access-control-allow-credentials", value: "true"))
    }
    if !exposedHeaders.isEmpty {
      fields.append(
        .init(name: "access-control-expose-headers", value: exposedHeaders.joined(separator: ", "))
      )
    }
    return fields
  }

  /// The fields of the answer to a preflight, beside those above.
  func preflightFields(origin: String, allow: String) -> [HTTPResponse.Field] {
    guard permission(for: origin) != nil else { return [] }
    return [
      .init(name: "access-control-allow-methods", value: allow),
      .init(name: "access-control-allow-headers", value: allowedHeaders.joined(separator: ", ")),
      .init(name: "access-control-max-age", value: String(maxAgeSeconds)),
    ]
  }

  /// Whether pages of this origin may call.
  func allows(_ origin: String) -> Bool { permission(for: origin) != nil }

  private func permission(for origin: String) -> String? {
    switch origins {
    case .any: "*"
    case .list(let allowed): allowed.contains(origin) ? origin : nil
    }
  }
}

/// Answers OPTIONS: a preflight where the route shares its resource, a list of methods otherwise.
func answerOptions(allow: String, cors: CORS?, headers: HTTPHeaders) -> HTTPResponse {
  var response = HTTPResponse(status: .noContent)
  response.add("allow", allow)
  if let cors, let origin = headers.first(name: "origin"),
    headers.contains(name: "access-control-request-method")
  {
    response.fields += cors.preflightFields(origin: origin, allow: allow)
  }
  return response
}
