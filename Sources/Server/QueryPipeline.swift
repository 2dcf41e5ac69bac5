// The way of a GraphQL request, from its bytes to the bytes of its answer. Read this file first.
//
//     bytes -> parse -> validate -> plan -> one batch -> write
//
// A query stays on its event loop from end to end. What is refused on the way leaves as a
// `RequestError`, once, at the one `catch` below.

package import Execution
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON
package import NIOCore
package import Postgres

/// Answers GraphQL requests on one event loop. Made on that loop, and confined to it.
package final class QueryPipeline {
  private let engine: Engine
  private let reads: ReadPool
  private let database: ActionDatabase
  private let eventLoop: any EventLoop
  private var plans: PlanCache

  package init(
    engine: Engine, reads: ReadPool, database: ActionDatabase, eventLoop: any EventLoop
  ) {
    self.engine = engine
    self.reads = reads
    self.database = database
    self.eventLoop = eventLoop
    plans = PlanCache(
      entriesMax: engine.limits.planCacheEntriesMax, bytesMax: engine.limits.planCacheBytesMax)
  }

  /// Answers one request, exactly once.
  package func answer(_ http: HTTPRequest, _ responder: Responder) {
    var mediaType = ResponseMediaType.json
    do throws(RequestError) {
      mediaType = try negotiate(http)
      let request = try decode(http)
      let scope = try authenticate(http)
      let plan = try plan(request)
      try admit(plan, request, scope)
      let variables = try coerce(request, plan)
      let exchange = Exchange(
        plan: plan, variables: variables, scope: scope, mediaType: mediaType,
        responder: responder)
      switch plan.operationType {
      case .query: fetch(exchange)
      case .mutation: perform(exchange, engine.facts(of: http))
      case .subscription: throw .refused(.subscriptionOverHTTP)
      }
    } catch {
      responder.refuse(error, mediaType)
    }
  }

  // MARK: Before execution

  private func negotiate(_ http: HTTPRequest) throws(RequestError) -> ResponseMediaType {
    do throws(GraphQLHTTPError) {
      return try negotiateMediaType(for: http)
    } catch {
      throw .refused(error.refusal)
    }
  }

  private func decode(_ http: HTTPRequest) throws(RequestError) -> GraphQLRequest {
    do throws(GraphQLHTTPError) {
      return try decodeGraphQLRequest(http, limits: engine.limits)
    } catch {
      throw .refused(error.refusal)
    }
  }

  private func authenticate(_ http: HTTPRequest) throws(RequestError) -> TenantScope? {
    do throws(Refusal) {
      return try engine.authenticate(http)
    } catch {
      throw .refused(error)
    }
  }

  /// The plan of the request's operation, out of the cache or made now.
  private func plan(_ request: GraphQLRequest) throws(RequestError) -> Plan {
    if let plan = plans.plan(document: request.query, operationName: request.operationName) {
      return plan
    }
    let plan = try engine.plan(request)
    plans.insert(plan, document: request.query, operationName: request.operationName)
    return plan
  }

  /// Refuses what this request may not ask for as a whole: a mutation by GET, and an operation of
  /// which nothing is public without a token.
  private func admit(
    _ plan: Plan, _ request: GraphQLRequest, _ scope: TenantScope?
  ) throws(RequestError) {
    if plan.operationType == .mutation, !request.allowsMutation { throw .refused(.mutationByGET) }
    if scope == nil, plan.memberFields > 0, plan.publicFields == 0 {
      throw .refused(.tokenMissing)
    }
  }

  private func coerce(
    _ request: GraphQLRequest, _ plan: Plan
  ) throws(RequestError) -> VariableValues {
    try engine.coerce(request.variables, for: plan)
  }

  // MARK: Queries

  /// Sends the query's batch; its answer is written when the batch's Sync has come.
  private func fetch(_ exchange: Exchange) {
    guard let scope = exchange.scope, exchange.plan.memberFields > 0 else {
      return write(exchange, Answers(withoutContext: exchange.variables))
    }
    let batch = ReadBatch(
      exchange.plan, variables: exchange.variables, scope: scope,
      context: engine.bindings.context)
    submit(batch, scope, exchange, reloadsLeft: catalogueReloadsMax)
  }

  private func submit(
    _ batch: ReadBatch, _ scope: TenantScope, _ exchange: Exchange, reloadsLeft: Int
  ) {
    reads.submit(batch.batch) { result in
      switch result {
      case .failure(let error):
        exchange.responder.refuse(error, exchange.mediaType)
      case .success(let results):
        switch batch.outcome(results, exchange.variables, scope, self.engine.bindings.context) {
        case .answers(let answers):
          self.write(exchange, answers)
        case .sessionEnded:
          exchange.responder.refuse(.tokenInvalid, mediaType: exchange.mediaType)
        case .catalogueStale:
          self.reload(batch, scope, exchange, reloadsLeft: reloadsLeft)
        }
      }
    }
  }

  private func write(_ exchange: Exchange, _ answers: Answers) {
    exchange.answer(
      respond(exchange.plan, answers, bytesMax: engine.limits.responseBytesMax), engine)
  }

  /// The database knows a newer catalogue than memory: it is loaded, and the batch sent again.
  private func reload(
    _ batch: ReadBatch, _ scope: TenantScope, _ exchange: Exchange, reloadsLeft: Int
  ) {
    guard reloadsLeft > 0 else {
      return exchange.responder.refuse(.databaseUnavailable, mediaType: exchange.mediaType)
    }
    let promise = eventLoop.makePromise(of: Void.self)
    let context = engine.bindings.context
    promise.completeWithTask { try await context.reload() }
    promise.futureResult.assumeIsolated().whenComplete { result in
      switch result {
      case .success:
        self.submit(batch, scope, exchange, reloadsLeft: reloadsLeft - 1)
      case .failure(let error):
        exchange.responder.refuse(
          .databaseUnavailable, mediaType: exchange.mediaType,
          privateDetail: "catalogue not loaded: \(error)")
      }
    }
  }

  // MARK: Mutations

  private func perform(_ exchange: Exchange, _ facts: CallerFacts) {
    let performance = Performance(
      bindings: engine.bindings, facts: facts, scope: exchange.scope,
      variables: exchange.variables, database: database)
    let plan = exchange.plan
    let promise = eventLoop.makePromise(of: ExecutionResponse.self)
    promise.completeWithTask { try await Execution.perform(plan, performance) }
    promise.futureResult.assumeIsolated().whenComplete { result in
      switch result {
      case .success(let response): exchange.answer(response, self.engine)
      case .failure(let error): exchange.responder.refuse(error, exchange.mediaType)
      }
    }
  }
}

/// A request may meet the reload that began before the edit it knows of, and then needs the next.
private let catalogueReloadsMax = 2
