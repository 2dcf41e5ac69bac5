// In whose name a request is answered: what its token says comes in, and with the first row that
// the database answers it becomes who asks. No row, nobody: 401.

package import SQL

/// Whose token came with a request, as far as the token itself says. Nothing that is not public can
/// be read without one.
package enum Bearer: Sendable {
  /// A person in a company.
  case member(TenantScope)
  /// The backend of a solution: no person, no session and no company.
  case service(ServiceBearer)
}

/// A service token of the right shape; whether it is one of ours is for the database to say.
package struct ServiceBearer: Sendable, Hashable {
  /// What the database finds the token by, as it is bound to statements.
  package let tokenHash: Parameter

  package init(tokenHash: Parameter) { self.tokenHash = tokenHash }
}

/// How the engine reads whose a service token is: one row for a token that is good now.
package struct ServiceBinding: Sendable {
  package var section: Section
  /// The column that holds the solution's code.
  package var solutionColumn: String

  package init(section: Section, solutionColumn: String) {
    self.section = section
    self.solutionColumn = solutionColumn
  }
}

/// The solution whose backend asks, as the database knows it now.
package struct ServiceContext: Sendable {
  package let bearer: ServiceBearer
  /// The solution's code.
  package let solution: String
}

/// Who asks, as the database knows them now.
package enum Asker: Sendable {
  /// Nobody that was asked for.
  case nobody
  case member(RequestContext)
  case service(ServiceContext)

  var member: RequestContext? {
    switch self {
    case .member(let context): context
    case .nobody, .service: nil
    }
  }

  /// Why they may not have a field with that access.
  func refusal(of access: Access) -> FieldError.Reason {
    switch (self, access) {
    case (.nobody, _): .refused(.unauthenticated)
    case (.member(let context), .members), (.member(let context), .roles):
      context.scope.isInTenant ? .forbidden : .withoutTenant
    case (.member, _), (.service, _): .forbidden
    }
  }

  /// Whether they may have a field with that access.
  package func may(_ access: Access) -> Bool {
    switch (access, self) {
    case (.nobody, _): false
    case (.anyone, _), (.people, .member), (.services, .service): true
    case (.members, .member(let context)): context.scope.isInTenant
    case (.roles(let roles), .member(let context)):
      context.scope.isInTenant && roles.contains(context.role)
    case (.people, .nobody), (.people, .service), (.members, .nobody), (.members, .service),
      (.roles, .nobody), (.roles, .service), (.services, .nobody), (.services, .member):
      false
    }
  }
}
