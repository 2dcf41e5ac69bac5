// A time zone's name enters and leaves as it is; one that the database does not know is refused.

/// The areas of the IANA time zone database whose names are places.
private let areas: Set<String> = [
  "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian",
  "Pacific",
]

/// Whether a name of the IANA database is one that a person may choose: `UTC` or a place. The names
/// kept for old software are left out: `EST` has no summer time, `Etc/GMT+5` is five hours behind.
/// Meant to filter `pg_timezone_names` when the catalogue is loaded.
package func isTimezoneOffered(_ name: String) -> Bool {
  if name == "UTC" { return true }
  guard let slash = name.firstIndex(of: "/") else { return false }
  return areas.contains(String(name[..<slash]))
}

/// Exactly as the database spells it; nil where nothing was given.
package func timezone(_ typed: String, known: Set<String>) throws(RuleViolation) -> String? {
  let name = trimmed(typed)
  guard !name.isEmpty else { return nil }
  guard known.contains(name), isTimezoneOffered(name) else {
    throw .invalidFormat(expected: .timezone)
  }
  return name
}
