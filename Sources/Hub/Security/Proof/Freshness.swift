// What is sensitive asks whether the person proved lately who they are.

import Execution

extension RequestContext {
  /// Whether the session's last proof is no older than ten minutes: the database's `is_fresh`. The
  /// function that makes the change asks again, in its own transaction.
  var isFresh: Bool { row["is_fresh"] == "t" }
}

/// A refusal that a fresh proof mends: `reauthenticate`, or a sign-in.
func reauthenticationRequired(_ member: RequestContext) -> ActionOutcome {
  member.refused(.reauthenticationRequired)
}
