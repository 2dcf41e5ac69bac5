// What Zapier's app asks for in a company's name comes in: who the token is of, hooks for its
// triggers, and what happened of late. A hook is a webhook like others, made by the token.

import Credentials
package import Execution
import JSON
import Postgres
import SQL

/// A trigger of the app: events that belong together.
package enum ZapierTrigger: String, CaseIterable, Sendable {
  case company, profile, solution, integration

  /// The types of its events, in order.
  var eventTypes: [String] {
    Hub.eventTypes.filter { $0.hasPrefix(rawValue + ".") }.sorted()
  }

  /// For a parameter of type text[].
  fileprivate var parameter: Parameter { .text("{" + eventTypes.joined(separator: ",") + "}") }
}

/// What became of asking for a hook.
package enum ZapierHook: Sendable, Hashable {
  case made(id: String)
  /// Nothing is sent to such an address, or there are as many hooks as there may be: in the
  /// language of the request.
  case refused(message: String)
}

private let readAccount = PreparedStatement(
  """
  SELECT json_build_object('companyId', c.tenant_id, \
  'companyName', coalesce(nullif(c.trade_name, ''), c.legal_name), 'tokenName', t.name) \
  FROM company c JOIN api_token t ON t.tenant_id = c.tenant_id AND t.id = $2 WHERE c.tenant_id = $1
  """)
private let readSamples = PreparedStatement(
  "SELECT event_samples($1, $2, $3)", parameterTypes: [2950, 1009, 16])

/// Whose the token is, as JSON: the app's test of its credentials.
package func zapierAccount(_ context: ActionContext) async throws -> [UInt8] {
  let asker = try context.company()
  let rows = try await context.read([Query(readAccount, [asker.scope.tenant, context.tokenID])])
  return Array((rows[0].string(0, 0) ?? "{}").utf8)
}

/// The latest events of a trigger, as JSON: what the app shows while somebody sets it up.
package func zapierSamples(
  _ trigger: ZapierTrigger, _ context: ActionContext
) async throws -> [UInt8] {
  let asker = try context.company()
  let tellsChanges = context.tokenScopes?.contains(Scope.eventsChangesRead.rawValue) ?? false
  let rows = try await context.read([
    Query(readSamples, [asker.scope.tenant, trigger.parameter, Parameter(tellsChanges)])
  ])
  return Array((rows[0].string(0, 0) ?? "[]").utf8)
}

extension HubServices {
  /// Lets Zapier be told of a trigger's events.
  package func subscribeZapier(
    _ trigger: ZapierTrigger, url: String, _ context: ActionContext
  ) async throws -> ZapierHook {
    let asker = try context.company()
    let spelled: String
    switch await addresses.judge(url) {
    case .good(let text): spelled = text
    case .refused(let reason):
      return .refused(
        message: WebhookRefusal.addressRefused(reason: reason).text.text(in: asker.language))
    }
    let webhook = NewWebhook(
      url: spelled, name: "Zapier: \(trigger.rawValue)", eventTypes: trigger.parameter,
      tellsChanges: context.tokenScopes?.contains(Scope.eventsChangesRead.rawValue) ?? false,
      concurrency: 1)
    switch try await make(webhook, context) {
    case .made(let id, _): return .made(id: "\(id)")
    case .refused(let refusal): return .refused(message: refusal.text.text(in: asker.language))
    }
  }
}

/// Ends a hook of the token's; false where it has none of that id.
package func unsubscribeZapier(_ id: String, _ context: ActionContext) async throws -> Bool {
  guard let id = UniqueID(id) else { return false }
  return try await deleteWebhook(id, context)
}
