// A request outside of GraphQL enters and is admitted like a mutation's root field, by the same
// token and the same context row; what its action answers leaves. Refused here: a token that is not
// valid, a session that has ended, a member without the role.

package import Execution
import GraphQLTypes
package import NIOCore
package import NIOHTTP1
import Postgres

/// Makes the routes of one event loop that act like mutations do. The action itself runs off the
/// loop, and decides again in the database what its context said.
package struct ActionRoutes {
  package typealias Act =
    @Sendable (HTTPRequest, ActionContext) async throws -> HTTPResponse

  private let engine: Engine
  private let database: ActionDatabase
  private let eventLoop: any EventLoop
  /// Told which partner's token was used.
  private let noteUse: (PartnerKey) -> Void

  package init(
    engine: Engine, database: ActionDatabase, eventLoop: any EventLoop,
    noteUse: @escaping (PartnerKey) -> Void = { _ in }
  ) {
    self.engine = engine
    self.database = database
    self.eventLoop = eventLoop
    self.noteUse = noteUse
  }

  /// - Parameter act: may throw a `Refusal` of its own, or what actions throw.
  package func route(
    _ method: HTTPMethod, _ path: String, access: Access, body: BodyLimit? = nil,
    cors: CORS? = nil, act: @escaping Act
  ) -> Route {
    Route(method, path, body: body, cors: cors) { request, responder in
      do throws(Refusal) {
        let caller = try engine.authenticate(request)
        if caller == nil, access != .anyone { throw .tokenMissing }
        run(request, performance(caller, request), access, .closed, responder, act)
      } catch {
        responder.refuse(error)
      }
    }
  }

  /// A route for partners' programs alone, whose token needs a scope.
  /// - Parameter act: as of `route`.
  package func partnerRoute(
    _ method: HTTPMethod, _ path: String, scope: String, act: @escaping Act
  ) -> Route {
    Route(method, path) { request, responder in
      admit(request, responder, looksUp: true) { partner, responder in
        let performance = performance(.partner(partner), request)
        run(request, performance, .members, .scope(scope), responder, act)
      }
    }
  }

  /// As GraphQL's requests are: counted, and looked up first where the token was not met before.
  private func admit(
    _ request: HTTPRequest, _ responder: Responder, looksUp: Bool,
    then goOn: @escaping (PartnerCaller, Responder) -> Void
  ) {
    do throws(Refusal) {
      switch try engine.admitPartner(request) {
      case .other:
        throw try engine.authenticate(request) == nil ? .tokenMissing : .tokenInvalid
      case .known(let partner, let quota):
        let responder = responder.adding(quota.fields)
        if quota.isExceeded { return responder.refuse(.tooManyRequests(quota)) }
        noteUse(partner.key)
        goOn(partner, responder)
      case .unknown(let hash):
        guard looksUp else { throw .databaseUnavailable }
        engine.meetPartner(hash: hash, database, on: eventLoop) { failure in
          guard let failure else { return admit(request, responder, looksUp: false, then: goOn) }
          responder.refuse(failure.refusal, privateDetail: failure.privateDetail)
        }
      }
    } catch {
      responder.refuse(error)
    }
  }

  private func performance(_ caller: Caller?, _ request: HTTPRequest) -> Performance {
    Performance(
      bindings: engine.bindings, facts: engine.facts(of: request), bearer: caller?.bearer,
      variables: VariableValues(), database: database)
  }

  private func run(
    _ request: HTTPRequest, _ performance: Performance, _ access: Access,
    _ requirement: ScopeRequirement, _ responder: Responder, _ act: @escaping Act
  ) {
    let promise = eventLoop.makePromise(of: HTTPResponse.self)
    promise.completeWithTask {
      let asker = try await performance.admit(to: access, requirement)
      return try await act(request, performance.actionContext(asker, access, requirement))
    }
    promise.futureResult.assumeIsolated().whenComplete { result in
      switch result {
      case .success(let response): responder.respond(response)
      case .failure(let refusal as Refusal): responder.refuse(refusal)
      case .failure(let error):
        let failure = Failure(error)
        responder.refuse(failure.refusal, privateDetail: failure.privateDetail)
      }
    }
  }
}

/// What a failure of the domain or the database is to a client, and what only the log may know.
package struct Failure {
  package let refusal: Refusal
  package let privateDetail: String?

  package init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self.init(refusal: refusal)
    case PerformError.sessionEnded, FieldFailure.request(.sessionEnded),
      ActionRefusal.unauthenticated:
      self.init(refusal: .tokenInvalid)
    case PerformError.database(let error), FieldFailure.request(.database(let error)):
      self.init(refusal: Refusal(of: error), error.privateDetail)
    case let error as DatabaseError:
      self.init(refusal: Refusal(of: error), error.privateDetail)
    case FieldFailure.field(let reason, let detail):
      self.init(refusal: Refusal(of: reason), detail)
    case PerformError.repetition(let refusal), FieldFailure.request(.repetition(let refusal)):
      self.init(refusal: Refusal(of: .repetition(refusal)))
    case PerformError.refused(let refusal), FieldFailure.request(.refused(let refusal)),
      let refusal as ActionRefusal:
      self.init(refusal: Refusal(of: .refused(refusal)))
    case _:
      self.init(refusal: .internalFault, "\(error)")
    }
  }

  private init(refusal: Refusal, _ privateDetail: String? = nil) {
    self.refusal = refusal
    self.privateDetail = privateDetail
  }
}
