// Statements of a change come in, with whether they are only rehearsed; their rows leave, and what
// the change brings about beside itself. A rehearsal runs the very statements and rolls them back:
// its consequences are what stood before and no longer stood behind them.

import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let standing = PreparedStatement(
  """
  SELECT kind, subject, name, solution, solution_name FROM company_standing($1, $2) \
  ORDER BY kind DESC, solution_name, name, subject
  """)
private let mailsAskedFor = PreparedStatement(
  "SELECT kind, subject, name, solution, solution_name FROM mails_asked_for() ORDER BY subject")

/// What came of a change's statements.
struct Performed {
  /// Of each statement.
  let rows: [Rows]
  /// Empty where they were not rehearsed.
  let consequences: [Consequence]
}

extension ActionContext {
  /// Runs the statements in the name of the member or partner; as a rehearsal nothing of them
  /// remains.
  func perform(_ queries: [Query], isRehearsal: Bool) async throws -> Performed {
    guard isRehearsal else { return Performed(rows: try await write(queries), consequences: []) }
    let member = try company()
    let standing = Query(standing, [member.scope.tenant, .text(member.language)])
    let all = try await rehearse([standing] + queries + [standing, Query(mailsAskedFor)])
    guard all.count == queries.count + 3 else { throw ActionRefusal.overloaded }
    let stands = Set(consequences(all[queries.count + 1]))
    let ended = consequences(all[0]).filter { !stands.contains($0) }.withoutWhatEnds
    return Performed(
      rows: Array(all[1...queries.count]),
      consequences: ended + consequences(all[queries.count + 2]))
  }
}

/// Something that a change brings about.
struct Consequence: Hashable {
  /// As the schema's enum spells it.
  enum Kind: String {
    case solutionStops = "SOLUTION_STOPS"
    case connectionFlagged = "CONNECTION_FLAGGED"
    case connectionEnds = "CONNECTION_ENDS"
    case accessLost = "ACCESS_LOST"
    case mailSent = "MAIL_SENT"
  }

  let kind: Kind
  let subject: String
  let name: String
  var solution: String?
  var solutionName: String?

  func json(_ language: String) -> JSONValue {
    let text =
      switch kind {
      case .solutionStops: ConsequenceTexts.solutionStops(name)
      case .connectionFlagged: ConsequenceTexts.connectionFlagged(name)
      case .connectionEnds: ConsequenceTexts.connectionEnds(name)
      case .accessLost: ConsequenceTexts.accessLost(name, solutionName ?? "")
      case .mailSent: ConsequenceTexts.mailSent(name)
      }
    return .object([
      JSONMember(name: "kind", value: .string(kind.rawValue)),
      JSONMember(name: "subject", value: .string(subject)),
      JSONMember(name: "solution", value: solution.map(JSONValue.string) ?? .null),
      JSONMember(name: "text", value: .string(text.text(in: language))),
    ])
  }
}

extension [Consequence] {
  /// A connection that ends stands in order no longer either: that it ends is enough to tell.
  fileprivate var withoutWhatEnds: [Consequence] {
    let ending = Set(filter { $0.kind == .connectionEnds }.map(\.subject))
    return filter { $0.kind != .connectionFlagged || !ending.contains($0.subject) }
  }
}

func json(_ consequences: [Consequence], _ language: String) -> JSONValue {
  .array(consequences.map { $0.json(language) })
}

extension InputObject {
  /// Whether the input asks for no more than what the change would bring about.
  var isDryRun: Bool { self["dryRun"] == .boolean(true) }
}

private func consequences(_ rows: Rows) -> [Consequence] {
  (0..<rows.rowCount).compactMap { row in
    guard let kind = rows.string(row, 0).flatMap(Consequence.Kind.init(rawValue:)),
      let subject = rows.string(row, 1), let name = rows.string(row, 2)
    else { return nil }
    return Consequence(
      kind: kind, subject: subject, name: name, solution: rows.string(row, 3),
      solutionName: rows.string(row, 4))
  }
}
