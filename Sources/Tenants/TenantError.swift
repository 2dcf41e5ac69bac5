// What an operator's command on a whole company is refused for, as facts; their sentences leave.

package import JSON
package import Postgres

package enum TenantError: Error, Sendable {
  /// The document is no JSON, or costs more than `TenantDocumentLimits` allows.
  case unreadable(JSONError)
  /// The document, by the place in it: `tables.membership[2].role`.
  case document(path: String, reason: String)
  /// What the database's functions refuse by a code of the house (HB403, HB404, HB409, HB422), in
  /// their words, which are for operators.
  case refused(Refusal)
  /// Somebody changed the company at the same time; nothing was done.
  case changedMeanwhile
  /// It was deleted and committed, and its number was found again afterwards, in these places.
  case tracesLeft([String])
  /// The database's functions and this program do not speak of the same thing.
  case unexpectedAnswer
  case database(DatabaseError)

  init(_ error: DatabaseError) {
    guard case .refused(let refusal) = error else {
      self = .database(error)
      return
    }
    self =
      switch refusal.sqlState {
      case "HB403", "HB404", "HB409", "HB422": .refused(refusal)
      case "40001", "40P01": .changedMeanwhile
      case _: .database(error)
      }
  }

  /// Whether it may have been done all the same: the connection was lost over the commit.
  package var leavesOutcomeOpen: Bool {
    switch self {
    case .database(.connectionLost(outcome: .unknown, _)), .tracesLeft: true
    case .unreadable, .document, .refused, .changedMeanwhile, .unexpectedAnswer, .database: false
    }
  }
}

extension TenantError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let error): "the document cannot be read: \(error)"
    // Names out of the document stand in it.
    case .document(let path, let reason): oneLine("\(path): \(reason)")
    case .refused(let refusal): oneLine(refusal.message + (refusal.hint.map { ". \($0)" } ?? ""))
    case .changedMeanwhile: "the company was changed at the same time; nothing was done: try again"
    case .tracesLeft(let places):
      "the company was deleted, and somebody has written of it since: "
        + places.joined(separator: ", ")
    case .unexpectedAnswer: "the database's functions are not those that this program knows"
    case .database(let error): error.description
    }
  }
}
