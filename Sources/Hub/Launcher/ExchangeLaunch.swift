// The code of a launch comes in from the backend of a solution, who comes and what they may leaves.
// Refused, all alike: a code that is unknown, over, used or another solution's, and one whose
// session, membership, role or solution has ended since.

import Credentials
package import Execution
import JSON
import Postgres
import SQL

private let exchange = PreparedStatement(
  """
  SELECT outcome, account_id, display_name, email, language, tenant_id, company_name, \
  country_version, solution, status, plan, role, session_id, \
  to_char(session_expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') \
  FROM exchange_launch($1, $2)
  """)

/// Exchanges a code in the name of the solution whose backend asks.
/// - Returns: a document for the solution; nil where the code is refused.
package func exchangeLaunch(_ code: String, _ context: ActionContext) async throws -> [UInt8]? {
  guard let code = LaunchCode(presented: code) else { return nil }
  let service = try context.service()
  let rows = try await context.writeAsService([
    Query(exchange, [service.bearer.tokenHash, .binary(code.hash)])
  ])[0]
  guard rows.string(0, 0) == "exchanged" else { return nil }
  func text(_ column: Int) -> JSONValue { rows.string(0, column).map(JSONValue.string) ?? .null }
  func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { JSONMember(name: $0.key, value: $0.value) })
  }
  var writer = JSONWriter(capacity: 512)
  writer.value(
    object([
      "person": object([
        "id": text(1), "displayName": text(2), "email": text(3), "language": text(4),
      ]),
      "company": object(["id": text(5), "name": text(6), "countryVersion": text(7)]),
      "solution": object(["code": text(8), "status": text(9), "plan": text(10)]),
      "role": text(11),
      "session": object(["id": text(12), "expiresAt": text(13)]),
    ]))
  return writer.bytes
}
