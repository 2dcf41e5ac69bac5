// updateWebhook, deleteWebhook, testWebhook and replayWebhook: a webhook's id comes in; it is set
// up otherwise, gone, told a test, or told once more what happened.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let update = PreparedStatement(
  "SELECT update_webhook($1, $2, $3, $4, $5, $6, $7, $8, $9)",
  parameterTypes: [2950, 2950, 2950, 25, 25, 1009, 16, 23, 16])
private let delete = PreparedStatement("SELECT delete_webhook($1, $2, $3)")
private let test = PreparedStatement("SELECT outcome, delivery FROM test_webhook($1, $2, $3)")
private let replay = PreparedStatement(
  "SELECT outcome, events FROM replay_webhook($1, $2, $3, $4, $5, $6)",
  parameterTypes: [2950, 2950, 2950, 1184, 1184, 23])

func updateWebhook(_ hub: HubServices) -> Action {
  Action("updateWebhook") { input, context in
    let asker = try context.company()
    guard let id = UniqueID(input["id"]?.text ?? "") else {
      return asker.refused(.webhook(.notFound), "id")
    }
    let settings: WebhookSettings
    do throws(FieldViolation) {
      settings = try await WebhookSettings(input, hub)
    } catch {
      return .refused(error.violation, error.field, language: asker.language)
    }
    let name: String? =
      switch settings.name {
      case .unchanged: nil
      case .cleared: ""
      case .set(let name): name
      }
    let updated = try await context.write([
      Query(
        update,
        [
          asker.scope.tenant, context.tokenID, id.parameter, Parameter(settings.url),
          Parameter(name), settings.eventTypes.parameter, Parameter(settings.eventTypes.isAll),
          Parameter(settings.concurrency), Parameter(input["enabled"]?.booleanValue),
        ])
    ])[0]
    return refusal(updated.string(0, 0), asker)
      ?? ActionOutcome(payload: ["id": .string("\(id)")])
  }
}

func deleteWebhook() -> Action {
  Action("deleteWebhook") { input, context in
    let asker = try context.company()
    guard let id = UniqueID(input["id"]?.text ?? "") else {
      return asker.refused(.webhook(.notFound), "id")
    }
    guard try await deleteWebhook(id, context) else {
      return asker.refused(.webhook(.notFound), "id")
    }
    return ActionOutcome(payload: ["id": .string("\(id)")])
  }
}

/// False where whoever asks has no such webhook.
func deleteWebhook(_ id: UniqueID, _ context: ActionContext) async throws -> Bool {
  let tenant = try context.company().scope.tenant
  let deleted = try await context.write([
    Query(delete, [tenant, context.tokenID, id.parameter])
  ])[0]
  return deleted.string(0, 0) == "deleted"
}

func testWebhook() -> Action {
  Action("testWebhook") { input, context in
    let asker = try context.company()
    guard let id = UniqueID(input["id"]?.text ?? "") else {
      return asker.refused(.webhook(.notFound), "id")
    }
    let asked = try await context.write([
      Query(test, [asker.scope.tenant, context.tokenID, id.parameter])
    ])[0]
    return refusal(asked.string(0, 0), asker)
      ?? ActionOutcome(payload: ["deliveryId": asked.string(0, 1).map(JSONValue.string) ?? .null])
  }
}

func replayWebhook() -> Action {
  Action("replayWebhook") { input, context in
    let asker = try context.company()
    guard let id = UniqueID(input["id"]?.text ?? "") else {
      return asker.refused(.webhook(.notFound), "id")
    }
    let replayed = try await context.write([
      Query(
        replay,
        [
          asker.scope.tenant, context.tokenID, id.parameter, Parameter(input["since"]?.text),
          Parameter(input["until"]?.text), Parameter(WebhookBounds.replayedEventsMax),
        ])
    ])[0]
    return refusal(replayed.string(0, 0), asker)
      ?? ActionOutcome(payload: ["events": .number("\(replayed.integer(0, 1) ?? 0)")])
  }
}

/// Why the database refused; nil where it did not.
private func refusal(_ outcome: String?, _ asker: RequestContext) -> ActionOutcome? {
  switch outcome {
  case "updated", "asked", "replayed": nil
  case "disabled": asker.refused(.webhook(.disabled), "id")
  case "under_way": asker.refused(.webhook(.testUnderWay), "id")
  case "too_many":
    asker.refused(
      .webhook(.tooManyEvents(eventsMax: WebhookBounds.replayedEventsMax)), "since")
  case _: asker.refused(.webhook(.notFound), "id")
  }
}
