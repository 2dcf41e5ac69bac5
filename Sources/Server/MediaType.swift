// `Accept` and `Content-Type` enter, the media type to answer with or the charset to read leaves.

/// The two media types that a GraphQL response may have (GraphQL over HTTP, section 6.4).
package enum ResponseMediaType: Sendable, Hashable, CaseIterable {
  case json
  case graphQLResponseJSON

  package var contentType: String {
    switch self {
    case .json: "application/json; charset=utf-8"
    case .graphQLResponseJSON: "application/graphql-response+json; charset=utf-8"
    }
  }

  fileprivate var essence: StaticString {
    switch self {
    case .json: "application/json"
    case .graphQLResponseJSON: "application/graphql-response+json"
    }
  }
}

/// Chooses by quality, then by how exactly a range names the type. What ties is
/// `application/graphql-response+json` where it was named, and `application/json` under a wildcard
/// or without any `Accept` (audits 22EB, 47DE and 80D8 of the graphql-http suite).
/// - Parameter accept: the values of all `Accept` fields.
/// - Returns: nil where neither type is acceptable: 406.
package func negotiateMediaType(accept: [String]) -> ResponseMediaType? {
  if accept.isEmpty { return .json }
  if accept.count == 1, let known = knownSpellings[accept[0]] { return known }
  return readAccept(accept)
}

func readAccept(_ accept: [String]) -> ResponseMediaType? {
  let ranges = accept.flatMap { splitOutsideQuotes($0[...], at: UInt8(ascii: ",")) }
    .compactMap(MediaRange.init)
  // Nothing but white space and commas is the same as no field (RFC 9110, section 12.5.1).
  let isBlank = accept.allSatisfy { $0.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x2c } }
  if isBlank { return .json }
  let json = rating(of: .json, by: ranges)
  let graphQL = rating(of: .graphQLResponseJSON, by: ranges)
  if json.quality == 0 && graphQL.quality == 0 { return nil }
  if json.quality != graphQL.quality {
    return json.quality > graphQL.quality ? .json : .graphQLResponseJSON
  }
  if json.precision != graphQL.precision {
    return json.precision > graphQL.precision ? .json : .graphQLResponseJSON
  }
  return json.precision == 2 ? .graphQLResponseJSON : .json
}

/// What nearly every client sends, so that it is not read again with each request; a test holds it
/// against the reader.
let knownSpellings: [String: ResponseMediaType] = [
  "*/*": .json,
  "application/json": .json,
  "application/json, */*": .json,
  "application/json, text/plain, */*": .json,
  "application/graphql-response+json": .graphQLResponseJSON,
  "application/graphql-response+json, application/json": .graphQLResponseJSON,
  "application/graphql-response+json,application/json;q=0.9": .graphQLResponseJSON,
  "application/graphql-response+json, application/json;q=0.9": .graphQLResponseJSON,
  "application/graphql-response+json, application/graphql+json, application/json, "
    + "text/event-stream, multipart/mixed": .graphQLResponseJSON,
]

/// Whether `text/event-stream` is asked for by its name; a wildcard asks for no stream.
func acceptsEventStream(_ accept: [String]) -> Bool {
  accept.flatMap { splitOutsideQuotes($0[...], at: UInt8(ascii: ",")) }
    .compactMap(MediaRange.init)
    .contains { equalsIgnoringCase($0.essence, "text/event-stream") && $0.quality > 0 }
}

/// The most exact range that names the type decides (RFC 9110, section 12.5.1).
private func rating(
  of type: ResponseMediaType, by ranges: [MediaRange]
) -> (quality: Int, precision: Int) {
  var best = (quality: 0, precision: -1)
  for range in ranges {
    guard let precision = range.precision(for: type), precision >= best.precision else { continue }
    best = (
      precision == best.precision ? max(best.quality, range.quality) : range.quality, precision
    )
  }
  return best
}

/// One media-range of an `Accept` field; nil where it is none, and then it counts for nothing.
private struct MediaRange {
  var essence: Substring
  /// Thousandths, as many as the grammar of a weight can tell apart.
  var quality = 1000
  var isUTF8 = true

  init?(_ text: Substring) {
    var parts = splitOutsideQuotes(text, at: UInt8(ascii: ";")).map(trimWhiteSpace)
    guard let essence = parts.first, isMediaType(essence) else { return nil }
    parts.removeFirst()
    self.essence = essence
    for part in parts {
      guard let (name, value) = parameter(part) else { continue }
      if equalsIgnoringCase(name, "q") {
        guard let weight = thousandths(value) else { return nil }
        quality = weight
      } else if equalsIgnoringCase(name, "charset") {
        isUTF8 = equalsIgnoringCase(value, "utf-8") || value == "*"
      }
    }
  }

  /// 2 for the type itself, 1 for `application/*`, 0 for `*/*`; nil for another type.
  func precision(for type: ResponseMediaType) -> Int? {
    guard isUTF8 else { return nil }
    if essence == "*/*" { return 0 }
    if equalsIgnoringCase(essence, "application/*") { return 1 }
    return equalsIgnoringCase(essence, type.essence) ? 2 : nil
  }
}

/// What a request's `Content-Type` says about its body.
enum RequestContentType: Equatable {
  case json
  case unsupported
  /// JSON in another charset than UTF-8, or in two at once.
  case otherCharset
}

/// JSON is `application/json` with no charset or UTF-8 (RFC 8259, section 11); other parameters
/// mean nothing and are passed over.
func readContentType(_ value: String) -> RequestContentType {
  if value == "application/json" { return .json }
  var parts = splitOutsideQuotes(value[...], at: UInt8(ascii: ";")).map(trimWhiteSpace)
  guard let essence = parts.first, equalsIgnoringCase(essence, "application/json") else {
    return .unsupported
  }
  parts.removeFirst()
  for part in parts {
    guard let (name, text) = parameter(part), equalsIgnoringCase(name, "charset") else { continue }
    if !equalsIgnoringCase(text, "utf-8") && !equalsIgnoringCase(text, "utf8") {
      return .otherCharset
    }
  }
  return .json
}

/// True for a `Content-Type` that a page of another origin may send without asking first (Fetch,
/// section 2.2.2, CORS-safelisted request-header); a value that cannot be read counts as one.
func isSimpleContentType(_ value: String) -> Bool {
  let essence = trimWhiteSpace(
    splitOutsideQuotes(value[...], at: UInt8(ascii: ";")).first ?? value[...])
  guard isMediaType(essence) else { return true }
  return equalsIgnoringCase(essence, "application/x-www-form-urlencoded")
    || equalsIgnoringCase(essence, "multipart/form-data")
    || equalsIgnoringCase(essence, "text/plain")
}

/// weight = "q=" ( "0" [ "." 0*3DIGIT ] / "1" [ "." 0*3("0") ] ), in thousandths.
private func thousandths(_ text: Substring) -> Int? {
  let bytes = Array(text.utf8)
  guard let first = bytes.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"),
    bytes.count <= 5
  else { return nil }
  var result = first == UInt8(ascii: "1") ? 1000 : 0
  guard bytes.count > 1 else { return result }
  guard bytes[1] == UInt8(ascii: ".") else { return nil }
  var unit = 100
  for byte in bytes.dropFirst(2) {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    result += Int(byte - UInt8(ascii: "0")) * unit
    unit /= 10
  }
  return result <= 1000 ? result : nil
}
