// The table of permissions comes in, its text leaves: a line for each root field and endpoint, a
// column for each role, one for who is in no company, one for who comes without a token and one for
// a solution's backend.

import Execution
import Hub

/// Columns are as wide as their heads; two spaces stand between them.
func permissionTable() -> String {
  let heads = Role.all + ["in no company", "without a token", "service token"]
  let all = permissions + endpoints
  let width = all.map(\.field.count).max() ?? 0
  func line(_ first: String, _ cells: [String]) -> String {
    let padded = zip(heads, cells).map { head, cell in pad(cell, to: head.count) }
    return trimmed(([pad(first, to: width)] + padded).joined(separator: "  ")) + "\n"
  }
  let rows = all.map { permission in
    let access = permission.access
    let isAnyone = access == .anyone
    let admits =
      Role.all.map(access.isFor(role:))
      + [isAnyone || access == .people, isAnyone, isAnyone || access == .services]
    return line(permission.field, admits.map { $0 ? "yes" : "-" })
  }
  return line("", heads) + rows.joined()
}

extension Access {
  fileprivate func isFor(role: String) -> Bool {
    switch self {
    case .nobody, .services: false
    case .anyone, .people, .members: true
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
