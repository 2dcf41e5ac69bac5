// What a log tells of, by name: text of a client comes in, a known type leaves.

import GraphQLTypes

/// The types of events. A client that names another has mistyped one, and would wait for ever.
let eventTypes: Set<String> = [
  "company.created", "company.updated", "company.deleted",
  "solution.activated", "solution.plan_changed", "solution.updated", "solution.deactivated",
  "solution.removed",
  "claim.reported", "claim.removed",
  "person.joined", "person.role_changed", "person.left", "profile.updated",
  "invitation.created", "invitation.sent", "invitation.updated", "invitation.accepted",
  "invitation.revoked", "invitation.removed",
  "integration.connected", "integration.updated", "integration.failed", "integration.recovered",
  "integration.disconnected",
  "api_token.created", "api_token.rotated", "api_token.revoked", "api_token.updated",
  "api_token.removed",
  "webhook.created", "webhook.updated", "webhook.secret_rotated", "webhook.disabled",
  "webhook.deleted",
  "operator.acted",
]

/// - Throws: for what is no type of an event.
func eventType(_ text: String) throws(ScalarRefusal) -> InputValue {
  guard eventTypes.contains(text) else {
    throw ScalarRefusal("there is no such type of event; the schema lists them.")
  }
  return .string(text)
}
