// createWebhook and rotateWebhookSecret: what to tell whom comes in; the webhook's secret leaves,
// this once.

package import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let create = PreparedStatement(
  "SELECT create_webhook($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
  parameterTypes: [2950, 2950, 2950, 2950, 25, 25, 1009, 16, 23, 17, 23])
private let rotate = PreparedStatement("SELECT rotate_webhook_secret($1, $2, $3, $4, $5)")

/// What a token makes is the token's: it ends with it, and is told no more than it may read.
func createWebhook(_ hub: HubServices) -> Action {
  Action("createWebhook") { input, context in
    let asker = try context.company()
    let settings: WebhookSettings
    do throws(FieldViolation) {
      settings = try await WebhookSettings(input, hub)
    } catch {
      return .refused(error.violation, error.field, language: asker.language)
    }
    guard let url = settings.url else { return asker.refused(.required, "url") }
    let mayTell = context.tokenScopes?.contains(Scope.eventsChangesRead.rawValue) ?? true
    let tellsChanges = input["tellsChanges"]?.booleanValue ?? mayTell
    guard mayTell || !tellsChanges else { throw ActionRefusal.forbidden }
    let webhook = NewWebhook(
      url: url, name: settings.name.value, eventTypes: settings.eventTypes.parameter,
      tellsChanges: tellsChanges, concurrency: settings.concurrency ?? 1)
    switch try await hub.make(webhook, context) {
    case .made(let id, let secret): return shown(secret, of: id)
    case .refused(let refusal): return asker.refused(.webhook(refusal))
    }
  }
}

/// A webhook whose address was judged.
struct NewWebhook {
  let url: String
  let name: String?
  /// Of type text[]; null: all.
  let eventTypes: Parameter
  let tellsChanges: Bool
  let concurrency: Int
}

enum MadeWebhook {
  case made(UniqueID, WebhookSecret)
  case refused(WebhookRefusal)
}

extension HubServices {
  /// Keeps a webhook, in the name of whoever asks.
  func make(_ webhook: NewWebhook, _ context: ActionContext) async throws -> MadeWebhook {
    let asker = try context.company()
    let secret = WebhookSecret.make()
    let id = UniqueID.random()
    guard let sealed = try seal(secret, of: id, asker) else { return .refused(.unavailableHere) }
    let made = try await context.write([
      Query(
        create,
        [
          asker.scope.tenant, asker.scope.account, context.tokenID, id.parameter,
          .text(webhook.url), Parameter(webhook.name), webhook.eventTypes,
          Parameter(webhook.tellsChanges), Parameter(webhook.concurrency), sealed,
          Parameter(WebhookBounds.webhooksMax),
        ])
    ])[0]
    return made.string(0, 0) == "created"
      ? .made(id, secret) : .refused(.tooMany(webhooksMax: WebhookBounds.webhooksMax))
  }
}

func rotateWebhookSecret(_ hub: HubServices) -> Action {
  Action("rotateWebhookSecret") { input, context in
    let asker = try context.company()
    let hours = input["overlapHours"]?.intValue ?? 0
    guard (0...WebhookBounds.overlapHoursMax).contains(hours) else {
      return asker.refused(
        .outOfRange(minimum: 0, maximum: WebhookBounds.overlapHoursMax), "overlapHours")
    }
    guard let id = UniqueID(input["id"]?.text ?? "") else {
      return asker.refused(.webhook(.notFound), "id")
    }
    let secret = WebhookSecret.make()
    guard let sealed = try hub.seal(secret, of: id, asker) else {
      return asker.refused(.webhook(.unavailableHere))
    }
    let rotated = try await context.write([
      Query(
        rotate,
        [
          asker.scope.tenant, context.tokenID, id.parameter, sealed, Parameter(hours * 3600),
        ])
    ])[0]
    guard rotated.string(0, 0) == "rotated" else {
      return asker.refused(.webhook(.notFound), "id")
    }
    return shown(secret, of: id)
  }
}

/// The outcome that tells a webhook's secret, the only one that does.
private func shown(_ secret: WebhookSecret, of id: UniqueID) -> ActionOutcome {
  ActionOutcome(payload: ["id": .string("\(id)"), "secret": .string(secret.text)])
}

extension HubServices {
  /// Nil where this server has no keys for it.
  fileprivate func seal(
    _ secret: WebhookSecret, of webhook: UniqueID, _ asker: RequestContext
  ) throws -> Parameter? {
    guard let keys = sealing, let tenant = asker.scope.tenantUUID else { return nil }
    let place = SealedColumn.webhookSecrets.place(tenant: tenant, row: "\(webhook)")
    return .binary(try keys.seal(secret.bytes, at: place).bytes)
  }

  /// The secrets of a webhook out of their envelopes, those that open.
  /// - Parameter sealed: the present one first.
  package func webhookSecrets(
    _ sealed: [[UInt8]], tenant: UniqueID, webhook: UniqueID
  ) -> [WebhookSecret] {
    let place = SealedColumn.webhookSecrets.place(tenant: tenant, row: "\(webhook)")
    return sealed.compactMap { envelope in
      guard let keys = sealing, let sealed = SealedSecret(bytes: envelope),
        let bytes = try? keys.open(sealed, at: place)
      else { return nil }
      return WebhookSecret(bytes: bytes)
    }
  }
}
