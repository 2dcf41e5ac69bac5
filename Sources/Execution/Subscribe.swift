// A subscription's plan comes in; its source stream is opened, and a response leaves for each
// event. Who subscribes is read again with every event, so that a session that ended or a role that
// was taken away hold at once.
// Source: GraphQL specification, September 2025, section 6.2.3 (Subscription).

import GraphQLTypes
import GraphQLValidation
import JSON

/// Opens the source stream of a subscription and answers its events until it ends.
/// - Parameters:
///   - bytesMax: where writing one response ends.
///   - opened: called once the source stream is open.
///   - deliver: takes one response; returns when the subscriber can take the next.
/// - Throws: why the stream could not be opened, or why it ended before its end.
package func subscribe(
  _ plan: Plan, _ performance: Performance, bytesMax: Int = .max,
  opened: @Sendable () async -> Void = {}, deliver: @Sendable (ExecutionResponse) async -> Void
) async throws(FieldFailure) {
  // Validation lets one root field through, unconditional and no meta-field (section 5.2.4.1).
  guard let field = plan.fields.first, case .subscription(let subscription) = field.output else {
    throw .field(.failed, detail: "the plan has no subscription")
  }
  let source = subscription.source
  let asker = try await performance.admit(to: source.access, field.requirement)
  do {
    let arguments = try subscription.arguments.values(performance.variables)
    let events = try await source.open(
      arguments, performance.actionContext(asker, source.access, field.requirement))
    await opened()
    for try await event in events {
      let answers = try await performance.answers(for: subscription, field.requirement)
      await deliver(respond(plan, to: event, of: subscription, answers, bytesMax: bytesMax))
    }
  } catch {
    throw FieldFailure(error)
  }
}

/// Executes the subscription's selection set with an event (section 6.2.3.2).
private func respond(
  _ plan: Plan, to event: JSONValue, of subscription: PlannedSubscription, _ answers: Answers,
  bytesMax: Int
) -> ExecutionResponse {
  var writer = AnswerWriter(
    answers: answers, schema: plan.operation.schema, capacity: 1024, bytesMax: bytesMax)
  writer.json.raw("{\"data\":")
  let item = Item(members: [JSONMember(name: subscription.source.field, value: event)])
  let written = writer.object(plan.fields, item)
  var response = finish(&writer, dataIsNull: !written, plan: plan, facts: [])
  response.isTooLong = writer.overflows()
  return response
}

extension Performance {
  /// Reads what an event's response asks of the hub, and whether it may still be given.
  fileprivate func answers(
    for subscription: PlannedSubscription, _ requirement: ScopeRequirement
  ) async throws(FieldFailure) -> Answers {
    let access = subscription.source.access
    guard let bearer, access != .anyone || subscription.readsContext else {
      return Answers(withoutContext: variables)
    }
    let answers = try await answers(subscription.fetches, bearer)
    if let refusal = answers.asker.refusal(access, requirement) {
      throw .field(refusal, detail: nil)
    }
    return answers
  }
}
