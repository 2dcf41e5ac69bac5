// What the database's functions report enters as JSON; facts leave, and the lines in which an
// operator reads them.

import JSON

/// What somebody typed, on one line and without a terminal's commands.
func oneLine(_ text: String) -> String {
  var line = ""
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: line += " "
    case _: line.unicodeScalars.append(scalar)
    }
  }
  return line
}

/// How many rows of each table, in the order of the names.
package struct RowCounts: Sendable, Equatable {
  package let tables: [String]
  package let counts: [Int]

  init(_ value: JSONValue?) throws {
    guard let members = value?.objectValue else { throw TenantError.unexpectedAnswer }
    let sorted = members.sorted { $0.name < $1.name }
    tables = sorted.map(\.name)
    counts = sorted.map { $0.value.intValue ?? 0 }
  }

  package var lines: [String] {
    let width = tables.map(\.count).max() ?? 0
    return zip(tables, counts).map { name, count in
      "  \(name)\(String(repeating: " ", count: width - name.count))  \(count)"
    }
  }
}

/// What went with a company.
package struct DeletionReport: Sendable {
  package struct Person: Sendable {
    package let name: String
    package let email: String
    package let role: String
    /// Whether they belong to no company any more.
    package let isLeftWithout: Bool
  }

  package let legalName: String
  package let rows: RowCounts
  package let people: [Person]
  /// Open and used links of its invitations.
  package let links: Int
  /// Mails that carried one of them, sent or not.
  package let mails: Int

  init(_ report: JSONValue) throws {
    guard let name = report["legalName"]?.stringValue, let people = report["people"]?.arrayValue,
      let links = report["links"]?.intValue, let mails = report["mails"]?.intValue
    else { throw TenantError.unexpectedAnswer }
    legalName = name
    rows = try RowCounts(report["rows"])
    self.people = people.map { person in
      Person(
        name: person["name"]?.stringValue ?? "", email: person["email"]?.stringValue ?? "",
        role: person["role"]?.stringValue ?? "",
        isLeftWithout: person["isLeftWithout"]?.boolValue ?? false)
    }
    self.links = links
    self.mails = mails
  }

  package var lines: [String] {
    ["\(oneLine(legalName)): rows of each table"] + rows.lines
      + ["\(links) links of invitations and \(mails) mails with them"]
      + ["\(people.count) people lose access and are told by mail:"]
      + people.map { person in
        "  \(oneLine("\(person.email) (\(person.name), \(person.role))"))"
          + (person.isLeftWithout ? ": left without a company" : "")
      }
  }
}

/// What an import made.
package struct ImportReport: Sendable {
  package struct Person: Sendable {
    package let email: String
    /// Whether they had no account here before.
    package let isMade: Bool
    /// Whether they have another number here than in the document.
    package let isRenumbered: Bool
  }

  package let legalName: String
  package let rows: RowCounts
  package let people: [Person]

  init(_ report: JSONValue) throws {
    guard let name = report["legalName"]?.stringValue, let people = report["people"]?.arrayValue
    else { throw TenantError.unexpectedAnswer }
    legalName = name
    rows = try RowCounts(report["rows"])
    self.people = people.map { person in
      Person(
        email: person["email"]?.stringValue ?? "", isMade: person["isMade"]?.boolValue ?? false,
        isRenumbered: person["isRenumbered"]?.boolValue ?? false)
    }
  }

  package var lines: [String] {
    ["\(oneLine(legalName)): rows of each table"] + rows.lines + ["\(people.count) people:"]
      + people.map { person in
        "  \(oneLine(person.email)): "
          + (person.isMade ? "made, and sets a password by a reset" : "has an account here")
          + (person.isRenumbered ? ", of another id" : "")
      }
  }
}

/// What a company loses, gets and lacks in another country version.
package struct CountryReport: Sendable {
  package struct Dropped: Sendable, Equatable {
    /// solution, integration or field.
    package let kind: String
    package let name: String
    package let value: String
    package let reason: String
  }

  package struct Changed: Sendable, Equatable {
    package let name: String
    package let from: String
    package let to: String
  }

  package struct Access: Sendable, Equatable {
    package let email: String
    package let name: String
    package let solution: String
  }

  package let legalName: String
  package let from: String
  package let to: String
  package let dropped: [Dropped]
  package let changed: [Changed]
  /// Who can no longer open which solution.
  package let people: [Access]
  /// Required fields of the form that are empty.
  package let missing: [String]
  package let isDone: Bool

  init(_ report: JSONValue, isDone: Bool) throws {
    guard let name = report["legalName"]?.stringValue, let from = report["from"]?.stringValue,
      let to = report["to"]?.stringValue, let dropped = report["dropped"]?.arrayValue,
      let changed = report["changed"]?.arrayValue, let people = report["people"]?.arrayValue,
      let missing = report["missing"]?.arrayValue
    else { throw TenantError.unexpectedAnswer }
    legalName = name
    self.from = from
    self.to = to
    self.isDone = isDone
    self.dropped = dropped.map { entry in
      Dropped(
        kind: entry["kind"]?.stringValue ?? "", name: entry["name"]?.stringValue ?? "",
        value: entry["value"]?.stringValue ?? "", reason: entry["reason"]?.stringValue ?? "")
    }
    self.changed = changed.map { entry in
      Changed(
        name: entry["name"]?.stringValue ?? "", from: entry["from"]?.stringValue ?? "",
        to: entry["to"]?.stringValue ?? "")
    }
    self.people = people.map { entry in
      Access(
        email: entry["email"]?.stringValue ?? "", name: entry["name"]?.stringValue ?? "",
        solution: entry["solution"]?.stringValue ?? "")
    }
    self.missing = missing.compactMap(\.stringValue)
  }

  package var lines: [String] {
    if from == to { return ["\(oneLine(legalName)) is in the version \(to) already"] }
    return ["\(oneLine(legalName)): from \(from) to \(to)"]
      + dropped.map { "  drops \($0.kind) \($0.name) (\(oneLine($0.value))): \($0.reason)" }
      + changed.map { "  changes \($0.name) from \($0.from) to \($0.to)" }
      + people.map { "  \(oneLine("\($0.email) (\($0.name))")) can no longer open \($0.solution)" }
      + missing.map { "  lacks \($0), which the form requires" }
  }
}
