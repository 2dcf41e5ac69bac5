// signIn: email and password come in, an open session leaves, or a refusal that never tells whether
// the address exists.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let accountForSignIn = PreparedStatement(
  "SELECT account_id, password_hash, language FROM account_for_sign_in($1)")
private let openSession = PreparedStatement(
  "SELECT outcome, session_id, tenant_id FROM sign_in($1, $2, $3, $4, $5, $6, $7, $8, $9)")
private let companiesOf = PreparedStatement(
  "SELECT tenant_id, company_name FROM companies_of($1, $2)")

/// Whoever has more names one of the others by `companyId`.
private let companyChoicesMax = 500
private let upgradeHash = PreparedStatement("SELECT upgrade_password_hash($1, $2, $3)")

func signIn(_ hub: HubServices) -> Action {
  Action("signIn", changesSession: true) { input, context in
    let typed = input["email"]?.text ?? ""
    let email = emailKey(typed) ?? typed
    let language = context.facts.language
    let refused = notSignedIn(.invalidCredentials, field: ["password"], language: language)
    let found = try await context.database.write([
      hub.countedGuess(email, from: context.facts, device: input["deviceToken"]?.text),
      Query(accountForSignIn, [.text(email)]),
    ])
    try hub.requireAllowed(found[0])
    let stored = found[1].string(0, 1)
    // The hash is checked with no transaction open; sign_in compares it once more before it opens
    // the session, so that a password changed meanwhile does not let the old one in.
    guard let account = found[1].string(0, 0).flatMap({ UniqueID($0) }), let stored,
      let password = Password(typed: input["password"]?.text ?? ""),
      let hash = PasswordHash(stored: stored)
    else {
      _ = try await hub.check(
        Password(typed: input["password"]?.text ?? ""), nil, for: context.facts)
      return refused
    }
    guard try await hub.check(password, hash, for: context.facts) else { return refused }
    let wanted = input["companyId"]?.text
    if let wanted, UniqueID(wanted) == nil {
      return notSignedIn(.companyNotFound, field: ["companyId"], language: language)
    }
    let refreshToken = RefreshToken.make()
    let challenge = ChallengeToken.make()
    let opened = try await context.database.write(
      [
        Query(
          openSession,
          [
            .uuid(high: account.high, low: account.low), .text(stored), Parameter(wanted),
            .text(context.facts.userAgent), .text(context.facts.addressRange.text),
            .binary(refreshToken.hash), .binary(challenge.hash),
            Parameter(hub.lifetimes.idleSeconds), Parameter(hub.lifetimes.absoluteSeconds),
          ]),
        companies(of: account),
      ] + hub.rightGuess(of: account, from: context.facts, device: input["deviceToken"]?.text))
    if hash.needsUpgrade { await hub.upgrade(password, account, stored, context.database) }
    let delivery = input["delivery"] == .enum("COOKIE") ? TokenDelivery.cookie : .body
    if opened[0].string(0, 0) == "challenge" { return challenged(challenge) }
    return hub.outcome(
      of: opened, account, refreshToken, delivery, language: language, now: context.facts.now)
  }
}

/// The companies that a person may choose from.
func companies(of account: UniqueID) -> Query {
  Query(
    companiesOf, [.uuid(high: account.high, low: account.low), Parameter(companyChoicesMax)])
}

/// A sign-in that lacks its second factor.
private func challenged(_ token: ChallengeToken) -> ActionOutcome {
  ActionOutcome(payload: [
    "challenge": .object([
      JSONMember(name: "token", value: .string(token.text)),
      JSONMember(name: "methods", value: .array([.string("TOTP"), .string("RECOVERY_CODE")])),
    ]), "companies": .array([]),
  ])
}

extension HubServices {
  /// Hashes the password anew under today's parameters. A failure changes nothing: the next
  /// sign-in tries again.
  fileprivate func upgrade(
    _ password: Password, _ account: UniqueID, _ stored: String, _ database: ActionDatabase
  ) async {
    guard let hash = try? await passwords.hash(password) else { return }
    _ = try? await database.write([
      Query(
        upgradeHash,
        [.uuid(high: account.high, low: account.low), .text(stored), .text(hash.stored)])
    ])
  }

  /// What came of a proof that was let in; the companies stand in the second rows.
  func outcome(
    of opened: [Rows], _ account: UniqueID, _ refreshToken: RefreshToken,
    _ delivery: TokenDelivery, language: String, now: Int
  ) -> ActionOutcome {
    switch opened[0].string(0, 0) {
    case "signed_in":
      guard let session = opened[0].string(0, 1).flatMap({ UniqueID($0) }),
        let tenant = UniqueID(ofTenant: opened[0].string(0, 2))
      else { break }
      return signedIn(
        OpenSession(account: account, tenant: tenant, session: session),
        refreshToken: refreshToken, device: devices.make(for: account), delivery, now: now)
    case "choose_company":
      let companies = (0..<opened[1].rowCount).map { row in
        JSONValue.object([
          JSONMember(name: "id", value: .string(opened[1].string(row, 0) ?? "")),
          JSONMember(name: "name", value: .string(opened[1].string(row, 1) ?? "")),
        ])
      }
      return notSignedIn(
        .companyChoiceRequired, field: ["companyId"], language: language, companies: companies)
    case "not_member":
      return notSignedIn(.companyNotFound, field: ["companyId"], language: language)
    case _:
      break
    }
    // The password changed between the check and this statement.
    return notSignedIn(.invalidCredentials, field: ["password"], language: language)
  }
}
