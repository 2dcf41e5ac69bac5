// What Google sends a person back with enters; the page of this site that tells them how it ended
// leaves, with a session's cookie where one was opened. Refused: what was not begun in this
// browser.

import Credentials
import Execution
package import Hub
import NIOHTTP1
package import Outbound
package import Server

/// Where Google sends people back to.
package let googleReturnPath = "/auth/google/return"

/// What the return from Google works with.
package struct GoogleReturn: Sendable {
  let hub: HubServices
  let client: OpenIDClient
  /// Where people reach this site, without a slash at its end.
  let publicURL: @Sendable () -> String

  package init(
    hub: HubServices, client: OpenIDClient, publicURL: @escaping @Sendable () -> String
  ) {
    self.hub = hub
    self.client = client
    self.publicURL = publicURL
  }

  /// The page that is led to, without its fragment.
  private var page: String { publicURL() + "/google" }
}

/// `GET /auth/google/return`.
///
/// A session that somebody else began is never finished here: the state must be the one that this
/// browser's cookie yields. Nor is anybody led astray: the page is of this site, whatever is asked.
package func googleRoutes(
  _ google: GoogleReturn, _ actions: ActionRoutes, _ cookies: RefreshCookies
) -> [Route] {
  let access = accessOfEndpoint("GET \(googleReturnPath)")
  return [
    actions.route(.GET, googleReturnPath, access: access) { request, context in
      // A HEAD would use the journey up and set no cookie that anybody keeps.
      guard request.method == .GET else { return HTTPResponse(status: .noContent) }
      let end = try await google.end(GoogleArrival(request, cookies), context)
      return google.response(to: end, cookies)
    }
  ]
}

/// What arrived, read and not yet believed.
struct GoogleArrival: Sendable {
  let fields: [String: String]?
  let secret: FlowSecret?

  init(_ request: HTTPRequest, _ cookies: RefreshCookies) {
    fields = decodeQueryString(request.queryString ?? "").flatMap { pairs in
      // A field that occurs twice means two things (RFC 6749, section 3.1).
      try? Dictionary(pairs.map { ($0.name, $0.value) }) { _, _ in throw TwiceError() }
    }
    secret = cookies.flow.secret(in: request.headers["cookie"])
      .flatMap { FlowSecret(presented: $0) }
  }

  private struct TwiceError: Error {}
}

/// How it ended, and what the log may say of it.
struct GoogleEnd: Sendable {
  var outcome: GoogleOutcome
  var intent: GoogleIntent?
  var detail: String?
}

extension GoogleReturn {
  func end(_ arrival: GoogleArrival, _ context: ActionContext) async throws -> GoogleEnd {
    guard let secret = arrival.secret, let fields = arrival.fields, let state = fields["state"],
      secret.isState(state)
    else { return GoogleEnd(outcome: .refused(.google(.stateInvalid))) }
    guard let flow = try await hub.takeGoogleFlow(secret, context.database) else {
      return GoogleEnd(outcome: .refused(.google(.flowExpired)))
    }
    var end = GoogleEnd(outcome: .refused(.google(.denied)), intent: flow.intent)
    if fields["error"] == "access_denied" { return end }
    guard let code = fields["code"], (1...codeBytesMax).contains(code.utf8.count) else {
      end.outcome = .refused(.google(.tokenRefused))
      return end
    }
    let claims: IDTokenClaims
    do throws(OpenIDError) {
      claims = try await client.claims(
        for: code, issuer: fields["iss"], secret, prompt: OpenIDPrompt(flow.intent))
    } catch {
      end.outcome = .refused(RuleViolation(error))
      end.detail = "Google: \(error)"
      return end
    }
    end.outcome = try await hub.finish(
      flow, GoogleIdentity(claims), context.facts, context.database)
    return end
  }

  func response(to end: GoogleEnd, _ cookies: RefreshCookies) -> HTTPResponse {
    var response = HTTPResponse(status: .seeOther)
    var fragment = "outcome=\(end.outcome.code)"
    if let intent = end.intent { fragment += "&intent=\(intent.rawValue)" }
    // No server sees a fragment, and the token is good for nothing without a code.
    if case .challenged(let token) = end.outcome { fragment += "&challenge=\(token.text)" }
    response.add("location", "\(page)#\(fragment)")
    response.add("cache-control", "no-store")
    response.add("referrer-policy", "no-referrer")
    response.add(.clearFlowCookie, cookies)
    for cookie in end.outcome.cookies { response.add(cookie, cookies) }
    response.privateDetail = end.detail
    return response
  }
}

/// Google's codes have less than a hundred characters.
private let codeBytesMax = 2048

extension OpenIDPrompt {
  /// A journey that proves who somebody is wants a proof that is as fresh as itself.
  package init(_ intent: GoogleIntent) {
    switch intent {
    case .signIn, .signUp, .link: self = .chooseAccount
    case .reauthenticate: self = .proof(secondsMax: googleFlowSecondsMax)
    }
  }
}

extension GoogleIdentity {
  init(_ claims: IDTokenClaims) {
    self.init(
      subject: claims.subject, email: claims.email, hostedDomain: claims.hostedDomain,
      givenName: claims.givenName, familyName: claims.familyName)
  }
}

extension RuleViolation {
  init(_ error: OpenIDError) {
    switch error {
    case .unavailable: self = .google(.unavailable)
    case .codeRefused, .otherIssuer, .token: self = .google(.tokenRefused)
    }
  }
}
