// A decoded request comes in; the plan of its operation, and its coerced variables, leave. Refused
// here: a document that is no GraphQL, breaks a rule, or has no such operation.

import Execution
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON

extension Engine {
  /// Parses, validates and plans the operation that a request names.
  func plan(_ request: GraphQLRequest) throws(RequestError) -> Plan {
    let document = try parsed(request.query)
    let valid = try validated(document)
    let operation: ValidOperation
    do throws(OperationSelectionError) {
      operation = try valid.operation(named: request.operationName)
    } catch {
      throw .document(
        DocumentRefusal(
          code: .operationResolutionFailure, items: [.init(message: error.message)]))
    }
    let plan: Plan
    let breaches = operation.breaches(limits)
    if !breaches.isEmpty {
      let location = LineIndex(operation.source).location(of: operation.operation.range)
      throw .document(
        DocumentRefusal(
          code: .limitExceeded,
          items: breaches.map { breach in
            DocumentRefusal.Item(
              message: breach.message, locations: [location], limit: breach.limit)
          }))
    }
    do throws(PlanError) {
      plan = try Execution.plan(operation, bindings: bindings)
    } catch {
      // The agreements are checked at start-up, so this is a fault of ours, not of the request.
      throw .refused(.internalFault)
    }
    try checkSessionChanges(plan)
    return plan
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
        item.limit = limit == "tokensMax" ? .tokensMax : .parserDepthMax
        throw .document(DocumentRefusal(code: .limitExceeded, items: [item]))
      }
    }
  }

  private func validated(_ document: Document) throws(RequestError) -> ValidDocument {
    do throws(ValidationErrors) {
      return try validate(
        document, against: schema,
        limits: ValidationLimits(errorsMax: limits.validationErrorsMax))
    } catch {
      let lines = LineIndex(document.source)
      throw .document(
        DocumentRefusal(
          code: .validationFailed,
          items: error.errors.map { error in
            DocumentRefusal.Item(
              message: error.message, locations: error.locations.map(lines.location(of:)),
              rule: error.rule)
          }))
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
      throw .document(
        DocumentRefusal(
          code: .badUserInput,
          items: error.errors.map { error in
            DocumentRefusal.Item(
              message: error.message, locations: error.range.map { [lines.location(of: $0)] } ?? [])
          }))
    }
  }
}
