// The one transaction of a field that is done once: what an action writes enters, the claim of its
// key goes before the first of it, and the answer that is kept behind the last.

import Postgres
import SQL

/// The transaction in which a key is claimed, acted under and answered. It is opened by the first
/// statement, so that no connection is held while an action asks others or computes.
actor ActTransaction {
  private let writes: WritePoolHandle
  private let claim: [Query]
  private var transaction: WriteTransaction?

  /// - Parameter claim: what stands before the first statement: the guards, and the claim itself.
  init(_ writes: WritePoolHandle, claim: [Query]) {
    self.writes = writes
    self.claim = claim
  }

  /// Claims the key, where that was not done yet.
  func open() async throws(DatabaseError) {
    if transaction == nil { _ = try await execute([]) }
  }

  /// - Throws: where the claim fails too, and then nothing was done.
  func execute(_ queries: [Query]) async throws(DatabaseError) -> [Rows] {
    if let transaction { return try await transaction.execute(queries) }
    let begun = try await writes.begin()
    transaction = begun
    return Array(try await begun.execute(claim + queries).dropFirst(claim.count))
  }

  func commit() async throws(DatabaseError) {
    try await transaction?.commit()
    transaction = nil
  }

  /// Does nothing where nothing was begun.
  func rollback() async {
    await transaction?.rollback()
    transaction = nil
  }
}

extension KeptAnswerPlace {
  /// Claims it for what the transaction does.
  var claim: Query {
    Query(
      claimAnswer,
      [tenant, actor, .binary(keyDigest), .text(field), Parameter(keptAnswerSeconds)])
  }

  /// What was answered there: the digest of what was asked, and the sealed answer; no row where
  /// nothing is kept.
  var find: Query {
    Query(
      findAnswer,
      [tenant, actor, .binary(keyDigest), .text(field), Parameter(keptAnswerSeconds)])
  }

  func keep(_ sealed: [UInt8], bodyDigest: [UInt8]) -> Query {
    Query(
      keepAnswer,
      [tenant, actor, .binary(keyDigest), .text(field), .binary(bodyDigest), .binary(sealed)])
  }
}

extension DatabaseError {
  /// What `claim_answer` raised: another transaction is at it.
  var isUnderWay: Bool { sqlState == "HB409" }
  /// What `claim_answer` raised: it was answered meanwhile.
  var isAnswered: Bool { sqlState == "HB208" }
}

private let claimAnswer = PreparedStatement("SELECT claim_answer($1, $2, $3, $4, $5)")
private let keepAnswer = PreparedStatement("SELECT keep_answer($1, $2, $3, $4, $5, $6)")
private let findAnswer = PreparedStatement(
  """
  SELECT body_digest, sealed_answer FROM kept_answer \
  WHERE tenant_id = $1 AND actor = $2 AND key_digest = $3 AND field = $4 \
  AND kept_at > now() - make_interval(secs => $5::integer)
  """, answersBinary: true)
