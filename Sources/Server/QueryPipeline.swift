// The way of a GraphQL request, from its bytes to the bytes of its answer. Read this file first.
//
//     bytes -> parse -> validate -> plan -> one batch -> write
//
// A query stays on its event loop from end to end. What is refused on the way leaves as a
// `RequestError`, once, at the `catch` of the request's transport: HTTP or a socket.

package import Credentials
package import Execution
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON
package import NIOCore
import NIOHTTP1
package import Postgres

/// Answers GraphQL requests on one event loop. Made on that loop, and confined to it.
package final class QueryPipeline {
  private let engine: Engine
  private let reads: ReadPool
  private let database: ActionDatabase
  private let eventLoop: any EventLoop
  private var plans: PlanCache
  /// What is still to be written down of when sessions were last used.
  package var seen: SeenTimes<UniqueID>
  /// The same of partners' tokens.
  package var seenTokens: SeenTimes<PartnerKey>

  package init(
    engine: Engine, reads: ReadPool, database: ActionDatabase, eventLoop: any EventLoop
  ) {
    self.engine = engine
    self.reads = reads
    self.database = database
    self.eventLoop = eventLoop
    seen = SeenTimes(entriesMax: engine.limits.seenSessionsMax)
    seenTokens = SeenTimes(entriesMax: engine.limits.partnerTokensMax)
    plans = PlanCache(
      entriesMax: engine.limits.planCacheEntriesMax, bytesMax: engine.limits.planCacheBytesMax)
  }

  /// A partner's token was used outside of GraphQL.
  package func noteUse(of key: PartnerKey) { seenTokens.note(key) }

  /// Answers one request, exactly once.
  package func answer(_ http: HTTPRequest, _ responder: Responder) {
    answer(http, responder, looksUp: true)
  }

  /// A partner's token is admitted before anything of the request is read.
  /// - Parameter looksUp: whether a token that was not met before is looked up first.
  private func answer(_ http: HTTPRequest, _ responder: Responder, looksUp: Bool) {
    do throws(Refusal) {
      switch try engine.admitPartner(http) {
      case .other:
        answer(http, responder, partner: nil)
      case .unknown(let hash):
        guard looksUp else { throw .databaseUnavailable }
        meetPartner(hash: hash, http, responder)
      case .known(let partner, let quota):
        let responder = responder.adding(quota.fields)
        if quota.isExceeded { return refuse(.tooManyRequests(quota), http, responder) }
        answer(http, responder, partner: partner)
      }
    } catch {
      refuse(error, http, responder)
    }
  }

  /// Refuses a request of which nothing was read but its header.
  private func refuse(
    _ refusal: Refusal, _ http: HTTPRequest, _ responder: Responder, privateDetail: String? = nil
  ) {
    let mediaType = negotiateMediaType(accept: http.headers["accept"]) ?? .json
    responder.refuse(refusal, mediaType: mediaType, privateDetail: privateDetail)
  }

  private func answer(_ http: HTTPRequest, _ responder: Responder, partner: PartnerCaller?) {
    var reply = Reply.response(.json, responder)
    do throws(RequestError) {
      reply = try negotiate(http, responder)
      var request = try decode(http)
      try engine.resolve(&request)
      let caller: Caller? =
        if let partner { .partner(partner) } else { try authenticate(http) }
      let plan = try plan(request, for: caller)
      if plan.operationType == .subscription {
        reply = try .stream(eventStream(http, responder, caller))
      }
      let repeatable = try repeatable(http, request, plan, caller)
      try run(plan, request, caller, reply, Revalidation(http), repeatable) {
        engine.facts(of: http)
      }
    } catch {
      reply.refuse(error)
    }
  }

  /// Runs an operation that came over a socket; its responses go to the stream.
  func run(
    _ request: GraphQLRequest, _ caller: Caller?, _ facts: CallerFacts,
    _ stream: any ResponseStream
  ) {
    do throws(RequestError) {
      var request = request
      try checkVariables(request)
      try engine.resolve(&request)
      try run(try plan(request, for: caller), request, caller, .stream(stream)) { facts }
    } catch {
      stream.refuse(error, privateDetail: nil)
    }
  }

  private func run(
    _ plan: Plan, _ request: GraphQLRequest, _ caller: Caller?, _ reply: Reply,
    _ revalidation: Revalidation? = nil, _ repeatable: RepeatableRequest? = nil,
    facts: () -> CallerFacts
  ) throws(RequestError) {
    try admit(plan, request, caller, reply)
    switch caller {
    case .member(let member): seen.note(member.session)
    case .partner(let partner): seenTokens.note(partner.key)
    case .service, nil: break
    }
    let variables = try coerce(request, plan)
    let exchange = Exchange(
      plan: plan, variables: variables, bearer: caller?.bearer,
      shown: shown(plan, to: caller),
      reply: reply, revalidation: revalidation)
    switch (plan.operationType, reply) {
    case (.query, _): fetch(exchange)
    case (.mutation, _): perform(exchange, facts(), repeatable)
    case (.subscription, .stream(let stream)): subscribe(exchange, facts(), stream)
    case (.subscription, .response): throw .refused(.subscriptionNeedsStream)
    }
  }

  private func shown(_ plan: Plan, to caller: Caller?) -> Schema? {
    guard case .partner = caller, !plan.operation.introspectionFields.isEmpty else { return nil }
    return engine.shown(to: caller)
  }

  // MARK: Before execution

  /// JSON where it is acceptable, or else a stream of events, for any operation.
  private func negotiate(
    _ http: HTTPRequest, _ responder: Responder
  ) throws(RequestError) -> Reply {
    do throws(GraphQLHTTPError) {
      return .response(try negotiateMediaType(for: http), responder)
    } catch {
      if http.method != .HEAD, acceptsEventStream(http.headers["accept"]) {
        return .stream(EventStream(responder, limits: engine.limits, eventLoop: eventLoop))
      }
      throw .refused(error.refusal)
    }
  }

  /// The stream of a subscription over HTTP.
  private func eventStream(
    _ http: HTTPRequest, _ responder: Responder, _ caller: Caller?
  ) throws(RequestError) -> EventStream {
    guard http.method != .HEAD, acceptsEventStream(http.headers["accept"]) else {
      throw .refused(.subscriptionNeedsStream)
    }
    let stream = EventStream(responder, limits: engine.limits, eventLoop: eventLoop)
    stream.expectOpening(within: timeAmount(engine.limits.requestTimeoutSeconds))
    if let caller {
      stream.watch = watch(caller) { [weak stream] end in
        stream?.refuse(.refused(end.refusal), privateDetail: nil)
      }
    }
    return stream
  }

  /// Watches over the token of what outlives its request, and over its session.
  func watch(_ caller: Caller, onEnd: @escaping (SessionWatch.End) -> Void) -> SessionWatch {
    SessionWatch(caller, engine: engine, reads: reads, eventLoop: eventLoop, onEnd: onEnd)
  }

  /// Asks the database for a token that this process has not met, and begins again.
  private func meetPartner(hash: [UInt8], _ http: HTTPRequest, _ responder: Responder) {
    engine.meetPartner(hash: hash, database, on: eventLoop) { failure in
      guard let failure else { return self.answer(http, responder, looksUp: false) }
      self.refuse(failure.refusal, http, responder, privateDetail: failure.privateDetail)
    }
  }

  /// Who a socket is for.
  func authenticate(_ token: BearerToken) throws(Refusal) -> Caller? {
    try engine.authenticate(token)
  }

  func facts(of http: HTTPRequest) -> CallerFacts { engine.facts(of: http) }

  private func decode(_ http: HTTPRequest) throws(RequestError) -> GraphQLRequest {
    do throws(GraphQLHTTPError) {
      return try decodeGraphQLRequest(http, limits: engine.limits)
    } catch {
      throw .refused(error.refusal)
    }
  }

  /// Those that came over a socket, whose messages are bounded as a whole only.
  private func checkVariables(_ request: GraphQLRequest) throws(RequestError) {
    do throws(GraphQLHTTPError) {
      try Server.checkVariables(request, bodyBytes: .max, limits: engine.limits)
    } catch {
      throw .refused(error.refusal)
    }
  }

  private func repeatable(
    _ http: HTTPRequest, _ request: GraphQLRequest, _ plan: Plan, _ caller: Caller?
  ) throws(RequestError) -> RepeatableRequest? {
    do throws(Refusal) {
      return try engine.repeatable(http, request, plan, caller)
    } catch {
      throw .refused(error)
    }
  }

  private func authenticate(_ http: HTTPRequest) throws(RequestError) -> Caller? {
    do throws(Refusal) {
      return try engine.authenticate(http)
    } catch {
      throw .refused(error)
    }
  }

  /// The plan of the request's operation, out of the cache or made now.
  private func plan(
    _ request: GraphQLRequest, for caller: Caller?
  ) throws(RequestError) -> Plan {
    if let plan = plans.plan(document: request.query, operationName: request.operationName) {
      keep(request)
      return plan
    }
    let plan = try engine.plan(request, suggestingFrom: engine.shown(to: caller))
    plans.insert(plan, document: request.query, operationName: request.operationName)
    keep(request)
    return plan
  }

  /// Keeps a valid document under the hash that came with it.
  private func keep(_ request: GraphQLRequest) {
    guard let hash = request.isKeptUnder else { return }
    engine.persistedQueries?.keep(request.query, under: hash)
  }

  /// Refuses what this request may not ask for as a whole: a mutation by GET, a change of the
  /// session over a stream, which has no way to set its cookie, and an operation of which nothing
  /// is public without a token.
  private func admit(
    _ plan: Plan, _ request: GraphQLRequest, _ caller: Caller?, _ reply: Reply
  ) throws(RequestError) {
    if plan.operationType == .mutation {
      if !request.allowsMutation { throw .refused(.mutationByGET) }
      if case .stream = reply, !plan.sessionChanges.isEmpty {
        throw .refused(.sessionChangeOverStream)
      }
    }
    if caller == nil, plan.memberFields > 0, plan.publicFields == 0 {
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
    guard let bearer = exchange.bearer, exchange.plan.memberFields > 0 || bearer.isToBeAsked
    else {
      return write(exchange, Answers(withoutContext: exchange.variables))
    }
    let batch = ReadBatch(
      exchange.plan, variables: exchange.variables, bearer: bearer, bindings: engine.bindings)
    submit(batch, exchange, reloadsLeft: catalogueReloadsMax)
  }

  private func submit(_ batch: ReadBatch, _ exchange: Exchange, reloadsLeft: Int) {
    reads.submit(batch.batch) { result in
      switch result {
      case .failure(let error):
        exchange.refuse(error)
      case .success(let results):
        switch batch.outcome(results, exchange.variables, self.engine.bindings) {
        case .answers(let answers):
          self.write(exchange, answers)
        case .sessionEnded:
          exchange.reply.refuse(.tokenInvalid)
        case .catalogueStale:
          self.reload(batch, exchange, reloadsLeft: reloadsLeft)
        }
      }
    }
  }

  private func write(_ exchange: Exchange, _ answers: Answers) {
    exchange.answer(
      respond(
        exchange.plan, answers, bytesMax: engine.limits.responseBytesMax,
        introspecting: exchange.shown), engine)
  }

  /// The database knows a newer catalogue than memory: it is loaded, and the batch sent again.
  private func reload(_ batch: ReadBatch, _ exchange: Exchange, reloadsLeft: Int) {
    guard reloadsLeft > 0 else {
      return exchange.reply.refuse(.databaseUnavailable)
    }
    let promise = eventLoop.makePromise(of: Void.self)
    let context = engine.bindings.context
    promise.completeWithTask { try await context.reload() }
    promise.futureResult.assumeIsolated().whenComplete { result in
      switch result {
      case .success:
        self.submit(batch, exchange, reloadsLeft: reloadsLeft - 1)
      case .failure(let error):
        exchange.reply.refuse(
          .databaseUnavailable, privateDetail: "catalogue not loaded: \(error)")
      }
    }
  }

  // MARK: Mutations

  private func perform(
    _ exchange: Exchange, _ facts: CallerFacts, _ repeatable: RepeatableRequest?
  ) {
    let performance = performance(of: exchange, facts, repeatable)
    let plan = exchange.plan
    // What was begun in the database is finished; scrypt that has not begun is not done for a
    // client that has left.
    let task = Task { try await Execution.perform(plan, performance) }
    exchange.reply.onClientLeft { task.cancel() }
    let promise = eventLoop.makePromise(of: ExecutionResponse.self)
    promise.completeWithTask { try await task.value }
    promise.futureResult.assumeIsolated().whenComplete { result in
      switch result {
      case .success(let response): exchange.answer(response, self.engine)
      case .failure(let error): exchange.refuse(error)
      }
    }
  }

  private func performance(
    of exchange: Exchange, _ facts: CallerFacts, _ repeatable: RepeatableRequest? = nil
  ) -> Performance {
    Performance(
      bindings: engine.bindings, facts: facts, bearer: exchange.bearer,
      variables: exchange.variables, database: database, repeatable: repeatable)
  }

  // MARK: Subscriptions

  /// Opens the source stream off the loop; its responses leave on it, each once the client has
  /// taken the one before.
  private func subscribe(
    _ exchange: Exchange, _ facts: CallerFacts, _ stream: any ResponseStream
  ) {
    let performance = performance(of: exchange, facts)
    let plan = exchange.plan
    let eventLoop = self.eventLoop
    let bytesMax = engine.limits.responseBytesMax
    let taker = NIOLoopBound(stream, eventLoop: eventLoop)
    let task = Task {
      try await Execution.subscribe(plan, performance, bytesMax: bytesMax) {
        try? await eventLoop.submit { taker.value.open() }.get()
      } deliver: { response in
        // It fails where the client has left, and then this task is cancelled.
        try? await eventLoop.flatSubmit {
          guard response.fits(bytesMax) else {
            taker.value.refuse(.refused(.responseTooLarge), privateDetail: nil)
            return eventLoop.makeFailedFuture(StreamEnded())
          }
          return taker.value.next(response)
        }.get()
      }
    }
    stream.onEnd = { task.cancel() }
    let promise = eventLoop.makePromise(of: Void.self)
    promise.completeWithTask { try await task.value }
    promise.futureResult.assumeIsolated().whenComplete { result in
      switch result {
      case .success: stream.complete()
      case .failure(let error): exchange.refuse(error)
      }
    }
  }
}

/// Another edit may come between a reload and the batch that follows it.
private let catalogueReloadsMax = 2
