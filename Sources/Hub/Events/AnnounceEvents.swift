// The statements by which servers tell each other whose log has grown: where logs end, and the
// word that goes around.

package import Postgres
import SQL

private let readEnds = PreparedStatement("SELECT tenant_id, sequence FROM event_ends($1::uuid[])")
private let sayGrown = PreparedStatement(
  "SELECT pg_notify('event', t) FROM unnest($1::text[]) AS grown (t)")

/// Where the logs of these companies end: the rows are company and number of the last event.
package func eventEnds(of tenants: Set<String>) -> Query {
  Query(readEnds, [arrayOfIDs(tenants)])
}

/// Tells all servers that these logs have grown. For a batch of its own: a NOTIFY in a mutation's
/// transaction lets all commits wait for each other.
package func tellGrown(_ tenants: Set<String>) -> Query {
  Query(sayGrown, [arrayOfIDs(tenants)])
}

private func arrayOfIDs(_ tenants: Set<String>) -> Parameter {
  .text("{" + tenants.sorted().joined(separator: ",") + "}")
}
