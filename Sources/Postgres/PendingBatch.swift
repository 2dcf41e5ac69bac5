// A batch on its way, and what it is told when it never left.

/// A batch from its submission to its answer.
final class PendingBatch {
  let queries: [Query]
  /// Only where nothing before the batch belongs to its transaction.
  let mayRepeat: Bool
  let completion: (Result<[Rows], DatabaseError>) -> Void
  var isRepeated = false
  /// The connection's count of units when it was sent.
  var sentAt: UInt64 = 0

  init(
    queries: [Query], mayRepeat: Bool,
    completion: @escaping (Result<[Rows], DatabaseError>) -> Void
  ) {
    self.queries = queries
    self.mayRepeat = mayRepeat
    self.completion = completion
  }
}

extension DatabaseError {
  static let notSent = DatabaseError.connectionLost(
    outcome: .nothingDone, detail: "the connection was closed")

  /// The end of a connection as it is told to a batch that was never sent on it.
  var ofUnsent: DatabaseError {
    if case .connectionLost(_, let detail) = self {
      return .connectionLost(outcome: .nothingDone, detail: detail)
    }
    return self
  }
}
