// Who asks: the verified token's scope comes in, and with the first row that the database answers
// it becomes the context that every later stage reads. No row, no context: 401.

package import Postgres
package import SQL

/// The company, person and session that a verified access token names, or the company of a
/// partner's token. Nothing that reads a tenant's rows can be built without one.
package struct TenantScope: Sendable, Hashable {
  /// The uuids, as they are bound to statements.
  package let tenant: Parameter
  package let account: Parameter
  package let session: Parameter
  /// Of a partner's program, which is no person and has no session.
  let token: TokenProof?

  /// - Precondition: the three come out of a token whose signature was verified.
  package init(verifiedTenant tenant: Parameter, account: Parameter, session: Parameter) {
    self.tenant = tenant
    self.account = account
    self.session = session
    token = nil
  }

  init(tenant: Parameter, token: TokenProof) {
    self.tenant = tenant
    account = nil
    session = nil
    self.token = token
  }

  /// Whether there is a company: a person who belongs to none has the zero uuid, which no tenant's
  /// row has.
  package var isInTenant: Bool { tenant != .uuid(high: 0, low: 0) }

  /// The company's id as PostgreSQL writes it.
  package var tenantID: String {
    switch tenant {
    case .uuid(let high, let low):
      let digits = Array(hexadecimal(high) + hexadecimal(low))
      return [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
        .map { String($0) }.joined(separator: "-")
    case .text(let text): return text
    case .null, .integer, .boolean, .binary: return ""
    }
  }
}

/// What a partner's token is shown to the database by.
struct TokenProof: Sendable, Hashable {
  let id: Parameter
  let hash: Parameter
  let language: String
}

private func hexadecimal(_ half: UInt64) -> String {
  let digits = String(half, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// How the engine reads the context row.
package struct ContextBinding: Sendable {
  package var section: Section
  /// The column that holds the member's role.
  package var roleColumn: String
  /// The catalogues for this context row; nil where memory is older than the row's revision.
  package var view: @Sendable (ContextRow) -> CatalogueView?
  /// Loads the catalogues anew.
  package var reload: @Sendable () async throws -> Void

  package init(
    section: Section, roleColumn: String,
    view: @escaping @Sendable (ContextRow) -> CatalogueView?,
    reload: @escaping @Sendable () async throws -> Void
  ) {
    self.section = section
    self.roleColumn = roleColumn
    self.view = view
    self.reload = reload
  }
}

/// The context statement's row.
package struct ContextRow: Sendable {
  package let rows: Rows
  let section: Section

  /// The text of a column; nil where it is null.
  package subscript(column: String) -> String? {
    section.position(of: column).flatMap { rows.string(0, $0) }
  }

  /// The bytes of a column in UTF-8, valid while the row is; nil where it is null.
  package func bytes(_ position: Int) -> UnsafeRawBufferPointer? {
    rows.isNull(0, position) ? nil : rows.bytes(0, position)
  }
}

/// The request as the database knows it now.
package struct RequestContext: Sendable {
  package let scope: TenantScope
  package let row: ContextRow
  /// Empty for a person in no company.
  package let role: String
  package let catalogue: CatalogueView
}
