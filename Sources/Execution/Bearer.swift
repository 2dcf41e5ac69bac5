// In whose name a request is answered: what its token says comes in, and with the first row that
// the database answers it becomes who asks. No row, nobody: 401.

package import Postgres
package import SQL

/// Whose token came with a request, as far as the token itself says. Nothing that is not public can
/// be read without one.
package enum Bearer: Sendable {
  /// A person in a company.
  case member(TenantScope)
  /// The backend of a solution: no person, no session and no company.
  case service(ServiceBearer)
  /// A partner's program in a company: no person and no session.
  case partner(PartnerBearer)

  /// Whether the database is asked whether the token is good though nothing of the hub is read:
  /// what introspection shows is this token's own.
  package var isToBeAsked: Bool { if case .partner = self { true } else { false } }
}

/// A service token of the right shape; whether it is one of ours is for the database to say.
package struct ServiceBearer: Sendable, Hashable {
  /// What the database finds the token by, as it is bound to statements.
  package let tokenHash: Parameter

  package init(tokenHash: Parameter) { self.tokenHash = tokenHash }
}

/// A partner's token with what never changes of it; whether it is good now is for the database to
/// say, in each batch.
package struct PartnerBearer: Sendable, Hashable {
  package let scope: TenantScope
  /// What it opens, by the names of `ScopeRequirement`.
  package let scopes: Set<String>
  /// The language that its request asked for.
  package let language: String

  /// - Parameters:
  ///   - tenant: whose token it is, as the database said.
  ///   - token: its id there.
  ///   - hash: what the database finds it by.
  package init(
    tenant: Parameter, token: Parameter, hash: Parameter, scopes: Set<String>, language: String
  ) {
    scope = TenantScope(
      tenant: tenant, token: TokenProof(id: token, hash: hash, language: language))
    self.scopes = scopes
    self.language = language
  }
}

/// How the engine reads a partner's token.
package struct PartnerBinding: Sendable {
  /// Whether it is good now: one row where it is, which has the columns that `ContextBinding.view`
  /// reads.
  package var section: Section
  /// What never changes of it, by its hash: `tenant_id`, `token_id`, and `scopes` with spaces
  /// between them; one row where it is good now.
  package var identification: Section

  package init(section: Section, identification: Section) {
    self.section = section
    self.identification = identification
  }
}

/// What never changes of a partner's token.
package struct PartnerIdentity: Sendable, Hashable {
  /// The uuids, as PostgreSQL writes them.
  package let tenant: String
  package let token: String
  package let scopes: Set<String>
}

extension ActionDatabase {
  /// Looks a partner's token up that this process has not met; nil where it is not good now.
  package func identify(
    hash: Parameter, _ binding: PartnerBinding
  ) async throws(DatabaseError) -> PartnerIdentity? {
    let section = binding.identification
    let rows = try await read(Batch([Query(section.statement, [hash])]))
    guard let row = rows.first, row.rowCount == 1 else { return nil }
    func text(_ column: String) -> String? {
      section.position(of: column).flatMap { row.string(0, $0) }
    }
    guard let tenant = text("tenant_id"), let token = text("token_id"),
      let scopes = text("scopes")
    else { return nil }
    return PartnerIdentity(
      tenant: tenant, token: token, scopes: Set(scopes.split(separator: " ").map(String.init)))
  }
}

/// The partner's program that asks, as the database knows it now.
package struct PartnerContext: Sendable {
  /// Without a person: its role is empty.
  package let context: RequestContext
  package let scopes: Set<String>
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
  case partner(PartnerContext)

  /// Of whoever asks in a company.
  var context: RequestContext? {
    switch self {
    case .member(let context): context
    case .partner(let partner): partner.context
    case .nobody, .service: nil
    }
  }

  /// What a partner's token opens; nil for whoever needs no scopes.
  var scopes: Set<String>? {
    if case .partner(let partner) = self { partner.scopes } else { nil }
  }

  /// Why they may not have a field; nil where they may.
  package func refusal(
    _ access: Access, _ requirement: ScopeRequirement
  ) -> FieldError.Reason? {
    switch (access, self) {
    case (.anyone, _), (.people, .member), (.services, .service): nil
    case (.members, .member(let context)):
      context.scope.isInTenant ? nil : .withoutTenant
    case (.roles(let roles), .member(let context)):
      if !context.scope.isInTenant {
        .withoutTenant
      } else {
        roles.contains(context.role) ? nil : .forbidden
      }
    case (.members, .partner(let partner)), (.roles, .partner(let partner)):
      requirement.refusal(to: partner.scopes)
    case (.people, .partner): .scopeRequired(nil)
    case (.nobody, .nobody), (.people, .nobody), (.members, .nobody), (.roles, .nobody),
      (.services, .nobody):
      .refused(.unauthenticated)
    case (.nobody, _), (.people, .service), (.members, .service), (.roles, .service),
      (.services, .member), (.services, .partner):
      .forbidden
    }
  }
}
