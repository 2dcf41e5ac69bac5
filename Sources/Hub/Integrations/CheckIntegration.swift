// checkIntegration: a connection comes in; it leaves as it is found to be: in order, or in ERROR
// with the reason beside it. No transaction is open while its maker is asked.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let connection = PreparedStatement(
  """
  SELECT o.is_offered, credentials_to_check($1, o.integration) FROM integrations_of($1, $2) o \
  WHERE o.integration = $3 AND o.is_connected
  """)
private let noteCheck = PreparedStatement("SELECT note_check($1, $2, $3, $4, $5)")

func checkIntegration(_ hub: HubServices) -> Action {
  Action("checkIntegration") { input, context in
    let member = try context.company()
    let code = input["code"]?.text ?? ""
    let scope = member.scope
    let found = try await context.prepare([
      Query(connection, [scope.tenant, scope.account, .text(code)])
    ])[0]
    guard found.rowCount == 1, let definition = hub.catalogues.snapshot?.integrations[code] else {
      return refused(.notConnected, code, member)
    }
    guard found.boolean(0, 0) == true else { return refused(.notAvailable, code, member) }
    let envelope = found.string(0, 1).flatMap { decodeBase64($0, .standard) }
    try await hub.countCheck(context)
    let checked = try await hub.check(envelope, definition, scope)
    _ = try await context.write([
      Query(
        noteCheck,
        [
          scope.tenant, .text(code), envelope.map { .binary($0) } ?? .null,
          Parameter(checked.failure?.rawValue), Parameter(checked.taxID),
        ])
    ])
    return ActionOutcome(payload: integrationPayload(code))
  }
}

/// Why a connection is not in order, as `integration_failure` has it.
private enum Failure: String {
  case credentialsRefused = "CREDENTIALS_REFUSED"
  case gatewayUnavailable = "GATEWAY_UNAVAILABLE"
  /// There are none, as behind an import, or none that any key opens.
  case credentialsMissing = "CREDENTIALS_MISSING"
}

extension HubServices {
  fileprivate func check(
    _ envelope: [UInt8]?, _ definition: IntegrationDefinition, _ scope: TenantScope
  ) async throws -> (failure: Failure?, taxID: String?) {
    guard definition.credentials.contains(where: \.isRequired) else { return (nil, nil) }
    guard let credentials = try open(envelope, definition, scope) else {
      return (.credentialsMissing, nil)
    }
    let failure: Failure? =
      switch await gateways.verdict(on: credentials.texts, definition.verification) {
      case .good: nil
      case .refused: .credentialsRefused
      case .unknown: .gatewayUnavailable
      }
    return (failure, credentials.taxID(definition))
  }

  private func open(
    _ envelope: [UInt8]?, _ definition: IntegrationDefinition, _ scope: TenantScope
  ) throws -> GivenValues? {
    guard let sealed = envelope.flatMap({ SealedSecret(bytes: $0) }), let keys = sealing,
      let tenant = scope.tenantUUID
    else { return nil }
    do throws(SealError) {
      let place = SecretPlace.credentials(of: tenant, integration: definition.code)
      return GivenValues(sealed: try keys.open(sealed, at: place))
    } catch {
      guard case .fault = error else { return nil }
      throw error
    }
  }
}
