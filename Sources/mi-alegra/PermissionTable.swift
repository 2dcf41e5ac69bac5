// The table of permissions comes in, its text leaves: a line for each root field and endpoint, a
// column for each role and one for who comes without a token.

import Execution
import Hub

/// Columns are as wide as their heads; two spaces stand between them.
func permissionTable() -> String {
  let heads = Role.all + ["without a token"]
  let all = permissions + endpoints
  let width = all.map(\.field.count).max() ?? 0
  func line(_ first: String, _ cells: [String]) -> String {
    let padded = zip(heads, cells).map { head, cell in pad(cell, to: head.count) }
    return trimmed(([pad(first, to: width)] + padded).joined(separator: "  ")) + "\n"
  }
  let rows = all.map { permission in
    line(
      permission.field,
      Role.all.map { permission.access.isFor(role: $0) ? "yes" : "-" }
        + [permission.access == .anyone ? "yes" : "-"])
  }
  return line("", heads) + rows.joined()
}

extension Access {
  fileprivate func isFor(role: String) -> Bool {
    switch self {
    case .nobody: false
    case .anyone, .members: true
    case .roles(let roles): roles.contains(role)
    }
  }
}

private func pad(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

private func trimmed(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}
