// What all event loops know together of partners' tokens: what never changes of each that was met,
// and how many requests each has made in its present window. Whether a token is good is not known
// here: the database says it in each batch.

package import Credentials
import Execution
internal import NIOCore
import SQL
import Synchronization

/// A partner's token that was met before.
struct PartnerFacts: Sendable, Hashable {
  let tenant: UniqueID
  let token: UniqueID
  let scopes: Set<String>
}

/// Names a token to whoever writes down when it was used.
package struct PartnerKey: Sendable, Hashable {
  package let tenant: UniqueID
  package let token: UniqueID
}

/// The counts live in this process alone. A count that all servers share would be a write for each
/// read; so a token may have as many windows as there are servers, and no request waits for one.
/// The lock is held for two looks into dictionaries.
final class PartnerTokens: Sendable {
  private struct State {
    var facts: LeastRecentlyUsed<[UInt8], PartnerFacts>
    var windows: [UniqueID: Window] = [:]
  }

  private struct Window {
    let start: NIODeadline
    var requests: Int
  }

  private let state: Mutex<State>
  private let requestsMax: Int
  private let windowSeconds: Double
  private let tokensMax: Int

  init(_ limits: Limits) {
    requestsMax = limits.partnerRequestsMax
    windowSeconds = limits.partnerWindowSeconds
    tokensMax = limits.partnerTokensMax
    state = Mutex(
      State(facts: LeastRecentlyUsed(entriesMax: limits.partnerTokensMax, bytesMax: .max)))
  }

  func keep(_ facts: PartnerFacts, under hash: [UInt8]) {
    state.withLock { $0.facts.insert(facts, for: hash, bytes: 0) }
  }

  /// Counts a request of the token with this hash; nil where it was not met before.
  func admit(
    hash: [UInt8], now: NIODeadline = .now()
  ) -> (facts: PartnerFacts, quota: RateQuota)? {
    state.withLock { state in
      guard let facts = state.facts.value(for: hash) else { return nil }
      return (facts, count(facts.token, now, &state.windows))
    }
  }

  /// A window begins with the first request behind the one before. Both texts of a token that was
  /// rotated count together.
  private func count(
    _ token: UniqueID, _ now: NIODeadline, _ windows: inout [UniqueID: Window]
  ) -> RateQuota {
    let length = timeAmount(windowSeconds)
    if windows.count >= tokensMax, windows[token] == nil {
      windows = windows.filter { now - $0.value.start < length }
      if windows.count >= tokensMax { windows.removeAll() }
    }
    var window = windows[token] ?? Window(start: now, requests: 0)
    if now - window.start >= length { window = Window(start: now, requests: 0) }
    window.requests += 1
    windows[token] = window
    let left = (window.start + length - now).nanoseconds
    return RateQuota(
      requestsMax: requestsMax, windowSeconds: Int(windowSeconds.rounded(.up)),
      requestsLeft: requestsMax - window.requests,
      secondsLeft: max(1, Int((Double(left) / 1e9).rounded(.up))))
  }
}

/// What a token may still ask for.
struct RateQuota: Sendable, Hashable {
  let requestsMax: Int
  let windowSeconds: Int
  /// Below zero where there were more than may be.
  let requestsLeft: Int
  /// Until it may ask for `requestsMax` again.
  let secondsLeft: Int

  var isExceeded: Bool { requestsLeft < 0 }

  /// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10, sections 3, 4).
  var fields: [HTTPResponse.Field] {
    [
      HTTPResponse.Field(
        name: "ratelimit-policy", value: "\"token\";q=\(requestsMax);w=\(windowSeconds)"),
      HTTPResponse.Field(
        name: "ratelimit", value: "\"token\";r=\(max(0, requestsLeft));t=\(secondsLeft)"),
    ]
  }
}

// MARK: Admission

/// What is known of a request before anything of it is read.
enum PartnerAdmission {
  /// It shows no partner's token.
  case other
  /// One that this process has not met.
  case unknown(hash: [UInt8])
  case known(PartnerCaller, RateQuota)
}

/// A partner's program, as far as its token was known before.
struct PartnerCaller {
  let key: PartnerKey
  let bearer: PartnerBearer
}

extension Engine {
  /// Whose partner's token a request shows, and counts it.
  /// - Throws: 401 for one that was mistyped.
  func admitPartner(_ request: HTTPRequest) throws(Refusal) -> PartnerAdmission {
    guard case .present(let text) = request.bearerToken, text.hasPrefix(PartnerToken.prefix) else {
      return .other
    }
    guard bindings.partner != nil, let token = PartnerToken(presented: text) else {
      throw .tokenInvalid
    }
    let hash = token.hash
    guard let (facts, quota) = partners.admit(hash: hash) else { return .unknown(hash: hash) }
    let bearer = PartnerBearer(
      tenant: facts.tenant.parameter, token: facts.token.parameter, hash: .binary(hash),
      scopes: facts.scopes, language: language(of: request))
    let key = PartnerKey(tenant: facts.tenant, token: facts.token)
    return .known(PartnerCaller(key: key, bearer: bearer), quota)
  }

  /// Looks a token up that was not met before, off the loop.
  /// - Parameter then: called on the loop; nil where it is good now.
  func meetPartner(
    hash: [UInt8], _ database: ActionDatabase, on eventLoop: any EventLoop,
    then: @escaping (Failure?) -> Void
  ) {
    let promise = eventLoop.makePromise(of: Void.self)
    promise.completeWithTask { try await meetPartner(hash: hash, database) }
    promise.futureResult.assumeIsolated().whenComplete { result in
      switch result {
      case .success: then(nil)
      case .failure(let error): then(Failure(error))
      }
    }
  }

  /// - Throws: `Refusal` where it is not good now, or `DatabaseError`.
  private func meetPartner(hash: [UInt8], _ database: ActionDatabase) async throws {
    guard let binding = bindings.partner,
      let identity = try await database.identify(hash: .binary(hash), binding),
      let tenant = UniqueID(identity.tenant), let token = UniqueID(identity.token)
    else { throw Refusal.tokenInvalid }
    partners.keep(
      PartnerFacts(tenant: tenant, token: token, scopes: identity.scopes), under: hash)
  }
}

extension Refusal {
  static func tooManyRequests(_ quota: RateQuota) -> Refusal {
    Refusal(
      .rateLimited, "The token has asked too often; wait before the next request.",
      limit: .partnerRequestsMax, retryAfterSeconds: quota.secondsLeft)
  }

  /// 403 outside of GraphQL.
  static let noScopeOpens = Refusal(
    .scopeRequired, "This is for people: no scope of a token opens it.")
}
