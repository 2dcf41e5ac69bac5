// The outbox in the database: what is due leaves, what became of it enters. Each call is one batch,
// so nothing is locked while a mail server is spoken to.

package import Credentials
internal import JSON
package import Postgres
internal import SQL

/// A mail as its change asked for it.
package struct OutboxMail: Sendable, Hashable {
  /// The link that the mail carries.
  package struct Link: Sendable, Hashable {
    package let id: UniqueID
    package let purpose: String
    package let expiresAt: Int
  }

  package let id: UniqueID
  package let kind: String
  package let address: String
  package let name: String
  package let language: String
  package let facts: [String: String]
  package let createdAt: Int
  /// This attempt's number, from 1.
  package let attempt: Int
  package let link: Link?
}

/// The way to the table `mail`.
package struct Outbox: Sendable {
  private let database: WritePoolHandle

  package init(_ database: WritePoolHandle) {
    self.database = database
  }

  /// Takes the mail that is due longest; nobody else does for the length of the lease.
  func claim(leaseSeconds: Double) async throws(DatabaseError) -> OutboxMail? {
    let rows = try await ask(claimMail, [seconds(leaseSeconds)])
    return try rows.isEmpty ? nil : OutboxMail(rows)
  }

  func wasSent(_ mail: OutboxMail) async throws(DatabaseError) {
    _ = try await ask(mailWasSent, [parameter(mail.id)])
  }

  /// - Parameter retrySeconds: nil gives the mail up.
  func failed(
    _ mail: OutboxMail, _ failure: String, retrySeconds: Double?
  ) async throws(DatabaseError) {
    _ = try await ask(
      mailFailed,
      [
        parameter(mail.id), Parameter(mail.attempt), .text(failure.filter { $0 != "\0" }),
        retrySeconds.map(seconds) ?? .null,
      ])
  }

  private func ask(
    _ statement: PreparedStatement, _ parameters: [Parameter]
  ) async throws(DatabaseError) -> Rows {
    let answers = try await database.submit(Batch([Query(statement, parameters)]))
    guard let rows = answers.first else {
      throw .desynchronised(detail: "a statement of the outbox without a result")
    }
    return rows
  }
}

private let claimMail = PreparedStatement(
  """
  SELECT id, kind, address, name, language, facts, extract(epoch FROM created_at)::bigint, \
  attempts, link_id, link_purpose, extract(epoch FROM link_expires_at)::bigint FROM claim_mail($1)
  """)
private let mailWasSent = PreparedStatement("SELECT mail_was_sent($1)")
private let mailFailed = PreparedStatement("SELECT mail_failed($1, $2, $3, $4)")

private func parameter(_ id: UniqueID) -> Parameter { .uuid(high: id.high, low: id.low) }
private func seconds(_ seconds: Double) -> Parameter { .text("\(seconds)") }

extension OutboxMail {
  /// - Throws: `desynchronised` where the row is none of `claim_mail`.
  fileprivate init(_ rows: Rows) throws(DatabaseError) {
    guard let id = rows.string(0, 0).flatMap({ UniqueID($0) }), let kind = rows.string(0, 1),
      let address = rows.string(0, 2), let createdAt = rows.integer(0, 6),
      let attempt = rows.integer(0, 7)
    else { throw .desynchronised(detail: "a row that is no mail") }
    self.id = id
    self.kind = kind
    self.address = address
    name = rows.string(0, 3) ?? ""
    language = rows.string(0, 4) ?? "es"
    facts = readFacts(rows.string(0, 5) ?? "{}")
    self.createdAt = createdAt
    self.attempt = attempt
    if let link = rows.string(0, 8).flatMap({ UniqueID($0) }), let purpose = rows.string(0, 9) {
      self.link = Link(id: link, purpose: purpose, expiresAt: rows.integer(0, 10) ?? createdAt)
    } else {
      link = nil
    }
  }
}

/// Texts and numbers as they are, true as a text; what is false, null or no single value is left
/// out.
private func readFacts(_ text: String) -> [String: String] {
  guard let members = (try? parseJSON(Array(text.utf8)))?.objectValue else { return [:] }
  return members.reduce(into: [:]) { facts, member in
    switch member.value {
    case .string(let text): facts[member.name] = text
    case .number(let literal): facts[member.name] = literal
    case .bool(true): facts[member.name] = "true"
    case .bool(false), .null, .array, .object: break
    }
  }
}
