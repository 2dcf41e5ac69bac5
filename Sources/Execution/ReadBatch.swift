// A plan, its variables and who bears the token come in; one batch leaves: the tenant, who asks,
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
  private let bearer: Bearer
  /// Where among the results the row of who asks stands.
  private let askerIndex: Int

  /// The batch of a query.
  package init(_ plan: Plan, variables: VariableValues, bearer: Bearer, bindings: Bindings) {
    self.init(plan.fetches, variables: variables, bearer: bearer, bindings: bindings)
  }

  /// The batch that asks for nothing but who asks: does the session live?
  package init(bearer: Bearer, bindings: Bindings) {
    self.init([], variables: VariableValues(), bearer: bearer, bindings: bindings)
  }

  init(_ fetches: [Fetch], variables: VariableValues, bearer: Bearer, bindings: Bindings) {
    var queries = bearer.askingWho(bindings)
    askerIndex = queries.count - 1
    self.bearer = bearer
    queries.reserveCapacity(fetches.count + queries.count)
    var slots: [Slot] = []
    slots.reserveCapacity(fetches.count)
    for fetch in fetches {
      guard fetch.section.parameters.allSatisfy(bearer.has),
        fetch.condition.isAlways || fetch.condition.holds(variables)
      else {
        slots.append(.nothing)
        continue
      }
      do {
        let arguments = try fetch.section.usesArguments ? fetch.arguments.values(variables) : [:]
        slots.append(.result(queries.count))
        queries.append(Query(fetch.section.statement, fetch.section.values(bearer, arguments)))
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
    /// The token is good by itself, and its session or membership is no more; or it is a program's
    /// token that is unknown, over or revoked.
    case sessionEnded
    /// The database knows a newer catalogue than memory.
    case catalogueStale
  }

  /// Reads who asks out of the results and hands the rest to their fetches.
  package func outcome(
    _ results: [Rows], _ variables: VariableValues, _ bindings: Bindings
  ) -> Outcome {
    guard results.count > askerIndex, results[askerIndex].rowCount == 1 else {
      return .sessionEnded
    }
    let asker: Asker
    switch bearer {
    case .member(let scope):
      let binding = bindings.context
      let row = ContextRow(rows: results[askerIndex], section: binding.section)
      guard let catalogue = binding.view(row) else { return .catalogueStale }
      asker = .member(
        RequestContext(
          scope: scope, row: row, role: row[binding.roleColumn] ?? "", catalogue: catalogue))
    case .partner(let partner):
      guard let binding = bindings.partner else { return .sessionEnded }
      let row = ContextRow(rows: results[askerIndex], section: binding.section)
      guard let catalogue = bindings.context.view(row) else { return .catalogueStale }
      let context = RequestContext(
        scope: partner.scope, row: row, role: "", catalogue: catalogue)
      asker = .partner(PartnerContext(context: context, scopes: partner.scopes))
    case .service(let service):
      let binding = bindings.service
      let row = ContextRow(rows: results[askerIndex], section: binding.section)
      guard let solution = row[binding.solutionColumn] else { return .sessionEnded }
      asker = .service(ServiceContext(bearer: service, solution: solution))
    }
    let fetched = slots.map { slot -> Answers.Fetched in
      switch slot {
      case .result(let index): index < results.count ? .rows(results[index]) : .nothing
      case .nothing: .nothing
      case .refused(let error): .refused(error)
      }
    }
    return .answers(Answers(fetched: fetched, asker: asker, variables: variables))
  }
}

extension Bearer {
  /// The statements in front of every other one; the last of them answers one row of who asks. A
  /// service has no tenant: none is set, and no policy lets a row of any company through.
  fileprivate func askingWho(_ bindings: Bindings) -> [Query] {
    switch self {
    case .member(let scope):
      let section = bindings.context.section
      return [scope.setting, Query(section.statement, section.values(self, [:]))]
    case .partner(let partner):
      guard let section = bindings.partner?.section else { return [partner.scope.setting] }
      return [partner.scope.setting, Query(section.statement, section.values(self, [:]))]
    case .service:
      let section = bindings.service.section
      return [Query(section.statement, section.values(self, [:]))]
    }
  }

  /// Whether what a section asks for can be said of this bearer: a member's section is not asked
  /// for a service, nor the other way round. The field itself is refused while it is written.
  fileprivate func has(_ source: ParameterSource) -> Bool {
    switch (source, self) {
    case (.argument, _), (.tenant, .member), (.account, .member), (.session, .member),
      (.serviceToken, .service), (.tenant, .partner), (.partnerToken, .partner),
      (.partnerTokenHash, .partner), (.partnerLanguage, .partner):
      true
    case (.tenant, .service), (.account, .service), (.session, .service),
      (.serviceToken, .member), (.account, .partner), (.session, .partner),
      (.serviceToken, .partner), (.partnerToken, _), (.partnerTokenHash, _),
      (.partnerLanguage, _):
      false
    }
  }

  fileprivate func value(of source: ParameterSource, _ arguments: [String: InputValue])
    -> Parameter
  {
    switch (source, self) {
    case (.argument(let name), _): Parameter(arguments[name]?.parameterText)
    case (.tenant, .member(let scope)): scope.tenant
    case (.account, .member(let scope)): scope.account
    case (.session, .member(let scope)): scope.session
    case (.serviceToken, .service(let service)): service.tokenHash
    case (.tenant, .partner(let partner)): partner.scope.tenant
    case (.partnerToken, .partner(let partner)): partner.scope.token?.id ?? nil
    case (.partnerTokenHash, .partner(let partner)): partner.scope.token?.hash ?? nil
    case (.partnerLanguage, .partner(let partner)): .text(partner.language)
    case (.tenant, .service), (.account, .service), (.session, .service),
      (.serviceToken, .member), (.account, .partner), (.session, .partner),
      (.serviceToken, .partner), (.partnerToken, _), (.partnerTokenHash, _),
      (.partnerLanguage, _):
      nil
    }
  }
}

extension TenantScope {
  /// The statement that every batch begins with. The third argument `true` ends the setting with
  /// the implicit transaction: it can never reach the next batch on the connection.
  var setting: Query {
    guard let token else { return Query(setScope, [tenant, account, session]) }
    return Query(setPartner, [tenant, .text(token.language), token.id])
  }
}

private let setScope = PreparedStatement(
  """
  SELECT set_config('app.tenant_id', $1, true), set_config('app.account_id', $2, true), \
  set_config('app.session_id', $3, true)
  """, parameterTypes: [25, 25, 25])

/// No person: what is somebody's own is nobody's here.
private let setPartner = PreparedStatement(
  """
  SELECT set_config('app.tenant_id', $1, true), set_config('app.account_id', '', true), \
  set_config('app.session_id', '', true), set_config('app.language', $2, true), \
  set_config('app.token_id', $3, true)
  """, parameterTypes: [25, 25, 25])

extension Section {
  var usesArguments: Bool {
    parameters.contains { source in
      if case .argument = source { true } else { false }
    }
  }

  /// The values of the statement's parameters.
  fileprivate func values(
    _ bearer: Bearer, _ arguments: [String: InputValue]
  ) -> [Parameter] {
    parameters.map { bearer.value(of: $0, arguments) }
  }
}

extension InputValue {
  /// The value as PostgreSQL reads it: a list as the text of an array; nil for null and for what no
  /// parameter of a section can be.
  package var parameterText: String? {
    switch self {
    case .string(let text), .enum(let text): text
    case .int(let number): String(number)
    case .boolean(let flag): flag ? "true" : "false"
    case .list(let values):
      "{" + values.map { $0.parameterText?.arrayElement ?? "NULL" }.joined(separator: ",") + "}"
    case .null, .float, .object: nil
    }
  }
}

extension String {
  /// As an element of the text of an array (PostgreSQL, section 8.15.6).
  fileprivate var arrayElement: String {
    "\"" + map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
