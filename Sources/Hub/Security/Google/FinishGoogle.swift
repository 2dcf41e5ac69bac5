// A journey that came back from Google enters, with what Google vouches for; what was set out for
// is done, or refused. The account that Google's address belongs to is never found by that address.

package import Credentials
package import Execution
import JSON
package import Postgres
import SQL

private let end = PreparedStatement(
  "SELECT intent, account_id, session_id, facts FROM end_google($1)")
private let signInWith = PreparedStatement(
  "SELECT outcome, account_id FROM sign_in_with_google($1, $2, $3, $4, $5, $6, $7)")
private let signUpWith = PreparedStatement(
  """
  SELECT outcome, account_id FROM sign_up_with_google(\
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  """)
private let emailOf = PreparedStatement("SELECT email FROM email_of_account($1)")
private let linkWith = PreparedStatement("SELECT outcome FROM link_google($1, $2, $3, $4, $5)")
private let reauthenticateWith = PreparedStatement(
  "SELECT outcome FROM reauthenticate_with_google($1, $2, $3)")

extension HubServices {
  /// Takes a journey that came back, once; nil where it is unknown, over, or was taken before.
  package func takeGoogleFlow(
    _ secret: FlowSecret, _ database: ActionDatabase
  ) async throws(DatabaseError) -> GoogleFlow? {
    let rows = try await database.write([Query(end, [.binary(secret.hash)])])[0]
    guard let intent = rows.string(0, 0).flatMap(GoogleIntent.init) else { return nil }
    return GoogleFlow(
      intent: intent, account: rows.string(0, 1).flatMap({ UniqueID($0) }),
      session: rows.string(0, 2).flatMap({ UniqueID($0) }),
      facts: (try? parseJSON(Array((rows.string(0, 3) ?? "").utf8))) ?? .null)
  }

  /// Does what was set out for.
  package func finish(
    _ flow: GoogleFlow, _ identity: GoogleIdentity, _ facts: CallerFacts,
    _ database: ActionDatabase
  ) async throws(DatabaseError) -> GoogleOutcome {
    switch flow.intent {
    case .signIn: return try await signIn(identity, facts, database)
    case .signUp: return try await signUp(flow, identity, facts, database)
    case .link, .reauthenticate:
      guard let account = flow.account, let session = flow.session else {
        return .refused(.sessionEnded)
      }
      let person = [parameter(session), parameter(account)]
      return flow.intent == .link
        ? try await link(person, identity, database)
        : try await reauthenticate(person, identity, database)
    }
  }

  private func signIn(
    _ identity: GoogleIdentity, _ facts: CallerFacts, _ database: ActionDatabase
  ) async throws(DatabaseError) -> GoogleOutcome {
    let token = RefreshToken.make()
    let challenge = ChallengeToken.make()
    var values: [Parameter] = [.text(identity.subject)] + opening(token, facts)
    values.insert(.binary(challenge.hash), at: 4)
    let rows = try await database.write([Query(signInWith, values)])[0]
    switch rows.string(0, 0) {
    case "challenge": return .challenged(challenge)
    case "signed_in": return .signedIn(cookies: cookies(token, rows))
    case _: return .refused(.google(.notLinked))
    }
  }

  private func signUp(
    _ flow: GoogleFlow, _ identity: GoogleIdentity, _ facts: CallerFacts,
    _ database: ActionDatabase
  ) async throws(DatabaseError) -> GoogleOutcome {
    // Whom Google does not speak for has proved nothing about the address.
    guard isGoogleAddress(identity.email, hostedDomain: identity.hostedDomain),
      let address = (try? emailAddress(identity.email)) ?? nil
    else { return .refused(.google(.emailNotGoogle)) }
    let token = RefreshToken.make()
    let given = name(identity.givenName) ?? String(address.display.prefix { $0 != "@" })
    func fact(_ name: String) -> Parameter { .text(flow.facts[name]?.stringValue ?? "") }
    let rows = try await database.write([
      Query(
        signUpWith,
        [
          .text(identity.subject), .text(address.stored), .text(given),
          .text(name(identity.familyName) ?? ""), fact("country"), fact("language"),
          fact("companyName"), fact("countryVersion"),
        ] + opening(token, facts))
    ])[0]
    switch rows.string(0, 0) {
    case "signed_in": return .signedUp(cookies: cookies(token, rows))
    case _: return .refused(.google(.accountExists))
    }
  }

  private func link(
    _ person: [Parameter], _ identity: GoogleIdentity, _ database: ActionDatabase
  ) async throws(DatabaseError) -> GoogleOutcome {
    for _ in 1...linkAttemptsMax {
      let rows = try await database.write([Query(emailOf, [person[1]])])[0]
      guard let email = rows.string(0, 0) else { return .refused(.sessionEnded) }
      guard isGoogleAddress(email, hostedDomain: identity.hostedDomain) else {
        return .refused(.google(.emailNotGoogle))
      }
      let linked = try await database.write([
        Query(
          linkWith,
          person + [.text(email), .text(identity.subject), .text(identity.email)])
      ])[0]
      switch linked.string(0, 0) {
      case "linked": return .linked
      case "linked_elsewhere": return .refused(.google(.alreadyLinked))
      case "other_linked": return .refused(.google(.otherLinked))
      case "not_fresh": return .refused(.reauthenticationRequired)
      // The address is another one since it was read: what was judged was not this one.
      case "changed": continue
      case _: return .refused(.sessionEnded)
      }
    }
    return .refused(.google(.flowExpired))
  }

  private func reauthenticate(
    _ person: [Parameter], _ identity: GoogleIdentity, _ database: ActionDatabase
  ) async throws(DatabaseError) -> GoogleOutcome {
    let rows = try await database.write([
      Query(reauthenticateWith, person + [.text(identity.subject)])
    ])[0]
    switch rows.string(0, 0) {
    case "done": return .reauthenticated
    case "code_required": return .codeRequired
    case "other_google": return .refused(.google(.otherLinked))
    case _: return .refused(.sessionEnded)
    }
  }

  /// What opening a session takes behind who it is for.
  private func opening(_ token: RefreshToken, _ facts: CallerFacts) -> [Parameter] {
    [
      .text(facts.userAgent), .text(facts.addressRange.text), .binary(token.hash),
      Parameter(lifetimes.idleSeconds), Parameter(lifetimes.absoluteSeconds),
    ]
  }

  /// As a sign-in with a password by `COOKIE` delivery sets them.
  private func cookies(_ token: RefreshToken, _ opened: Rows) -> [ResponseFact] {
    var facts: [ResponseFact] = [
      .setRefreshCookie(token: token.text, secondsMax: lifetimes.idleSeconds)
    ]
    if let account = opened.string(0, 1).flatMap({ UniqueID($0) }) {
      facts.append(
        .setDeviceCookie(
          token: devices.make(for: account).text, secondsMax: lifetimes.deviceSeconds))
    }
    return facts
  }
}

private func parameter(_ id: UniqueID) -> Parameter { .uuid(high: id.high, low: id.low) }

/// A name as Google knows it, where it is one by the rules of the profile.
private func name(_ given: String) -> String? {
  (try? normalizedText(given, TextBounds(charactersMax: 80))) ?? nil
}

/// Whoever changes their address while they link it is asked for it once more.
private let linkAttemptsMax = 2
