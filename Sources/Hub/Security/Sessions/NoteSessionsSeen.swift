// Sessions and how long ago they were last used come in; the one statement that writes all of it
// down leaves. What the database knows to be later stays.

package import Credentials
package import Postgres
import SQL

private let noteSeen = PreparedStatement(
  "SELECT note_sessions_seen($1, $2)", parameterTypes: [2951, 1007])

/// Writes down when sessions were last used.
package func noteSessionsSeen(_ sessions: [(id: UniqueID, secondsAgo: Int)]) -> Query {
  Query(
    noteSeen,
    [
      .text("{\(sessions.map { "\($0.id)" }.joined(separator: ","))}"),
      .text("{\(sessions.map { "\($0.secondsAgo)" }.joined(separator: ","))}"),
    ])
}
