// The documents of a manifest come in; a server that would refuse to run one of them is refused
// here, before it starts, with everything that is wrong.

import GraphQLSyntax

extension Engine {
  /// Plans every operation of every trusted document.
  package func checkTrustedDocuments() throws(TrustedDocumentsError) {
    guard let trusted = documents.trusted else { return }
    let lines = trusted.entries.flatMap(faults)
    if !lines.isEmpty { throw .invalid(lines) }
  }

  private func faults(_ entry: TrustedDocuments.Entry) -> [String] {
    var lines: [String] = []
    var names = entry.operationName.map { [$0] } ?? operationNames(entry.text)
    // A document that cannot be read is told once.
    if names.isEmpty { names = [""] }
    for name in names {
      do throws(RequestError) {
        _ = try plan(GraphQLRequest(query: entry.text, operationName: name.isEmpty ? nil : name))
      } catch {
        lines += error.sentences.map { "\(entry.id): \($0)" }
      }
    }
    return lines.reduce(into: []) { told, line in
      if !told.contains(line) { told.append(line) }
    }
  }

  /// Of the operations that have one.
  private func operationNames(_ text: String) -> [String] {
    guard let document = try? parse(Source(text)) else { return [] }
    return document.definitions.compactMap { definition in
      guard case .operation(let operation) = definition else { return nil }
      return operation.name?.value
    }
  }
}

extension RequestError {
  /// What is wrong, a sentence each, with line and column in front.
  fileprivate var sentences: [String] {
    switch self {
    case .refused(let refusal): [refusal.message]
    case .document(let refusal):
      refusal.items.map { item in
        item.locations.first.map { "\($0.line):\($0.column): \(item.message)" } ?? item.message
      }
    }
  }
}
