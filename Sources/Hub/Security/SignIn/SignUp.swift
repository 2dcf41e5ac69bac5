// signUp: an address comes in, the same answer leaves for a new and a known one. confirmSignUp: a
// mail's link and what to make come in; person and company are there, and a session is open.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let ask = PreparedStatement("SELECT sign_up($1, $2, $3, $4, $5)")
private let confirm = PreparedStatement(
  """
  SELECT outcome, account_id, session_id, tenant_id \
  FROM confirm_sign_up($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  """)

func signUp(_ hub: HubServices) -> Action {
  Action("signUp", changesSession: true) { input, context in
    let checked: CheckedChange
    do throws(RuleViolations) {
      checked = try checkSignUp(
        email: input.text("email"), language: input.text("language"), languages: hub.languages)
    } catch {
      return noMail(error.userErrors(context.facts.language))
    }
    try await hub.countMailRequest(context)
    let limits = hub.linkLimits
    _ = try await context.database.write([
      Query(
        ask,
        [
          .text(checked.text("email")),
          .text(checked.text("language", or: context.facts.language)),
          Parameter(limits.confirmSeconds), Parameter(limits.requestsMax),
          Parameter(limits.requestWindowSeconds),
        ])
    ])
    return checkYourMail()
  }
}

func confirmSignUp(_ hub: HubServices) -> Action {
  Action("confirmSignUp", changesSession: true) { input, context in
    let language = context.facts.language
    guard let link = try await hub.openLink(input, .signUp, context.database) else {
      return notSignedIn(.linkInvalid, field: ["token"], language: language)
    }
    let versions = hub.catalogues.snapshot?.countryVersions ?? [:]
    let new: CheckedSignUp
    do throws(RuleViolations) {
      new = try checkConfirmation(
        SignUpConfirmation(input, language: language), email: link.address, versions: versions,
        languages: hub.languages)
    } catch {
      return ActionOutcome(
        payload: ["companies": .array([])], userErrors: error.userErrors(language))
    }
    let hash = try await hub.hash(new.password, for: context.facts)
    let refreshToken = RefreshToken.make()
    let made = try await context.database.write([
      Query(
        confirm,
        [link.parameter, .text(hash.stored)] + new.parameters + [
          .text(context.facts.userAgent), .text(context.facts.addressRange.text),
          .binary(refreshToken.hash),
          Parameter(hub.lifetimes.idleSeconds), Parameter(hub.lifetimes.absoluteSeconds),
        ])
    ])[0]
    guard made.string(0, 0) == "signed_in",
      let account = made.string(0, 1).flatMap({ UniqueID($0) }),
      let session = made.string(0, 2).flatMap({ UniqueID($0) }),
      let tenant = made.string(0, 3).flatMap({ UniqueID($0) })
    else {
      let violation = made.string(0, 0) == "taken" ? RuleViolation.emailTaken : .linkInvalid
      return notSignedIn(violation, field: ["token"], language: language)
    }
    return hub.signedIn(
      OpenSession(account: account, tenant: tenant, session: session), refreshToken: refreshToken,
      device: hub.devices.make(for: account),
      input["delivery"] == .enum("COOKIE") ? .cookie : .body, now: context.facts.now)
  }
}

extension HubServices {
  /// The languages that people can choose.
  fileprivate var languages: [String] { catalogues.snapshot?.languages ?? hubLanguages }
}

extension SignUpConfirmation {
  fileprivate init(_ input: InputObject, language: String) {
    self.init(
      password: input["password"]?.text ?? "", firstName: input.text("firstName"),
      lastName: input.text("lastName"), companyName: input.text("companyName"),
      countryVersion: input.text("countryVersion"), country: input.text("country"),
      language: input.text("language"))
    if case .set = self.language { return }
    self.language = .set(language)
  }
}

extension CheckedSignUp {
  /// As confirm_sign_up takes them.
  fileprivate var parameters: [Parameter] {
    [
      .text(change.text("firstName")), .text(change.text("lastName")),
      .text(change.text("country")), .text(change.text("language")),
      .text(change.text("companyName")), .text(change.text("countryVersion")),
    ]
  }
}

extension CheckedChange {
  /// The text of a field; the other one where it is empty or says nothing.
  fileprivate func text(_ name: String, or other: String = "") -> String {
    if case .text(let text)? = self[name] { text } else { other }
  }
}
