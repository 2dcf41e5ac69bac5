// A plan, its variables and a verified scope come in; one batch leaves: the tenant, the context,
// then one flat statement a section. It is one network round trip and one implicit transaction.

package import GraphQLTypes
package import Postgres
import SQL

/// The batch of a read, and which of its results belongs to which fetch of the plan.
package struct ReadBatch: Sendable {
  package let batch: Batch
  /// The position in the batch's results, by the fetch's slot; nil where its condition fails.
  private let slots: [Int?]

  /// `set_config` and the context stand before the first section.
  private static let contextIndex = 1

  /// The batch of a query.
  /// - Throws: where an argument cannot be coerced with these variables.
  package init(
    _ plan: Plan, variables: VariableValues, scope: TenantScope, context: ContextBinding
  ) throws(CoercionError) {
    try self.init(plan.fetches, variables: variables, scope: scope, context: context)
  }

  init(
    _ fetches: [Fetch], variables: VariableValues, scope: TenantScope, context: ContextBinding
  ) throws(CoercionError) {
    var queries = [
      scope.setting,
      Query(context.section.statement, context.section.values(scope, [:])),
    ]
    queries.reserveCapacity(fetches.count + 2)
    var slots: [Int?] = []
    slots.reserveCapacity(fetches.count)
    for fetch in fetches {
      guard fetch.condition.isAlways || fetch.condition.holds(variables) else {
        slots.append(nil)
        continue
      }
      slots.append(queries.count)
      let arguments = try fetch.section.usesArguments ? fetch.arguments.values(variables) : [:]
      queries.append(Query(fetch.section.statement, fetch.section.values(scope, arguments)))
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
    let rows = slots.map { slot in slot.flatMap { $0 < results.count ? results[$0] : nil } }
    return .answers(Answers(rows: rows, context: context, variables: variables))
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
