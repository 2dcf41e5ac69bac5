// A decoded request comes in; the plan of its operation, and its coerced variables, leave. Refused
// here: a document that is no GraphQL, breaks a rule, or has no such operation.

import Execution
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON

extension Engine {
  /// Parses, validates and plans the operation that a request names.
  /// - Parameter shown: what names are suggested from; nil for the whole schema.
  func plan(
    _ request: GraphQLRequest, suggestingFrom shown: Schema? = nil
  ) throws(RequestError) -> Plan {
    let clock = PlanClock(limits)
    let document = try parsed(request.query)
    try clock.check()
    let valid = try validated(document, suggestingFrom: shown)
    try clock.check()
    let operation: ValidOperation
    do throws(OperationSelectionError) {
      operation = try valid.operation(named: request.operationName)
    } catch {
      throw .document(
        DocumentRefusal(
          code: .operationResolutionFailure, items: [.init(message: error.message)]))
    }
    try checkLimits(operation)
    try checkIntrospection(operation)
    let plan: Plan
    do throws(PlanError) {
      plan = try Execution.plan(operation, bindings: resolvedBindings)
    } catch {
      // The agreements are checked at start-up, so this is a fault of ours, not of the request.
      throw .refused(.internalFault)
    }
    try clock.check()
    try checkSessionChanges(plan)
    return plan
  }

  private func checkLimits(_ operation: ValidOperation) throws(RequestError) {
    let breaches = operation.breaches(limits)
    if breaches.isEmpty { return }
    let location = LineIndex(operation.source).location(of: operation.operation.range)
    throw .document(
      DocumentRefusal(
        code: .limitExceeded,
        items: breaches.map { breach in
          DocumentRefusal.Item(
            message: breach.message, locations: [location], limit: breach.limit)
        }))
  }

  private func checkIntrospection(_ operation: ValidOperation) throws(RequestError) {
    if documents.allowsIntrospection { return }
    let fields = operation.introspectionFields
    if fields.isEmpty { return }
    let lines = LineIndex(operation.source)
    throw .document(
      DocumentRefusal(
        code: .introspectionDisabled,
        items: fields.map { field in
          DocumentRefusal.Item(
            message: "Introspection is off here: \"\(field.name.value)\" is not answered.",
            locations: [lines.location(of: field.range)])
        }))
  }

  /// A second field that opens, changes or ends the session would be another guess at a password
  /// for the price of one request, or leave it open whose cookie the answer sets.
  private func checkSessionChanges(_ plan: Plan) throws(RequestError) {
    let changes = plan.sessionChanges
    guard changes.count > 1 else { return }
    let lines = LineIndex(plan.operation.source)
    throw .document(
      DocumentRefusal(
        code: .validationFailed,
        items: [
          DocumentRefusal.Item(
            message: "At most one field of a document may open, change or end the session.",
            locations: changes.map(lines.location(of:)), rule: "LoneSessionChange")
        ]))
  }

  private func parsed(_ text: String) throws(RequestError) -> Document {
    let source = Source(text)
    do throws(SyntaxError) {
      return try parse(
        source,
        limits: ParseLimits(tokensMax: limits.tokensMax, depthMax: limits.parserDepthMax))
    } catch {
      let location = LineIndex(source).location(of: error.range)
      var item = DocumentRefusal.Item(message: error.message, locations: [location])
      switch error {
      case .malformed:
        throw .document(DocumentRefusal(code: .parseFailed, items: [item]))
      case .limitExceeded(let limit, _, _):
        item.limit = LimitName(limit)
        throw .document(DocumentRefusal(code: .limitExceeded, items: [item]))
      }
    }
  }

  private func validated(
    _ document: Document, suggestingFrom shown: Schema?
  ) throws(RequestError) -> ValidDocument {
    do throws(ValidationErrors) {
      return try validate(
        document, against: schema,
        limits: ValidationLimits(
          errorsMax: limits.validationErrorsMax, stepsMax: limits.validationStepsMax,
          // The rule's figure is the first that is refused.
          introspectionDepthMax: limits.introspectionListsMax + 1,
          suggestsNames: documents.suggestsNames),
        suggestingFrom: shown)
    } catch {
      throw .document(DocumentRefusal(error, LineIndex(document.source)))
    }
  }

  /// Coerces the request's variables for its operation.
  func coerce(
    _ variables: JSONValue, for plan: Plan
  ) throws(RequestError) -> VariableValues {
    if plan.operation.variables.isEmpty { return VariableValues() }
    do throws(CoercionErrors) {
      return try coerceVariableValues(
        plan.operation.operation.variableDefinitions, variables, schema: schema,
        errorsMax: limits.validationErrorsMax)
    } catch {
      let lines = LineIndex(plan.operation.source)
      var refusal = DocumentRefusal(
        code: .badUserInput,
        items: error.errors.map { error in
          DocumentRefusal.Item(
            message: error.message, locations: error.range.map { [lines.location(of: $0)] } ?? [])
        })
      // One more than may be told says that there were more.
      if refusal.items.count > limits.validationErrorsMax, let last = refusal.items.indices.last {
        refusal.items[last].limit = .validationErrorsMax
        refusal.items[last].code = .limitExceeded
      }
      throw .document(refusal)
    }
  }
}

extension DocumentRefusal {
  /// The errors of validation; what is a limit's rather than a rule's is told as one.
  fileprivate init(_ errors: ValidationErrors, _ lines: LineIndex) {
    items = errors.errors.map { error in
      var item = Item(
        message: error.message, locations: error.locations.map(lines.location(of:)),
        rule: error.rule)
      guard let limit = error.limit else { return item }
      item.limit = LimitName(limit)
      item.code = .limitExceeded
      item.rule = nil
      return item
    }
    code = items.allSatisfy { $0.code == .limitExceeded } ? .limitExceeded : .validationFailed
  }
}

extension LimitName {
  /// The limit of the server that the parser was given.
  fileprivate init(_ limit: ParseLimitName) {
    self =
      switch limit {
      case .bytesMax: .bodyBytesMax
      case .tokensMax: .tokensMax
      case .depthMax: .parserDepthMax
      }
  }

  /// The limit of the server that the validation was given.
  fileprivate init(_ limit: ValidationLimitName) {
    self =
      switch limit {
      case .errorsMax: .validationErrorsMax
      case .stepsMax: .validationStepsMax
      case .introspectionDepthMax: .introspectionListsMax
      }
  }
}

/// The time that one document may take until it is planned.
private struct PlanClock {
  private let end: ContinuousClock.Instant
  private let seconds: Double

  init(_ limits: Limits) {
    seconds = limits.planTimeoutSeconds
    end = .now + .seconds(seconds)
  }

  /// Between two stages; each of them is bounded by counts of its own.
  func check() throws(RequestError) {
    if .now < end { return }
    throw .document(
      DocumentRefusal(
        code: .limitExceeded,
        items: [
          DocumentRefusal.Item(
            message: "The document took more than \(seconds) seconds to plan.",
            limit: .planTimeoutSeconds)
        ]))
  }
}
