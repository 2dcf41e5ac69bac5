// What an input says of a webhook comes in; it leaves checked, its address judged.

import Credentials
import Execution
import GraphQLTypes
import SQL

/// What can be set of a webhook; nil is left as it is.
struct WebhookSettings {
  enum EventTypes {
    case unchanged
    /// Of all events.
    case all
    case these([String])
  }

  let url: String?
  let name: Change<String>
  let eventTypes: EventTypes
  let concurrency: Int?

  init(_ input: InputObject, _ hub: HubServices) async throws(FieldViolation) {
    name = try Self.name(input.text("name"))
    switch input["eventTypes"] {
    case nil: eventTypes = .unchanged
    case .list(let types)?:
      let named = Set(types.compactMap(\.text))
      if named.isEmpty { throw FieldViolation(.required, field: ["eventTypes"]) }
      eventTypes = .these(named.sorted())
    case _?: eventTypes = .all
    }
    concurrency = input["concurrency"]?.intValue
    if let concurrency, !(1...WebhookBounds.concurrencyMax).contains(concurrency) {
      throw FieldViolation(
        .outOfRange(minimum: 1, maximum: WebhookBounds.concurrencyMax), field: ["concurrency"])
    }
    // Last: it may take a while.
    guard let given = input["url"]?.text else {
      url = nil
      return
    }
    switch await hub.addresses.judge(given) {
    case .good(let spelled): url = spelled
    case .refused(let reason):
      throw FieldViolation(.webhook(.addressRefused(reason: reason)), field: ["url"])
    }
  }

  private static func name(_ given: Change<String>) throws(FieldViolation) -> Change<String> {
    guard case .set(let text) = given else { return given }
    let bounds = TextBounds(
      charactersMax: WebhookBounds.nameCharactersMax, scalarsMax: WebhookBounds.nameCharactersMax)
    do throws(RuleViolation) {
      return try normalizedText(text, bounds).map(Change.set) ?? .cleared
    } catch {
      throw FieldViolation(error, field: ["name"])
    }
  }
}

extension WebhookSettings.EventTypes {
  /// For a parameter of type text[]: null for all, or for what is left as it is.
  var parameter: Parameter {
    guard case .these(let types) = self else { return nil }
    return .text("{" + types.joined(separator: ",") + "}")
  }

  var isAll: Bool { if case .all = self { true } else { false } }
}

extension UniqueID {
  var parameter: Parameter { .uuid(high: high, low: low) }
}

extension Change<String> {
  /// Nil where nothing is set.
  var value: String? { if case .set(let value) = self { value } else { nil } }
}
