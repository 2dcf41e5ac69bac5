// What a check found comes in; it leaves as lines for people and their tools, or as JSON for
// machines. Both forms are documented in schema/check.md, which a test holds true.

import GraphQLSyntax
package import GraphQLTypes
import JSON

/// A change of the schema with its place in a file.
package struct PlacedChange: Sendable, Hashable {
  package let change: SchemaChange
  package let place: FilePlace
}

/// Everything that one call of `mi-alegra check` has to tell.
package struct CheckReport: Sendable, Hashable {
  package var errors: [Finding]
  package var warnings: [Finding]
  package var changes: [PlacedChange]

  package init(
    errors: [Finding] = [], warnings: [Finding] = [], changes: [PlacedChange] = []
  ) {
    self.errors = errors
    self.warnings = warnings
    self.changes = changes
  }

  /// Neither an error nor a breaking change was found.
  package var isPassed: Bool {
    errors.isEmpty && changes.allSatisfy { $0.change.code.severity != .breaking }
  }

  // MARK: Lines

  /// One line each, without the last line feed: `file:line:column: message`.
  package var lines: String {
    var lines = errors.map { line($0.places, $0.message) }
    lines += warnings.map { line($0.places, "warning: \($0.message)") }
    lines += changes.map { line([$0.place], "\($0.change.code.severity): \($0.change.message)") }
    return lines.joined(separator: "\n")
  }

  /// How many of each were found.
  package var summary: String {
    let severities = changes.map(\.change.code.severity)
    let counts = [
      (errors.count, "error"), (warnings.count, "warning"),
      (severities.count { $0 == .breaking }, "breaking change"),
      (severities.count { $0 == .dangerous }, "dangerous change"),
    ]
    let found = counts.filter { $0.0 > 0 }.map { "\($0) \($1)" + ($0 == 1 ? "" : "s") }
    return found.isEmpty ? "nothing found" : found.joined(separator: ", ")
  }

  // MARK: JSON

  /// One object with the members `ok`, `errors`, `warnings` and `changes`, always all of them.
  package var json: [UInt8] {
    var json = JSONWriter(capacity: 1_024)
    json.beginObject()
    json.key("ok")
    json.boolean(isPassed)
    json.key("errors")
    write(errors, &json)
    json.key("warnings")
    write(warnings, &json)
    json.key("changes")
    json.beginArray()
    for change in changes {
      json.beginObject()
      json.key("code")
      json.string(change.change.code.rawValue)
      json.key("severity")
      json.string(change.change.code.severity.rawValue)
      json.key("coordinate")
      json.string(change.change.coordinate)
      json.key("message")
      json.string(change.change.message)
      json.key("locations")
      write([change.place], &json)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
  }
}

private func write(_ findings: [Finding], _ json: inout JSONWriter) {
  json.beginArray()
  for finding in findings {
    json.beginObject()
    json.key("code")
    json.string(finding.code)
    json.key("message")
    json.string(finding.message)
    json.key("locations")
    write(finding.places, &json)
    json.endObject()
  }
  json.endArray()
}

private func write(_ places: [FilePlace], _ json: inout JSONWriter) {
  json.beginArray()
  for place in places {
    json.beginObject()
    json.key("file")
    json.string(place.file)
    json.key("line")
    json.integer(place.location.line)
    json.key("column")
    json.integer(place.location.column)
    json.endObject()
  }
  json.endArray()
}

// MARK: Lines

/// The most places beside the first that a line tells; JSON tells all.
private let furtherPlacesMax = 5

private func line(_ places: [FilePlace], _ message: String) -> String {
  var line = places.first.map { "\(text(of: $0)): " } ?? ""
  line += message
  let further = places.dropFirst()
  if !further.isEmpty {
    line += " (also " + further.prefix(furtherPlacesMax).map(text(of:)).joined(separator: ", ")
    line += further.count > furtherPlacesMax ? ", ..)" : ")"
  }
  return withoutControls(line)
}

private func text(of place: FilePlace) -> String {
  "\(place.file):\(place.location.line):\(place.location.column)"
}

/// A line feed out of a quoted string would make two lines of one, and an escape out of a file
/// would speak to the terminal.
private func withoutControls(_ text: String) -> String {
  var kept = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x0A: kept += "\\n"
    case 0x09: kept += "\\t"
    case 0..<0x20, 0x7F..<0xA0: kept += "\\u{\(String(scalar.value, radix: 16))}"
    default: kept.unicodeScalars.append(scalar)
    }
  }
  return kept
}

// MARK: Changes

/// The changes from one schema to another, each at its place.
package func placedChanges(from old: Schema, to new: Schema) -> [PlacedChange] {
  var oldPlaces = SourcePlaces(old.sources)
  var newPlaces = SourcePlaces(new.sources)
  func place(
    _ location: SchemaLocation, _ schema: Schema, _ places: inout SourcePlaces
  ) -> FilePlace {
    // The first source is the specification's, which is no file.
    if location.source == 0, schema.sources.count > 1 {
      return .beginning(of: schema.sources[1].name)
    }
    return places.place(of: location.range, in: location.source)
  }
  return schemaChanges(from: old, to: new).map { change in
    switch change.place {
    case .old(let location):
      PlacedChange(change: change, place: place(location, old, &oldPlaces))
    case .new(let location):
      PlacedChange(change: change, place: place(location, new, &newPlaces))
    }
  }
}
