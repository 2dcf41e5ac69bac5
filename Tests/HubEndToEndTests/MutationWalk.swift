// Every mutation is performed, for all that its payload can tell: as ana of Ejemplar, and as caro,
// who belongs to two companies.

import Composition
import Credentials
import GraphQLTypes
import JSON
import TestSupport

struct MutationWalk {
  let hub: TestHub
  let walk: QueryWalk

  /// Each mutation at least once, in an order in which each still can be performed.
  func perform() async throws -> [(mutation: String, answer: HubAnswer)] {
    var all: [(mutation: String, answer: HubAnswer)] = []
    func add(_ mutation: String, _ input: String, token: String?) async throws -> JSONValue {
      let answer = try await hub.ask(document(mutation, input), token: token)
      all.append((mutation, answer))
      return try answer.json["data"]?[mutation] ?? .null
    }
    let ana = hub.token(of: .ana)
    _ = try await add("updateCompany", #"revision: 1000000, tradeName: "Otro nombre""#, token: ana)
    _ = try await add("updateCompany", #"revision: 1000000, phone: "no telephone""#, token: ana)
    _ = try await add("updateCompany", #"revision: 0, tradeName: "Tercer nombre""#, token: ana)
    try await claim { try await add($0, $1, token: $2) }
    _ = try await add("updateProfile", #"revision: 1000000, displayName: "Anita""#, token: ana)
    _ = try await add("updateProfile", #"revision: 1000000, language: "xx""#, token: ana)
    let passwords = #"currentPassword: "wrong", newPassword: "una frase que no es común""#
    _ = try await add("changePassword", passwords, token: ana)
    _ = try await add("revokeSession", #"sessionId: "none""#, token: ana)
    _ = try await add("revokeOtherSessions", "clientMutationId: null", token: ana)
    _ = try await add("startGoogle", "intent: SIGN_IN", token: nil)
    _ = try await add("unlinkGoogle", #"email: "ana@ejemplar.example""#, token: ana)
    _ = try await add("confirmUnlinkGoogle", #"token: "none""#, token: nil)
    let credentials = #"email: "ana@ejemplar.example", password: "#
    _ = try await add("signIn", credentials + #""wrong""#, token: nil)
    // Without a company that was used last, who has two has to choose.
    _ = try hub.database.psql(
      "update account set last_tenant_id = null where email_key = 'caro@ejemplar.example'")
    _ = try await add(
      "signIn", #"email: "caro@ejemplar.example", password: "\#(Person.password)""#, token: nil)
    let opened = try await add("signIn", credentials + "\"\(Person.password)\"", token: nil)
    let refresh = opened["session"]?["refreshToken"]?.stringValue ?? ""
    let refreshed = try await add("refreshSession", "refreshToken: \"\(refresh)\"", token: nil)
    _ = try await add("refreshSession", #"refreshToken: "unknown""#, token: nil)
    _ = try await add(
      "switchCompany", "companyId: \"\(Person.modelo)\"", token: hub.token(of: .caro))
    let token = refreshed["session"]?["accessToken"]?.stringValue
    _ = try await add("launchSolution", #"code: "invoicing""#, token: ana)
    _ = try await add("launchSolution", #"code: "none""#, token: ana)
    _ = try await add("signOut", "clientMutationId: \"1\"", token: token)
    try await changeSolutions { try await add($0, $1, token: $2) }
    try await changeIntegrations { try await add($0, $1, token: $2) }
    try await changeWebhooks { try await add($0, $1, token: $2) }
    try await followLinks { try await add($0, $1, token: $2) }
    try await changePeople { try await add($0, $1, token: $2) }
    return all
  }

  /// What a solution knows, and who takes its word.
  private func claim(_ add: (String, String, String?) async throws -> JSONValue) async throws {
    let service = try hub.serviceToken(of: "invoicing")
    let report = #"companyId: "\#(Person.ejemplar)", reportedAt: "2026-03-01T12:00:00Z", fields: "#
    _ = try await add("reportCompany", report + #"{legalName: "Otra", phone: "none"}"#, service)
    let adopted = #"field: "legalName", revision: 1000000, source: "#
    _ = try await add("adoptClaim", adopted + #""none""#, hub.token(of: .ana))
    _ = try await add("adoptClaim", adopted + #""invoicing""#, hub.token(of: .ana))
  }

  /// The life of a new person's address, by the links of mails.
  private func followLinks(
    _ add: (String, String, String?) async throws -> JSONValue
  ) async throws {
    let nora = #"email: "nora@nueva.example""#
    _ = try await add("signUp", #"email: "none""#, nil)
    _ = try await add("signUp", nora, nil)
    let facts = #"firstName: "Nora", companyName: "Nueva", countryVersion: "PE""#
    let opened = try await add(
      "confirmSignUp",
      #"token: "\#(try hub.linkToken("sign_up"))", password: "una frase larga", \#(facts)"#, nil)
    let token = opened["session"]?["accessToken"]?.stringValue
    // Her company knows nothing yet of what an invoice bears.
    _ = try await add("activateSolution", #"code: "invoicing", plan: "pro""#, token)
    try await askTwice(token, add)
    _ = try await add("reauthenticate", #"password: "wrong""#, token)
    _ = try await add("changeEmail", #"newEmail: "none""#, token)
    _ = try await add("changeEmail", #"newEmail: "otra@nueva.example", dryRun: true"#, token)
    _ = try await add("changeEmail", #"newEmail: "otra@nueva.example""#, token)
    _ = try await add("cancelEmailChange", "clientMutationId: null", token)
    _ = try await add("changeEmail", #"newEmail: "otra@nueva.example""#, token)
    _ = try await add("lookAtLink", #"token: "none""#, nil)
    _ = try await add("lookAtLink", #"token: "\#(try hub.linkToken("change_email"))""#, nil)
    _ = try await add("confirmEmail", #"token: "none""#, nil)
    _ = try await add("confirmEmail", #"token: "\#(try hub.linkToken("change_email"))""#, nil)
    _ = try await add("undoEmailChange", #"token: "\#(try hub.linkToken("undo_email"))""#, nil)
    _ = try await add("requestPasswordReset", nora, nil)
    let reset = try hub.linkToken("reset_password")
    _ = try await add("resetPassword", #"token: "none", newPassword: "otra frase""#, nil)
    _ = try await add("resetPassword", #"token: "\#(reset)", newPassword: "otra frase""#, nil)
    _ = try await add("undoSecondFactor", #"token: "none""#, nil)
    let entered = try await add("signIn", nora + #", password: "otra frase""#, nil)
    _ = try await confirmed(entered["session"]?["accessToken"]?.stringValue, add)
    let undoing = try hub.linkToken("undo_second_factor")
    _ = try await add("undoSecondFactor", #"token: "\#(undoing)""#, nil)
  }

  /// The new person's second factor.
  private func askTwice(
    _ token: String?, _ add: (String, String, String?) async throws -> JSONValue
  ) async throws {
    let given = try await confirmed(token, add)
    guard given.count > 3 else { return }
    let password = #"password: "una frase larga""#
    _ = try await add("reauthenticate", password, token)
    _ = try await add("reauthenticate", password + #", code: "none""#, token)
    _ = try await add("reauthenticate", password + ", code: \"\(given[2])\"", token)
    _ = try await add("enrolSecondFactor", "clientMutationId: null", token)
    let credentials = #"email: "nora@nueva.example", password: "una frase larga""#
    let opened = try await add("signIn", credentials, nil)
    let challenge = opened["challenge"]?["token"]?.stringValue ?? ""
    let completing = "challenge: \"\(challenge)\", code: "
    _ = try await add("completeSignIn", completing + #""none""#, nil)
    _ = try await add("completeSignIn", completing + "\"\(given[0])\"", nil)
    _ = try await add("regenerateRecoveryCodes", #"code: "none""#, token)
    _ = try await add("disableSecondFactor", #"code: "none""#, token)
    _ = try await add("disableSecondFactor", "code: \"\(given[1])\"", token)
  }

  /// The recovery codes of a second factor, once it is confirmed.
  private func confirmed(
    _ token: String?, _ add: (String, String, String?) async throws -> JSONValue
  ) async throws -> [String] {
    let enrolled = try await add("enrolSecondFactor", "clientMutationId: null", token)
    let address = enrolled["enrolment"]?["uri"]?.stringValue ?? ""
    _ = try await add("confirmSecondFactor", #"code: "none""#, token)
    // The server's own arithmetic, held by the tables of RFC 6238 elsewhere.
    let codes = TimedCodes(secret: secret(of: address))
    let code = codes.code(of: secondsSince1970() / TimedCodes.stepSeconds)
    let confirmed = try await add("confirmSecondFactor", "code: \"\(code)\"", token)
    guard case .array(let recovery)? = confirmed["recoveryCodes"] else { return [] }
    return recovery.compactMap(\.stringValue)
  }

  /// The bytes behind `secret=`, RFC 4648, section 6.
  private func secret(of address: String) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    guard let text = address.split(separator: "secret=").last?.prefix(while: { $0 != "&" }) else {
      return []
    }
    var bits = 0
    var count = 0
    var bytes: [UInt8] = []
    for letter in text {
      bits = (bits << 5 | (letters.firstIndex(of: letter) ?? 0)) & 0xfff
      count += 5
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(bits >> count & 0xff))
    }
    return bytes
  }

  /// What Ejemplar has of the suite, and what stands in the way of changes.
  private func changeSolutions(
    _ add: (String, String, String?) async throws -> JSONValue
  ) async throws {
    let ana = hub.token(of: .ana)
    _ = try await add("activateSolution", #"code: "store", plan: "pro""#, ana)
    _ = try await add("activateSolution", #"code: "none", plan: "pro""#, ana)
    _ = try await add("deactivateSolution", #"code: "invoicing", dryRun: true"#, ana)
    _ = try await add("changePlan", #"code: "invoicing", plan: "pyme", dryRun: true"#, ana)
    _ = try await add("changePlan", #"code: "store", plan: "plus""#, ana)
    _ = try await add(
      "updateCompany",
      """
      revision: 1000000, dryRun: true,
      identification: {type: "NIT", number: "900123456", checkDigit: "8"}
      """, ana)
    _ = try await add("deactivateSolution", #"code: "store""#, ana)
    try await changeTokens(add)
  }

  /// Ejemplar's API tokens.
  private func changeTokens(
    _ add: (String, String, String?) async throws -> JSONValue
  ) async throws {
    let ana = hub.token(of: .ana)
    _ = try await add("createApiToken", #"name: "", scopes: []"#, ana)
    let made = try await add("createApiToken", #"name: "A", scopes: ["people:read"]"#, ana)
    let id = "id: \"\(made["id"]?.stringValue ?? "")\""
    _ = try await add("rotateApiToken", #"id: "none""#, ana)
    _ = try await add("rotateApiToken", id, ana)
    _ = try await add("revokeApiToken", #"id: "none""#, ana)
    _ = try await add("revokeApiToken", id, ana)
  }

  /// Ejemplar's webhooks, of an address at which nobody listens.
  private func changeWebhooks(
    _ add: (String, String, String?) async throws -> JSONValue
  ) async throws {
    let ana = hub.token(of: .ana)
    _ = try await add("createWebhook", #"url: "https://10.0.0.1/""#, ana)
    let made = try await add("createWebhook", #"url: "http://127.0.0.1:10009/hooks""#, ana)
    for id in [#"id: "none""#, #"id: "\#(made["id"]?.stringValue ?? "")""#] {
      _ = try await add("updateWebhook", id + #", name: "A""#, ana)
      _ = try await add("rotateWebhookSecret", id, ana)
      _ = try await add("testWebhook", id, ana)
      _ = try await add("replayWebhook", id + #", since: "2026-01-01T00:00:00Z""#, ana)
      _ = try await add("deleteWebhook", id, ana)
    }
  }

  /// Ejemplar's integrations; the demo's have no credentials that could be found good.
  private func changeIntegrations(
    _ add: (String, String, String?) async throws -> JSONValue
  ) async throws {
    let ana = hub.token(of: .ana)
    let set = #"code: "payu", settings: [{name: "minimumAmount", value: "#
    _ = try await add("updateIntegrationSettings", set + #""20000"}]"#, ana)
    _ = try await add("updateIntegrationSettings", set + #""none"}]"#, ana)
    _ = try await add("checkIntegration", #"code: "payu""#, ana)
    _ = try await add("disconnectIntegration", #"code: "payu", dryRun: true"#, ana)
    _ = try await add("disconnectIntegration", #"code: "zapier""#, ana)
    _ = try await add("connectIntegration", #"code: "zapier""#, ana)
    _ = try await add("connectIntegration", #"code: "none""#, ana)
  }

  /// Who belongs to Ejemplar, and who was asked to.
  private func changePeople(
    _ add: (String, String, String?) async throws -> JSONValue
  ) async throws {
    let ana = hub.token(of: .ana)
    let caro = "personId: \"\(Person.caro.account)\""
    _ = try await add("changeRole", caro + #", role: "none""#, ana)
    let roles = #"[{solution: "pos", role: "accountant"}]"#
    _ = try await add("changeRole", caro + ", role: \"assistant\", solutionRoles: \(roles)", ana)
    _ = try await add("removePerson", #"personId: "none""#, ana)
    _ = try await add("invitePerson", #"email: "none", role: "seller""#, ana)
    _ = try await add("invitePerson", #"email: "eva@nueva.example", role: "seller""#, ana)
    _ = try await add("acceptInvitation", #"token: "none""#, nil)
    let token = #"token: "\#(try hub.linkToken("invitation"))""#
    let facts = #", firstName: "Eva", password: "una frase larga", country: "CO""#
    _ = try await add("acceptInvitation", token + facts, nil)
    _ = try await add("resendInvitation", #"invitationId: "none""#, ana)
    _ = try await add("revokeInvitation", #"invitationId: "none""#, ana)
    _ = try await add("leaveCompany", "clientMutationId: null", hub.token(of: .caro))
    _ = try await add("exportMyData", "clientMutationId: null", ana)
    _ = try hub.database.psql(
      "update session set authenticated_at = '2026-01-01' where id = '\(Person.luis.session)'")
    _ = try await add("exportMyData", "clientMutationId: null", hub.token(of: .luis))
    _ = try await add("deleteAccount", #"email: "none""#, ana)
    _ = try await add("deleteAccount", #"email: "ana@ejemplar.example""#, ana)
  }

  private func document(_ mutation: String, _ input: String) -> String {
    let field = walk.schema.mutationType?.field(named: mutation)
    let selection = field.map { walk.selection(of: $0.type) } ?? ""
    return "mutation { \(mutation)(input: {\(input)})\(selection) }"
  }
}
