// Partners' tokens and how long ago they were last used come in; the one statement that writes all
// of it down leaves.

package import Credentials
package import Postgres
import SQL

private let noteUsed = PreparedStatement(
  "SELECT note_api_tokens_used($1, $2, $3)", parameterTypes: [2951, 2951, 1007])

/// Writes down when tokens were last used.
package func noteTokensUsed(
  _ tokens: [(tenant: UniqueID, id: UniqueID, secondsAgo: Int)]
) -> Query {
  func array(_ elements: [String]) -> Parameter {
    .text("{\(elements.joined(separator: ","))}")
  }
  return Query(
    noteUsed,
    [
      array(tokens.map { "\($0.tenant)" }), array(tokens.map { "\($0.id)" }),
      array(tokens.map { "\($0.secondsAgo)" }),
    ])
}
