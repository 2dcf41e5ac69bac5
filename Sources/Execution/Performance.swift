// The way of a mutation and of a subscription to the database: who asks is admitted to a root
// field, and what its payload shows is read, both in batches that begin with the request's context.

package import GraphQLTypes
package import Postgres

/// What performing needs of the house: the way to the database and to the request's context.
package struct Performance: Sendable {
  package let bindings: Bindings
  package let facts: CallerFacts
  /// Nil where no token came along.
  package let bearer: Bearer?
  package let variables: VariableValues
  var database: ActionDatabase
  /// Nil where the request came without a key.
  let repeatable: RepeatableRequest?

  package init(
    bindings: Bindings, facts: CallerFacts, bearer: Bearer?, variables: VariableValues,
    database: ActionDatabase, repeatable: RepeatableRequest? = nil
  ) {
    self.repeatable = repeatable
    self.bindings = bindings
    self.facts = facts
    self.bearer = bearer
    self.variables = variables
    self.database = database
  }
}

/// A mutation that was refused as a whole, before any field was performed.
package enum PerformError: Error, Sendable {
  /// The token is valid and its session, or the membership, is no more; or it is a program's token
  /// that is none of ours any more.
  case sessionEnded
  case database(DatabaseError)
  /// More was asked for than may be had now: too many guesses, or more work than there is room for.
  case refused(ActionRefusal)
  /// It is not done, or not told again, under its key.
  case repetition(RepetitionRefusal)
}

/// Why a root field was not performed or subscribed to: an error of the field, or of the whole
/// request.
package enum FieldFailure: Error {
  case field(FieldError.Reason, detail: String?)
  case request(PerformError)

  /// Sorts what the domain or the database threw.
  init(_ error: any Error) {
    switch error {
    case let failure as FieldFailure:
      self = failure
    case let refusal as ActionRefusal:
      switch refusal {
      case .rateLimited, .overloaded: self = .request(.refused(refusal))
      case .unauthenticated, .forbidden: self = .field(.refused(refusal), detail: nil)
      }
    case let error as CoercionError:
      self = .field(.arguments(error.message), detail: nil)
    case let error as DatabaseError:
      self = .request(.database(error))
    case _:
      self = .field(.failed, detail: "\(error)")
    }
  }
}

extension Performance {
  /// Reads who asks, and refuses where a root field with this access is not theirs.
  /// - Parameter requirement: what a partner's token needs; without one it is for people.
  /// - Returns: nobody for a field that is anyone's.
  package func admit(
    to access: Access, _ requirement: ScopeRequirement = .closed
  ) async throws(FieldFailure) -> Asker {
    if access == .anyone { return .nobody }
    guard let bearer else { throw .field(.refused(.unauthenticated), detail: nil) }
    let asker = try await answers([], bearer).asker
    if let refusal = asker.refusal(access, requirement) { throw .field(refusal, detail: nil) }
    return asker
  }

  /// What an action or a source is given.
  package func actionContext(
    _ asker: Asker, _ access: Access, _ requirement: ScopeRequirement = .closed
  ) -> ActionContext {
    let database = database.from(facts.origin)
    return ActionContext(
      asker: asker, facts: facts, database: database, access: access, requirement: requirement
    ) {
      actionContext(try await admit(to: .people), .people)
    }
  }

  /// Who asks as they are now, and the rows of these fetches, in one batch.
  func answers(
    _ fetches: [Fetch], _ bearer: Bearer
  ) async throws(FieldFailure) -> Answers {
    // As in the query pipeline: another edit may come behind the reload.
    for mayReload in [true, true, false] {
      do {
        let batch = ReadBatch(fetches, variables: variables, bearer: bearer, bindings: bindings)
        let results = try await database.read(batch.batch)
        switch batch.outcome(results, variables, bindings) {
        case .answers(let answers): return answers
        case .sessionEnded: throw FieldFailure.request(.sessionEnded)
        case .catalogueStale: if mayReload { try await bindings.context.reload() }
        }
      } catch {
        throw FieldFailure(error)
      }
    }
    throw .field(.unavailable, detail: "the catalogue stays older than the database's")
  }
}
