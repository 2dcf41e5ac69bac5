// The columns that hold secrets at rest: an operator's connection enters, under which keys their
// secrets are sealed leaves; and each secret is sealed anew under the key that seals now.

package import Credentials
package import Postgres
import SQL

/// A column of sealed secrets, as `sealing_keys_in_use` names it.
package enum SealedColumn: String, CaseIterable, Sendable {
  case secondFactors = "second_factor.sealed_secret"
  case integrationCredentials = "integration_connection.sealed_credentials"
  case webhookSecrets = "webhook.sealed_secret"
  /// Until their overlap is over; sealed where they stood before.
  case previousWebhookSecrets = "webhook.sealed_previous_secret"
  case keptAnswers = "kept_answer.sealed_answer"

  /// Where the secret of a row is sealed for.
  func place(tenant: UniqueID?, row: String) -> SecretPlace {
    switch self {
    case .secondFactors:
      SecretPlace(tenant: nil, table: "second_factor", column: "sealed_secret", row: row)
    case .integrationCredentials:
      SecretPlace(
        tenant: tenant, table: "integration_connection", column: "sealed_credentials", row: row)
    case .webhookSecrets, .previousWebhookSecrets:
      SecretPlace(tenant: tenant, table: "webhook", column: "sealed_secret", row: row)
    case .keptAnswers:
      SecretPlace(tenant: tenant, table: "kept_answer", column: "sealed_answer", row: row)
    }
  }
}

/// How many secrets are sealed under a key.
package struct SealingKeyUse: Sendable, Hashable {
  /// Nil: what is stored is no envelope.
  package let keyName: String?
  package let secrets: Int

  /// All keys that seal something.
  package static func all(_ connection: AdminConnection) throws -> [SealingKeyUse] {
    let rows = try connection.execute(
      "SELECT key_name, sum(secrets)::bigint FROM sealing_keys_in_use() GROUP BY 1 ORDER BY 1")
    return (0..<rows.rowCount).map { row in
      SealingKeyUse(keyName: rows.string(row, 0), secrets: rows.integer(row, 1) ?? 0)
    }
  }
}

/// What came of sealing anew.
package struct Resealing: Sendable, Hashable {
  package private(set) var resealed = 0
  /// Those that did not open, by why.
  package private(set) var unopened: [Reason: Int] = [:]

  package enum Reason: Sendable, Hashable {
    case unknownKey(String)
    /// It was changed, was moved, or is no envelope.
    case notAuthentic
  }

  /// Seals anew whatever is sealed under another key than the one that seals now. Each secret is
  /// replaced by itself, and only where it is still the one that was read: so it may be done while
  /// servers run, by several at once, and again after it was broken off.
  /// - Parameters:
  ///   - connection: an operator's, whose role may migrate.
  ///   - rowsMax: read at once.
  package init(
    _ connection: AdminConnection, with keys: SealingKeys, rowsMax: Int = 200
  ) throws {
    for column in SealedColumn.allCases {
      var last: SealedRow?
      repeat {
        let rows = try SealedRow.next(column, keys, after: last, rowsMax: rowsMax, connection)
        for row in rows { try reseal(row, column, keys, connection) }
        last = rows.count < rowsMax ? nil : rows.last
      } while last != nil
    }
  }

  private mutating func reseal(
    _ row: SealedRow, _ column: SealedColumn, _ keys: SealingKeys, _ connection: AdminConnection
  ) throws {
    let place = column.place(tenant: row.tenant, row: row.key)
    let sealed: SealedSecret
    do throws(SealError) {
      guard let envelope = SealedSecret(bytes: row.envelope) else { throw .notAuthentic }
      sealed = try keys.seal(try keys.open(envelope, at: place), at: place)
    } catch {
      switch error {
      case .unknownKey(let name): unopened[.unknownKey(name), default: 0] += 1
      case .notAuthentic: unopened[.notAuthentic, default: 0] += 1
      case .fault: throw error
      }
      return
    }
    let tenant = row.tenant.map { Parameter.uuid(high: $0.high, low: $0.low) } ?? .null
    let done = try connection.execute(
      """
      SELECT reseal(\(column.rawValue), \(tenant), \(row.key), \(Parameter.binary(row.envelope)), \
      \(Parameter.binary(sealed.bytes)))
      """)
    if done.boolean(0, 0) == true { resealed += 1 }
  }
}

/// A secret at rest as it stands in the database.
private struct SealedRow {
  let tenant: UniqueID?
  let key: String
  let envelope: [UInt8]

  /// The next ones that the key that seals now did not seal.
  static func next(
    _ column: SealedColumn, _ keys: SealingKeys, after last: SealedRow?, rowsMax: Int,
    _ connection: AdminConnection
  ) throws -> [SealedRow] {
    let tenant = last?.tenant.map { Parameter.uuid(high: $0.high, low: $0.low) } ?? .null
    let rows = try connection.execute(
      """
      SELECT tenant, row_key, rtrim(translate(encode(sealed, 'base64'), E'\\n', ''), '=') \
      FROM secrets_to_reseal(\(column.rawValue), \(keys.names.first), \(tenant), \(last?.key), \
      \(rowsMax))
      """)
    return try (0..<rows.rowCount).map { row in
      guard let key = rows.string(row, 1),
        let envelope = rows.string(row, 2).flatMap({ decodeBase64($0, .standard) })
      else { throw DatabaseError.desynchronised(detail: "a secret without its row") }
      return SealedRow(
        tenant: rows.string(row, 0).flatMap { UniqueID($0) }, key: key, envelope: envelope)
    }
  }
}
