// createApiToken: a name, scopes and a time come in; a token of the company leaves, this once.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let create = PreparedStatement(
  "SELECT outcome, id FROM create_api_token($1, $2, $3, $4, $5, $6, $7, $8, $9)",
  parameterTypes: [2950, 2950, 2950, 25, 1009, 17, 1184, 23, 23])

/// An administrator may do whatever a scope opens, so that no token does more than its maker.
func createApiToken() -> Action {
  Action("createApiToken") { input, context in
    let member = try context.member()
    let name: String
    do throws(RuleViolation) {
      let bounds = TextBounds(
        charactersMax: ApiTokenLimits.nameCharactersMax,
        scalarsMax: ApiTokenLimits.nameCharactersMax)
      guard let typed = try normalizedText(input["name"]?.text ?? "", bounds) else {
        return member.refused(.required, "name")
      }
      name = typed
    } catch {
      return member.refused(error, "name")
    }
    guard let scopes = Scope.all(input["scopes"]) else {
      return member.refused(.notOffered(offered: Scope.allCases.map(\.rawValue)), "scopes")
    }
    if scopes.isEmpty { return member.refused(.required, "scopes") }
    guard member.isFresh else { return reauthenticationRequired(member) }
    let token = PartnerToken.make()
    let made = try await context.write([
      Query(
        create,
        [
          member.scope.session, member.scope.account, member.scope.tenant, .text(name),
          .text("{" + scopes.map { "\"\($0.rawValue)\"" }.joined(separator: ",") + "}"),
          .binary(token.hash), Parameter(input["expiresAt"]?.text),
          Parameter(ApiTokenLimits.tokensMax), Parameter(ApiTokenLimits.daysMax),
        ])
    ])[0]
    switch made.string(0, 0) {
    case "created": return shown(token, id: made.string(0, 1))
    case "expired", "too_long":
      return member.refused(
        .apiToken(.expiryOutOfRange(daysMax: ApiTokenLimits.daysMax)), "expiresAt")
    case "too_many":
      return member.refused(.apiToken(.tooMany(tokensMax: ApiTokenLimits.tokensMax)))
    case _: return reauthenticationRequired(member)
    }
  }
}

/// The outcome that tells a token's text, the only one that does.
func shown(_ token: PartnerToken, id: String?) -> ActionOutcome {
  ActionOutcome(payload: [
    "token": .string(token.text), "id": id.map(JSONValue.string) ?? .null,
  ])
}

extension Scope {
  /// The scopes that an input names, each once; nil where one of them is none.
  fileprivate static func all(_ input: InputValue?) -> [Scope]? {
    guard case .list(let values)? = input else { return [] }
    var named: Set<Scope> = []
    for value in values {
      guard let scope = Scope(rawValue: value.text ?? "") else { return nil }
      named.insert(scope)
    }
    return allCases.filter(named.contains)
  }
}
