// A journey's secret enters, the address to send a person to leaves; and when they come back with a
// code, what the provider vouches for. Authorization code flow with PKCE, state and nonce.
// Source: OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 9207.

package import Credentials
import JSON
import JWTKit

/// Who we are to a provider.
package struct OpenIDSettings: Sendable {
  package let issuer: SecureURL
  package let clientID: String
  let clientSecret: String
  /// Where the provider sends people back to.
  let returnURL: @Sendable () -> String

  /// - Parameter returnURL: asked each time: a server may not know its address before it listens.
  package init(
    issuer: SecureURL, clientID: String, clientSecret: String,
    returnURL: @escaping @Sendable () -> String
  ) {
    self.issuer = issuer
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.returnURL = returnURL
  }

  /// What a token of this issuer may call it: Google's may leave the scheme out.
  var issuers: [String] {
    issuer.text == "https://accounts.google.com"
      ? [issuer.text, "accounts.google.com"] : [issuer.text]
  }
}

extension OpenIDSettings: CustomStringConvertible, CustomReflectable {
  package var description: String { "client \(clientID) of \(issuer.text)" }
  package var customMirror: Mirror { Mirror(self, children: ["clientID": clientID]) }
}

/// What the provider shall ask the person for.
package enum OpenIDPrompt: Sendable, Hashable {
  case chooseAccount
  /// A proof that is no older than that, as far as the provider can be made to ask for one.
  case proof(secondsMax: Int)
}

/// A provider of identities, with what it says of itself and its keys kept for a while.
package actor OpenIDClient {
  private let settings: OpenIDSettings
  private let requests: OutgoingRequests
  private let limits: CachingLimits
  /// Seconds since 1970.
  private let now: @Sendable () -> Int

  private var provider: FetchedDocument<OpenIDProvider>?
  private var keySet: FetchedDocument<KeySet>?
  private var budget: RefreshBudget
  /// What is being fetched: whoever comes meanwhile waits for the same.
  private var fetchingProvider: Task<Result<OpenIDProvider, OpenIDError>, Never>?
  private var fetchingKeySet: Task<Result<KeySet, OpenIDError>, Never>?

  package init(
    _ settings: OpenIDSettings, requests: OutgoingRequests, limits: CachingLimits = CachingLimits(),
    now: @escaping @Sendable () -> Int
  ) {
    self.settings = settings
    self.requests = requests
    self.limits = limits
    self.now = now
    budget = RefreshBudget(limits)
  }

  /// Where to send a person to (section 3.1.2.1).
  /// - Parameter loginHint: the address that the provider should offer, where one is known.
  package func authorizationURL(
    for secret: FlowSecret, prompt: OpenIDPrompt, loginHint: String?
  ) async throws(OpenIDError) -> String {
    var fields = [
      (name: "response_type", value: "code"), (name: "client_id", value: settings.clientID),
      (name: "redirect_uri", value: settings.returnURL()),
      (name: "scope", value: "openid email profile"), (name: "state", value: secret.state),
      (name: "nonce", value: secret.nonce), (name: "code_challenge", value: secret.codeChallenge),
      (name: "code_challenge_method", value: "S256"),
    ]
    // Google's page is shown in any case. `login` would ask for the password there; Google refuses
    // that word, and `max_age` says the same to those who know it.
    fields.append((name: "prompt", value: "select_account"))
    if case .proof(let secondsMax) = prompt {
      fields.append((name: "max_age", value: "\(secondsMax)"))
    }
    if let loginHint { fields.append((name: "login_hint", value: loginHint)) }
    return try await currentProvider().authorizationEndpoint.adding(fields)
  }

  /// Exchanges the code of a response for an ID token (section 3.1.3), and judges it.
  /// - Parameter issuer: `iss` of the response, where it came with one.
  package func claims(
    for code: String, issuer: String?, _ secret: FlowSecret, prompt: OpenIDPrompt
  ) async throws(OpenIDError) -> IDTokenClaims {
    let provider = try await currentProvider()
    if issuer != nil || provider.namesItself {
      guard let issuer, settings.issuers.contains(issuer) else { throw .otherIssuer }
    }
    let text = try await exchange(code, secret, provider)
    var expected = IDTokenExpectation(
      issuers: settings.issuers, clientID: settings.clientID, nonce: secret.nonce)
    if case .proof(let secondsMax) = prompt { expected.authenticationSecondsMax = secondsMax }
    return try await claims(of: text, expected)
  }

  /// What the token says, once it is found to be the provider's and the one that was asked for.
  private func claims(
    of text: String, _ expected: IDTokenExpectation
  ) async throws(OpenIDError) -> IDTokenClaims {
    let token: IDToken
    do throws(IDTokenError) { token = try IDToken(text) } catch { throw .token(error) }
    guard let key = try await key(named: token.keyName) else { throw .token(.unknownKey) }
    do throws(IDTokenError) {
      let claims = try await token.claims(signedBy: key)
      try claims.check(expected, now: now())
      return claims
    } catch {
      throw .token(error)
    }
  }

  private func exchange(
    _ code: String, _ secret: FlowSecret, _ provider: OpenIDProvider
  ) async throws(OpenIDError) -> String {
    let login = percentEncode(settings.clientID) + ":" + percentEncode(settings.clientSecret)
    let answer: OutgoingAnswer
    do throws(OutgoingError) {
      answer = try await requests.post(
        [
          (name: "grant_type", value: "authorization_code"), (name: "code", value: code),
          (name: "redirect_uri", value: settings.returnURL()),
          (name: "code_verifier", value: secret.codeVerifier),
        ],
        to: provider.tokenEndpoint, authorization: "Basic " + paddedBase64(login))
    } catch {
      throw .unavailable("the token endpoint: \(error)")
    }
    let json = try? parseJSON(answer.body, limits: documentLimits)
    guard answer.status == 200 else {
      // RFC 6749, section 5.2: of its errors this alone is about the code.
      if answer.status == 400, json?["error"]?.stringValue == "invalid_grant" { throw .codeRefused }
      throw .unavailable("the token endpoint answers \(answer.status)")
    }
    guard let token = json?["id_token"]?.stringValue else {
      throw .unavailable("the token endpoint answers no ID token")
    }
    return token
  }

  // MARK: What is kept

  private func currentProvider() async throws(OpenIDError) -> OpenIDProvider {
    if let current = provider?.current(at: now()) { return current }
    let task = fetchingProvider ?? Task { await fetchProvider() }
    fetchingProvider = task
    let result = await task.value
    fetchingProvider = nil
    return try result.get()
  }

  private func fetchProvider() async -> Result<OpenIDProvider, OpenIDError> {
    guard let address = OpenIDProvider.address(of: settings.issuer) else {
      return .failure(.unavailable("the issuer is no address"))
    }
    return await fetch(address, "discovery document") { body throws(OpenIDError) in
      try OpenIDProvider(document: body, issuer: settings.issuer.text)
    }.map { document in
      provider = document
      return document.value
    }
  }

  /// The key of this name; a name that nobody knows asks for the keys anew, for they may have been
  /// changed, though not without end.
  private func key(
    named name: String?
  ) async throws(OpenIDError) -> Insecure.RSA.PublicKey? {
    if let known = keySet?.current(at: now()) {
      if let key = known[name] { return key }
      guard budget.take(at: now()) else { return nil }
    }
    return try await freshKeySet()[name]
  }

  private func freshKeySet() async throws(OpenIDError) -> KeySet {
    let task = fetchingKeySet ?? Task { await fetchKeySet() }
    fetchingKeySet = task
    let result = await task.value
    fetchingKeySet = nil
    return try result.get()
  }

  private func fetchKeySet() async -> Result<KeySet, OpenIDError> {
    do throws(OpenIDError) {
      let address = try await currentProvider().keySet
      let document = try await fetch(address, "key set") { body throws(OpenIDError) in
        try KeySet(document: body)
      }.get()
      keySet = document
      return .success(document.value)
    } catch {
      return .failure(error)
    }
  }

  private func fetch<Value>(
    _ address: SecureURL, _ name: String, _ read: ([UInt8]) throws(OpenIDError) -> Value
  ) async -> Result<FetchedDocument<Value>, OpenIDError> {
    do throws(OpenIDError) {
      let answer: OutgoingAnswer
      do throws(OutgoingError) {
        answer = try await requests.get(address)
      } catch {
        throw .unavailable("the \(name): \(error)")
      }
      guard answer.status == 200 else {
        throw .unavailable("the \(name) answers \(answer.status)")
      }
      let goodUntil = now() + lifetimeSeconds(of: answer, limits)
      return .success(FetchedDocument(value: try read(answer.body), goodUntil: goodUntil))
    } catch {
      return .failure(error)
    }
  }
}

/// Base64 as HTTP wants it (RFC 7617), with its padding.
private func paddedBase64(_ text: String) -> String {
  let encoded = encodeBase64(Array(text.utf8), .standard)
  return encoded + String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)
}
