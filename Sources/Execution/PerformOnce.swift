// A root field of a mutation that may be sent again comes in; it is performed and its answer kept
// in one transaction, or the answer that is kept leaves.

import GraphQLValidation
import JSON
import Postgres

/// The answer to a field that is done once.
struct OnceAnswer {
  let answer: KeptAnswer
  let facts: [ResponseFact]
}

extension Performance {
  /// Performs a field unless it was performed before. An action that looks or asks others first
  /// does so by `ActionContext.prepare`; what it writes, what its payload reads and the answer are
  /// one transaction.
  func once(
    _ request: RepeatableRequest, _ field: PlannedField, _ mutation: PlannedMutation,
    in plan: Plan
  ) async throws(FieldFailure) -> OnceAnswer {
    guard let sealing = bindings.answerSealing else {
      throw .field(.failed, detail: "answers cannot be sealed")
    }
    let action = mutation.action
    let asker = try await admit(to: action.access, field.requirement)
    guard let scope = asker.context?.scope, scope.isInTenant else {
      throw .field(.withoutTenant, detail: nil)
    }
    let place = KeptAnswerPlace(scope, request, field: field.responseName)
    if let answer = try await answered(place, request, sealing, scope) { return answer }
    let once = database.from(facts.origin)
      .claiming(place.claim, as: scope, access: action.access, field.requirement)
    var inside = self
    inside.database = once.database
    do {
      let outcome = try await inside.act(mutation, field.requirement, asker)
      // What an action refuses without a statement is an answer too.
      try await once.transaction.open()
      var writer = AnswerWriter(
        answers: try await inside.answers(for: mutation, asker), schema: plan.operation.schema,
        capacity: 1024)
      let kept = try writer.answer(to: field, mutation, outcome, in: plan)
      let bytes = kept.bytes
      guard bytes.count <= request.answerBytesMax else {
        throw FieldFailure.request(.repetition(.tooLarge))
      }
      let sealed = try sealing.seal(bytes, place)
      _ = try await once.transaction.execute([place.keep(sealed, bodyDigest: request.bodyDigest)])
      try await once.transaction.commit()
      database.hasCommitted(scope)
      return OnceAnswer(answer: kept, facts: outcome.facts)
    } catch {
      await once.transaction.rollback()
      let failure = FieldFailure(error)
      guard case .request(.database(let error)) = failure else { throw failure }
      if error.isUnderWay { throw .request(.repetition(.underWay)) }
      if error.isAnswered, let answer = try await answered(place, request, sealing, scope) {
        return answer
      }
      throw failure
    }
  }

  /// What was answered before; nil where nothing was.
  private func answered(
    _ place: KeptAnswerPlace, _ request: RepeatableRequest, _ sealing: AnswerSealing,
    _ scope: TenantScope
  ) async throws(FieldFailure) -> OnceAnswer? {
    do {
      let found = try await database.read([place.find], as: scope)[0]
      guard found.rowCount == 1 else { return nil }
      guard Array(found.bytes(0, 0)) == request.bodyDigest else {
        throw FieldFailure.request(.repetition(.reused))
      }
      guard let kept = KeptAnswer(bytes: try sealing.open(Array(found.bytes(0, 1)), place)) else {
        throw FieldFailure.field(.failed, detail: "a kept answer is none")
      }
      return OnceAnswer(answer: kept, facts: [.replayed])
    } catch {
      throw FieldFailure(error)
    }
  }
}

extension AnswerWriter {
  /// The answer to a field that was performed.
  /// - Throws: where it could not be answered: then it shall not have been done.
  fileprivate mutating func answer(
    to field: PlannedField, _ mutation: PlannedMutation, _ outcome: ActionOutcome, in plan: Plan
  ) throws(FieldFailure) -> KeptAnswer {
    let hasValue = payload(field, mutation, outcome)
    if let fault = errors.first(where: \.reason.isFault) {
      throw .field(fault.reason, detail: "the payload of \(mutation.action.field)")
    }
    return KeptAnswer(
      value: hasValue ? json.bytes : nil, errors: errorText(of: errors, in: plan))
  }
}

extension FieldError.Reason {
  /// Whether it may be another answer the next time.
  fileprivate var isFault: Bool {
    switch self {
    case .nullForNonNull, .unfit, .failed, .unavailable, .refused, .repetition: true
    case .forbidden, .withoutTenant, .scopeRequired, .arguments: false
    }
  }
}
