// `Accept-Language` comes in, one of the languages that texts exist in leaves.

/// The first offered language that the header asks for, by its weights (RFC 9110, section 12.5.4);
/// the first of those offered where it asks for none of them.
/// - Precondition: `offered` is not empty.
package func preferredLanguage(_ header: String?, offered: [String]) -> String {
  let fallback = offered.first ?? "es"
  guard let header else { return fallback }
  var best: (language: String, weight: Double)?
  for range in header.utf8.prefix(500).split(separator: UInt8(ascii: ",")) {
    let parts = Substring(range).split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
    guard let tag = parts.first else { continue }
    let primary = tag.split(separator: "-").first.map(String.init) ?? ""
    guard let language = offered.first(where: { $0 == primary }) else { continue }
    let weight =
      parts.dropFirst().first { $0.hasPrefix("q=") }
      .flatMap { Double($0.dropFirst(2)) } ?? 1
    if weight > 0, weight <= 1, weight > (best?.weight ?? 0) { best = (language, weight) }
  }
  return best?.language ?? fallback
}
