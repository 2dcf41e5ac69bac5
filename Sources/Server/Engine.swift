// What every event loop's pipeline shares: the schema, what answers it, the keys and the limits.
// Made once by the composition root; nothing here changes while the server runs.

package import Credentials
package import Execution
package import GraphQLTypes
import NIOHTTP1
import SQL

/// The parts of the house that a request is answered from.
package struct Engine: Sendable {
  package let schema: Schema
  package let bindings: Bindings
  let resolvedBindings: ResolvedBindings
  package let tokens: AccessTokens
  package let limits: Limits
  package let documents: DocumentPolicy
  /// Nil where they are switched off.
  let persistedQueries: PersistedQueries?
  let partners: PartnerTokens
  let shownSchemas = ShownSchemas()
  package let cookies: RefreshCookies
  let proxies: TrustedProxies
  package let languages: [String]
  /// Seconds since 1970; the composition root gives the system's clock.
  package let now: @Sendable () -> Int

  package init(
    schema: Schema, bindings: Bindings, tokens: AccessTokens, limits: Limits,
    documents: DocumentPolicy = DocumentPolicy(), cookies: RefreshCookies,
    proxies: TrustedProxies = .none, languages: [String],
    now: @escaping @Sendable () -> Int
  ) {
    self.schema = schema
    self.bindings = bindings
    resolvedBindings = ResolvedBindings(bindings, schema: schema)
    self.tokens = tokens
    self.limits = limits
    self.documents = documents
    persistedQueries = documents.keepsPersistedQueries ? PersistedQueries(limits: limits) : nil
    partners = PartnerTokens(limits)
    self.cookies = cookies
    self.proxies = proxies
    self.languages = languages
    self.now = now
  }
}

/// Who asks, as far as their token says.
enum Caller {
  /// By a verified access token.
  case member(MemberCaller)
  /// By a service token of the right shape.
  case service(ServiceBearer)
  /// By a partner's token that this process has met.
  case partner(PartnerCaller)

  var bearer: Bearer {
    switch self {
    case .member(let member): .member(member.scope)
    case .service(let service): .service(service)
    case .partner(let partner): .partner(partner.bearer)
    }
  }
}

/// A person, as far as a verified access token says.
struct MemberCaller {
  let scope: TenantScope
  let session: UniqueID
  /// Seconds since 1970: nothing may be answered to this token from then on.
  let expiresAt: Int
}

extension Engine {
  /// Who sends the request, if it is no partner's program (`admitPartner`); nil without a token.
  /// - Throws: 401 for a token that is not valid, whatever is wrong with it.
  func authenticate(_ request: HTTPRequest) throws(Refusal) -> Caller? {
    try authenticate(request.bearerToken)
  }

  func authenticate(_ token: BearerToken) throws(Refusal) -> Caller? {
    switch token {
    case .absent:
      return nil
    case .malformed:
      throw .tokenInvalid
    case .present(let token) where token.hasPrefix(PartnerToken.prefix):
      throw .noScopeOpens
    case .present(let token):
      return token.hasPrefix(ServiceToken.prefix)
        ? .service(try service(token)) : .member(try member(token))
    }
  }

  /// A mistyped token is refused here; one that is over or revoked is, by the database.
  private func service(_ token: String) throws(Refusal) -> ServiceBearer {
    guard let token = ServiceToken(presented: token) else { throw .tokenInvalid }
    return ServiceBearer(tokenHash: .binary(token.hash))
  }

  private func member(_ token: String) throws(Refusal) -> MemberCaller {
    do throws(TokenError) {
      let claims = try tokens.verify(token, now: now())
      return MemberCaller(
        scope: TenantScope(
          verifiedTenant: claims.tenant.parameter, account: claims.account.parameter,
          session: claims.session.parameter),
        session: claims.session, expiresAt: claims.expiresAt)
    } catch {
      throw .tokenInvalid
    }
  }

  /// The language that a request asks for.
  func language(of request: HTTPRequest) -> String {
    preferredLanguage(request.headers.first(name: "accept-language"), offered: languages)
  }

  /// What an action may know of the caller.
  func facts(of request: HTTPRequest) -> CallerFacts {
    CallerFacts(
      userAgent: String((request.headers.first(name: "user-agent") ?? "").prefix(200)),
      language: language(of: request),
      refreshCookie: cookies.token(in: request.headers["cookie"]),
      deviceCookie: cookies.device(in: request.headers["cookie"]),
      clientAddress: proxies.client(
        peer: ClientAddress(request.remoteAddress),
        forwardedFor: request.headers["x-forwarded-for"]),
      origin: ChangeOrigin(request.headers.first(name: "x-origin")), now: now())
  }
}

extension UniqueID {
  var parameter: Parameter { .uuid(high: high, low: low) }
}

extension Refusal {
  static let tokenInvalid = Refusal.unauthenticated(
    "The access token is not valid; refresh the session or sign in.", challenge: .tokenInvalid)
  static let tokenMissing = Refusal.unauthenticated(
    "Sign in first: this operation needs an access token.", challenge: .tokenMissing)
}
