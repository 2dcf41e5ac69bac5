// Heads of logs that have moved enter; signed by a key that the database does not have, they are
// kept, and leave to be logged. Who can rewrite a chain of hashes cannot rewrite these.

package import Credentials
package import Postgres
import SQL

/// A page of heads that may be signed.
package struct HeadsToSign: Sendable {
  /// Companies in a page.
  package static let rowsMax = 500

  package let heads: [SignedHead]
  /// The last company of a full page; nil: there is no more.
  package let next: String?

  /// The heads that moved since they were last signed, where that was so many seconds ago.
  /// - Parameter tenant: only companies behind it, in order; nil: from the first.
  package static func query(after tenant: String?, pauseSeconds: Int) -> Query {
    Query(
      readHeads, [Parameter(tenant), .text("\(pauseSeconds)"), Parameter(Self.rowsMax)])
  }

  /// Reads the answer to the query.
  /// - Parameter now: when they are signed, seconds since 1970.
  package init(_ rows: Rows, now: Int) throws(DatabaseError) {
    var heads: [SignedHead] = []
    for row in 0..<rows.rowCount {
      guard let tenant = rows.string(row, 0), let sequence = rows.integer(row, 1),
        let hash = rows.string(row, 2)
      else { throw .desynchronised(detail: "a row that is no head of a log") }
      heads.append(SignedHead(tenant: tenant, sequence: sequence, hash: hash, signedAt: now))
    }
    self.heads = heads
    next = heads.count < Self.rowsMax ? nil : heads.last?.tenant
  }
}

/// A head with its signature.
package struct HeadSignature: Sendable, Hashable {
  package let head: SignedHead
  package let keyName: String
  package let signature: [UInt8]

  package init(_ head: SignedHead, by keys: AuditKeys) {
    let (keyName, signature) = keys.sign(head)
    self.head = head
    self.keyName = keyName
    self.signature = signature
  }

  /// Keeps it: true in the answer, or false where another server kept one of the same head.
  package var keep: Query {
    Query(
      keepSignature,
      [
        .text(head.tenant), Parameter(head.sequence), .text(head.hash),
        .text("\(head.signedAt)"), .text(keyName), .binary(signature),
      ])
  }
}

private let readHeads = PreparedStatement(
  """
  SELECT tenant_id, sequence, encode(hash, 'hex') FROM heads_to_sign($1, $2, $3)
  """)
private let keepSignature = PreparedStatement(
  """
  SELECT keep_signature($1, $2, decode($3, 'hex'), to_timestamp($4::bigint), $5, $6)
  """)
