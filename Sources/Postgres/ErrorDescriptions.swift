// The driver's errors come in, sentences for an operator leave: for the log and the command line,
// never for a client. No value of a statement is repeated.

extension DatabaseError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .connectionLost(let outcome, let detail):
      "no connection to PostgreSQL (\(detail))"
        + (outcome == .unknown ? "; what was sent may have been done" : "")
    case .queueFull(let limit): "\(limit) batches wait already"
    case .timedOut(let limit): "timed out (\(limit))"
    case .refused(let refusal): refusal.description
    case .desynchronised(let detail): "PostgreSQL's answers did not fit the questions: \(detail)"
    case .parameterRefused: "a text holds NUL, which PostgreSQL cannot store"
    case .unsafeRole(let role): "the role \(role) reads past row-level security"
    case .settingsRefused(let detail): "the connection settings are refused: \(detail)"
    case .closed: "the pool is closed"
    }
  }
}

extension Refusal: CustomStringConvertible {
  package var description: String {
    let place = statementName.map { " in \($0)" } ?? ""
    let rule = constraint.map { " (\($0))" } ?? ""
    return "\(severity) \(sqlState): \(message)\(rule)\(place)" + (hint.map { "; \($0)" } ?? "")
  }
}

extension MigrationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAppendOnly(let problems):
      "the database and this program's migrations differ:\n"
        + problems.map { "  \($0)" }.joined(separator: "\n")
    case .failed(_, let name, let error): "migration \(name) failed: \(error)"
    case .database(let error): error.description
    }
  }
}

extension MigrationStatus.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .duplicate(let number): "two files have the number \(number)"
    case .edited(let number, let name): "\(number) \(name) was changed after it was applied"
    case .renamed(let number, let old, let new): "\(number) was applied as \(old) and is \(new) now"
    case .unknown(let number, let name):
      "\(number) \(name) was applied and is unknown here, though later ones are known"
    case .outOfOrder(let number, let name):
      "\(number) \(name) is pending though later ones were applied"
    }
  }
}
