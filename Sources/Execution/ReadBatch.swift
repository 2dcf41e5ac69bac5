// A plan, its variables and a verified scope come in; one batch leaves: the tenant, the context,
// then one flat statement a section. It is one network round trip and one implicit transaction.

package import GraphQLTypes
package import Postgres
import SQL

/// The batch of a read, and which of its results belongs to which fetch of the plan.
package struct ReadBatch: Sendable {
  package let batch: Batch
  /// What the batch's results are for a fetch.
  private enum Slot {
    /// The position in the results.
    case result(Int)
    /// The condition does not hold: nothing was asked.
    case nothing
    /// The arguments are refused: the field's error, and nothing was asked.
    case refused(CoercionError)
  }

  /// By the fetch's slot.
  private let slots: [Slot]

  /// `set_config` and the context stand before the first section.
  private static let contextIndex = 1

  /// The batch of a query.
  package init(
    _ plan: Plan, variables: VariableValues, scope: TenantScope, context: ContextBinding
  ) {
    self.init(plan.fetches, variables: variables, scope: scope, context: context)
  }

  /// The batch that asks for nothing but the context: does the session live?
  package init(scope: TenantScope, context: ContextBinding) {
    self.init([], variables: VariableValues(), scope: scope, context: context)
  }

  init(
    _ fetches: [Fetch], variables: VariableValues, scope: TenantScope, context: ContextBinding
  ) {
    var queries = [
      scope.setting,
      Query(context.section.statement, context.section.values(scope, [:])),
    ]
    queries.reserveCapacity(fetches.count + 2)
    var slots: [Slot] = []
    slots.reserveCapacity(fetches.count)
    for fetch in fetches {
      guard fetch.condition.isAlways || fetch.condition.holds(variables) else {
        slots.append(.nothing)
        continue
      }
      do {
        let arguments = try fetch.section.usesArguments ? fetch.arguments.values(variables) : [:]
        slots.append(.result(queries.count))
        queries.append(Query(fetch.section.statement, fetch.section.values(scope, arguments)))
      } catch {
        slots.append(.refused(error))
      }
    }
    batch = Batch(queries)
    self.slots = slots
  }

  /// What the batch's results are for the plan.
  package enum Outcome {
    case answers(Answers)
    /// The token is good, and its session or membership is no more.
    case sessionEnded
    /// The database knows a newer catalogue than memory.
    case catalogueStale
  }

  /// Reads the context out of the results and hands the rest to their fetches.
  package func outcome(
    _ results: [Rows], _ variables: VariableValues, _ scope: TenantScope,
    _ binding: ContextBinding
  ) -> Outcome {
    guard results.count > Self.contextIndex, results[Self.contextIndex].rowCount == 1 else {
      return .sessionEnded
    }
    let row = ContextRow(rows: results[Self.contextIndex], section: binding.section)
    guard let catalogue = binding.view(row) else { return .catalogueStale }
    let context = RequestContext(
      scope: scope, row: row, role: row[binding.roleColumn] ?? "", catalogue: catalogue)
    let fetched = slots.map { slot -> Answers.Fetched in
      switch slot {
      case .result(let index): index < results.count ? .rows(results[index]) : .nothing
      case .nothing: .nothing
      case .refused(let error): .refused(error)
      }
    }
    return .answers(Answers(fetched: fetched, context: context, variables: variables))
  }
}

extension TenantScope {
  /// The statement that every batch begins with. The third argument `true` ends the setting with
  /// the implicit transaction: it can never reach the next batch on the connection.
  var setting: Query {
    Query(setScope, [tenant, account, session])
  }
}

private let setScope = PreparedStatement(
  """
  SELECT set_config('app.tenant_id', $1, true), set_config('app.account_id', $2, true), \
  set_config('app.session_id', $3, true)
  """, parameterTypes: [25, 25, 25])

extension Section {
  var usesArguments: Bool {
    parameters.contains { source in
      if case .argument = source { true } else { false }
    }
  }

  /// The values of the statement's parameters.
  func values(_ scope: TenantScope, _ arguments: [String: InputValue]) -> [Parameter] {
    parameters.map { source in
      switch source {
      case .tenant: scope.tenant
      case .account: scope.account
      case .session: scope.session
      case .argument(let name): Parameter(arguments[name]?.text)
      }
    }
  }
}
