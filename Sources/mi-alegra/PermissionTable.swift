// The table of permissions comes in, its text leaves: a line for each root field and endpoint, a
// The table of permissions comes in, its text leaves: a line for each root field and endpoint, a
// column for each role, one for who is in no company, one for who comes without a token, one for a
// solution's backend and one for the scope of partners' tokens; then the fields below them that ask
// for a scope of their own.

import Execution
import Hub

/// Columns are as wide as their heads; two spaces stand between them.
func permissionTable() -> String {
  let heads =
    Role.all + ["in no company", "without a token", "service token", "scope of a partner's token"]
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
    let scope = permission.scope?.rawValue ?? (isAnyone ? "any" : "-")
    return line(permission.field, admits.map { $0 ? "yes" : "-" } + [scope])
  }
  let narrowed = scopedFields.map { scoped in
    line(scoped.field, Array(repeating: "", count: heads.count - 1) + [scoped.scope.rawValue])
  }
  return line("", heads) + rows.joined() + "\n" + narrowed.joined()
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
