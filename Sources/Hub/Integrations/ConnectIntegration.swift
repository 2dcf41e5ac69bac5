// connectIntegration: the credentials of a company's account at an integration come in; once their
// maker has found them good, the connection leaves, with what it is set to.
//
// Four steps, and no transaction over more than one: whether the company may have it; the maker's
// verdict, over the network; the sealing; and the writing, which decides anew.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let mayConnect = PreparedStatement("SELECT may_connect($1, $2, $3, $4)")
private let countCheckStatement = PreparedStatement("SELECT count_credential_check($1, $2, $3)")
private let makeIntegrationToken = PreparedStatement(
  "SELECT make_integration_token($1, $2, $3, $4, $5, $6)")
private let connect = PreparedStatement("SELECT connect_integration($1, $2, $3, $4, $5, $6)")

func connectIntegration(_ hub: HubServices) -> Action {
  Action("connectIntegration") { input, context in
    let member = try context.company()
    let code = input["code"]?.text ?? ""
    guard let definition = hub.catalogues.snapshot?.integrations[code] else {
      return refused(.notAvailable, code, member)
    }
    if definition.makesToken, !(try context.member().isFresh) {
      return ActionOutcome(
        payload: integrationPayload(code),
        userErrors: [
          UserError(.reauthenticationRequired, field: [], language: member.language)
        ])
    }
    let (credentials, settings): (GivenValues, GivenValues)
    do throws(RuleViolations) {
      credentials = try GivenValues(
        input, "credentials", fields: definition.credentials, complete: true)
      settings = try GivenValues(input, "settings", fields: definition.settings, complete: true)
    } catch {
      return ActionOutcome(
        payload: integrationPayload(code), userErrors: error.userErrors(member.language))
    }
    let scope = member.scope
    let taxID = Parameter(credentials.taxID(definition))
    let allowed = try await context.prepare([
      Query(mayConnect, [scope.tenant, scope.account, .text(code), taxID])
    ])[0]
    if let refusal = refusal(allowed.string(0, 0), definition, member) { return refusal }
    var sealed: SealedSecret?
    if !credentials.texts.isEmpty {
      guard let keys = hub.sealing, let tenant = scope.tenantUUID else {
        return refused(.unavailableHere, code, member)
      }
      try await hub.countCheck(context)
      switch await hub.gateways.verdict(on: credentials.texts, definition.verification) {
      case .good: break
      case .refused:
        return refused(.credentialsRefused(name: definition.name), code, member, "credentials")
      case .unknown: return refused(.gatewayUnavailable(name: definition.name), code, member)
      }
      sealed = try keys.seal(
        credentials.json.jsonBytes, at: .credentials(of: tenant, integration: code))
    }
    let token = definition.makesToken ? PartnerToken.make() : nil
    let connected = try await context.write(
      [
        Query(
          connect,
          [
            scope.tenant, scope.account, .text(code), sealed.map { .binary($0.bytes) } ?? .null,
            settings.parameter, taxID,
          ])
      ] + (token.map { [makeToken($0, code, scope)] } ?? []))
    if let refusal = refusal(connected[0].string(0, 0), definition, member) { return refusal }
    var payload = integrationPayload(code)
    if let token { payload["token"] = .string(token.text) }
    return ActionOutcome(payload: payload)
  }
}

/// Behind the connection, in its transaction.
private func makeToken(_ token: PartnerToken, _ code: String, _ scope: TenantScope) -> Query {
  Query(
    makeIntegrationToken,
    [
      scope.session, scope.account, scope.tenant, .text(code), .binary(token.hash),
      Parameter(ApiTokenLimits.daysMax),
    ])
}

/// Why the database refused; nil where it did not.
private func refusal(
  _ outcome: String?, _ definition: IntegrationDefinition, _ member: RequestContext
) -> ActionOutcome? {
  switch outcome {
  case "allowed", "connected": return nil
  case "tax_id_mismatch":
    let field = definition.credentials.first(where: \.isTaxID)?.name
    return refused(
      .taxIDMismatch(name: definition.name), definition.code, member, "credentials", field)
  case _: return refused(.notAvailable, definition.code, member)
  }
}

// MARK: What all changes of integrations share

/// The payload's members; the integration itself is read afterwards, by its code.
func integrationPayload(_ code: String, consequences: JSONValue = .array([])) -> [String: JSONValue]
{
  ["code": .string(code), "consequences": consequences]
}

/// - Parameter path: where in the input; the code where there is none.
func refused(
  _ refusal: IntegrationRefusal, _ code: String, _ member: RequestContext, _ path: String?...
) -> ActionOutcome {
  let field = path.isEmpty ? ["code"] : path.compactMap { $0 }
  return ActionOutcome(
    payload: integrationPayload(code),
    userErrors: [UserError(.integration(refusal), field: field, language: member.language)])
}

extension HubServices {
  /// Counts a request that makes us ask an integration's maker.
  /// - Throws: `ActionRefusal.rateLimited` where there were too many.
  func countCheck(_ context: ActionContext) async throws {
    let tenant = try context.company().scope.tenant
    let counted = try await context.prepare([
      Query(
        countCheckStatement,
        [
          tenant, Parameter(credentialChecks.checksMax),
          Parameter(credentialChecks.windowSeconds),
        ])
    ])[0]
    if let seconds = counted.integer(0, 0) {
      throw ActionRefusal.rateLimited(retryAfterSeconds: seconds)
    }
  }
}

extension GivenValues {
  /// For a parameter of type jsonb.
  var parameter: Parameter { .text(String(decoding: json.jsonBytes, as: UTF8.self)) }
}

extension TenantScope {
  var tenantUUID: UniqueID? { tenant.uniqueID }
}

extension Parameter {
  /// Nil for what is no uuid.
  var uniqueID: UniqueID? {
    guard case .uuid(let high, let low) = self else { return nil }
    return UniqueID(high: high, low: low)
  }
}

extension SecretPlace {
  /// Where a company's credentials at an integration are sealed for.
  static func credentials(of tenant: UniqueID, integration: String) -> SecretPlace {
    SealedColumn.integrationCredentials.place(tenant: tenant, row: integration)
  }
}
