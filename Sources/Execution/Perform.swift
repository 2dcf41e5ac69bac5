// A mutation's plan comes in; its root fields are performed one after the other, each in a
// transaction of its own, and its response leaves.
// Source: GraphQL specification, September 2025, section 6.2.2 (Mutation).

import GraphQLTypes
import GraphQLValidation
import JSON

/// Performs a mutation's root fields in order (section 6.2.2) and writes its response.
package func perform(
  _ plan: Plan, _ performance: Performance
) async throws(PerformError) -> ExecutionResponse {
  var facts: [ResponseFact] = []
  var writer = AnswerWriter(
    answers: Answers(withoutContext: performance.variables), schema: plan.operation.schema,
    capacity: 1024)
  writer.json.raw("{\"data\":")
  let start = writer.json.count
  writer.json.bytes.append(UInt8(ascii: "{"))
  var isFirst = true
  var written: Set<Int> = []
  var performed = 0
  var details: [String] = []
  var dataIsNull = false
  for field in plan.fields where writer.isWritten(field, &written) {
    if isFirst { isFirst = false } else { writer.json.bytes.append(UInt8(ascii: ",")) }
    writer.json.raw(field.key)
    guard case .mutation(let mutation) = field.output else {
      _ = writer.field(field, Item())
      continue
    }
    var hasValue = false
    do throws(FieldFailure) {
      if let repeatable = performance.repeatable {
        let once = try await performance.once(repeatable, field, mutation, in: plan)
        performed += 1
        facts += once.facts
        hasValue = writer.kept(once.answer)
      } else {
        let (outcome, asker) = try await performance.perform(mutation, field.requirement)
        // From here on the field's effects stand, and so does what the transport shall say of them.
        performed += 1
        facts += outcome.facts
        writer.answers = try await performance.answers(for: mutation, asker)
        hasValue = writer.payload(field, mutation, outcome)
      }
    } catch {
      guard let reason = error.reason(isFirst: performed == 0) else { throw error.whole }
      if let detail = error.detail { details.append(detail) }
      if case .refused(.rateLimited(let seconds)) = reason {
        facts.append(.retryAfter(seconds: seconds))
      }
      writer.errors.append(
        FieldError(
          reason: reason, range: field.range, reversedPath: [.name(field.responseName)]))
    }
    if hasValue { continue }
    if field.isNonNull {
      // The fields behind it are not performed (section 6.4.4).
      writer.json.truncate(to: start)
      dataIsNull = true
      break
    }
    writer.json.null()
  }
  if !dataIsNull { writer.json.bytes.append(UInt8(ascii: "}")) }
  var response = finish(&writer, dataIsNull: dataIsNull, plan: plan, facts: facts)
  if !details.isEmpty { response.detail = details.joined(separator: "; ") }
  return response
}

extension AnswerWriter {
  /// Writes the payload of a field that was performed; false where it is null.
  mutating func payload(
    _ field: PlannedField, _ mutation: PlannedMutation, _ outcome: ActionOutcome
  ) -> Bool {
    var members = outcome.payload.map { JSONMember(name: $0.key, value: $0.value) }
    members.append(
      JSONMember(name: "userErrors", value: .array(outcome.userErrors.map(\.json))))
    let errorsBefore = errors.count
    let isWritten = object(mutation.payload.fields, Item(members: members))
    for index in errorsBefore..<errors.count {
      errors[index].reversedPath.append(.name(field.responseName))
    }
    return isWritten
  }

  /// Writes what was answered to a field that is done once; false where it is null.
  fileprivate mutating func kept(_ answer: KeptAnswer) -> Bool {
    if !answer.errors.isEmpty { keptErrors.append(answer.errors) }
    guard let value = answer.value else { return false }
    json.raw(value)
    return true
  }
}

extension Performance {
  /// Performs one root field.
  fileprivate func perform(
    _ mutation: PlannedMutation, _ requirement: ScopeRequirement
  ) async throws(FieldFailure) -> (ActionOutcome, Asker) {
    let asker = try await admit(to: mutation.action.access, requirement)
    return (try await act(mutation, requirement, asker), asker)
  }

  /// Has the action of a field done by whoever was admitted to it.
  func act(
    _ mutation: PlannedMutation, _ requirement: ScopeRequirement, _ asker: Asker
  ) async throws(FieldFailure) -> ActionOutcome {
    do {
      let input = try mutation.arguments.values(variables)["input"]
      guard case .object(let object)? = input else {
        throw FieldFailure.field(.arguments("The argument \"input\" is missing."), detail: nil)
      }
      let context = actionContext(asker, mutation.action.access, requirement)
      return try await mutation.action.perform(object, context)
    } catch {
      throw FieldFailure(error)
    }
  }

  /// Reads what the payload of a field that was performed asks of the hub.
  func answers(
    for mutation: PlannedMutation, _ asker: Asker
  ) async throws(FieldFailure) -> Answers {
    guard let bearer, mutation.readsContext else {
      return Answers(withoutFetches: variables, for: asker)
    }
    return try await answers(mutation.fetches, bearer)
  }
}

extension FieldFailure {
  /// The reason of the field's error; nil where the whole request is refused, which only a field
  /// may ask for before which none was performed: what was done stays told.
  fileprivate func reason(isFirst: Bool) -> FieldError.Reason? {
    switch self {
    case .field(let reason, _): reason
    case .request(.sessionEnded): isFirst ? nil : .refused(.unauthenticated)
    case .request(.database): isFirst ? nil : .unavailable
    case .request(.refused(let refusal)): isFirst ? nil : .refused(refusal)
    case .request(.repetition(let refusal)): isFirst ? nil : .repetition(refusal)
    }
  }

  /// The refusal of the whole request.
  fileprivate var whole: PerformError {
    switch self {
    case .request(let error): error
    case .field: .sessionEnded
    }
  }

  /// For the log alone.
  fileprivate var detail: String? {
    switch self {
    case .field(_, let detail): detail
    case .request(.database(let error)): "\(error)"
    case .request(.sessionEnded), .request(.refused), .request(.repetition): nil
    }
  }
}
