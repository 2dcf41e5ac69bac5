// The help of `serve` and the limits come in, the reference of all settings as Markdown leaves.

import ArgumentParser
import Composition
import Server

/// `docker/configuration.md`: a table for each paragraph of the help, and one of the limits.
func settingsReference() -> String {
  var text = """
    # Settings

    Written by `mi-alegra doctor --settings > docker/configuration.md`; a test holds it against
    the program. Each is a variable of the environment. What is in brackets holds unless it is set.
    What is set and cannot be read keeps the server from starting, and it names the variable.

    """
  let help = Serve.configuration.discussion.split(
    separator: "\n", omittingEmptySubsequences: false
  ).prefix { !$0.hasPrefix("The limits") }
  var rows: [(name: String, meaning: String)] = []
  func finishTable() {
    if !rows.isEmpty { text += table(rows.map { [$0.name, $0.meaning] }, ["setting", "meaning"]) }
    rows = []
  }
  for line in help {
    let indentation = line.prefix { $0 == " " }.count
    let words = String(line.dropFirst(indentation))
    switch indentation {
    case 2 where !words.isEmpty:
      let columns = words.split(separator: "  ", maxSplits: 1)
      let meaning = columns.count > 1 ? columns[1].drop { $0 == " " } : ""
      rows.append((String(columns[0]), String(meaning)))
    case 3... where !rows.isEmpty:
      rows[rows.count - 1].meaning += " " + words
    case _:
      finishTable()
    }
  }
  finishTable()
  text += "\n## Limits\n\nSizes are bytes; those named SECONDS may be fractions.\n"
  let limits = LimitSetting.all.map { [$0.variable, $0.meaning, $0.standard] }
  return text + table(limits, ["limit", "meaning", "unless set"])
}

private func table(_ rows: [[String]], _ heads: [String]) -> String {
  func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
  let body = rows.map { row in
    line(["`" + row[0] + "`"] + row.dropFirst().map { $0.replacing("|", with: "\\|") })
  }
  return "\n" + line(heads) + line(heads.map { _ in "---" }) + body.joined()
}
