// An address and the Workspace domain that Google vouches for enter, whether Google speaks for the
// address leaves. That Google has verified an address is not enough: a consumer's Google account
// can be made on an address of any provider, which may be somebody else's tomorrow.

/// Whether Google is the one that gives this address out: Gmail, or the Workspace domain of the
/// person's Google account. Domains compare in their ASCII form, without regard to case.
package func isGoogleAddress(_ email: String, hostedDomain: String?) -> Bool {
  guard let domain = domain(of: email) else { return false }
  if gmail.contains(domain) { return true }
  guard let hostedDomain, let hosted = asciiDomain(hostedDomain) else { return false }
  return domain == hosted
}

/// Whether another provider gives this address out, so that a link needs not even be tried.
package func isOtherProvidersAddress(_ email: String) -> Bool {
  guard let domain = domain(of: email) else { return false }
  let labels = domain.split(separator: ".")
  guard let name = labels.first, otherProviders.contains(String(name)) else { return false }
  // Every regional domain: yahoo.es, yahoo.com.ar, hotmail.co.uk; and no company's yahoo.acme.com.
  switch labels.count {
  case 2: return true
  case 3: return ["com", "co", "ne", "net", "org"].contains(labels[1]) && labels[2].count == 2
  case _: return false
  }
}

private let gmail: Set<String> = ["gmail.com", "googlemail.com"]
private let otherProviders: Set<String> = [
  "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "rocketmail", "icloud",
]

private func domain(of email: String) -> String? {
  guard let key = emailKey(email), let at = key.utf8.lastIndex(of: UInt8(ascii: "@")) else {
    return nil
  }
  return String(key[key.utf8.index(after: at)...])
}
