// The keys and the Google client of the configuration enter, what `doctor` finds of them leaves:
// which keys are used, which are missing, which may go. No secret is among it.

import Composition
import Credentials
import Hub
import Postgres

func inspectTokenKeys(_ configuration: ServeConfiguration) -> Finding {
  let names = configuration.tokenKeys.names
  let others = names.dropFirst()
  return .good(
    "token keys",
    "\(names[0]) signs" + (others.isEmpty ? "" : ", \(others.joined(separator: ", ")) verify too"))
}

func inspectGoogle(_ configuration: ServeConfiguration) -> Finding {
  guard let google = configuration.google else {
    return .good("Google", "GOOGLE_CLIENT_ID is not set: nobody signs in with Google")
  }
  guard configuration.publicURL != nil else {
    return .remarkable(
      "Google", "\(google), which sends people back to where the server listens",
      advice: "set PUBLIC_URL to where people reach it")
  }
  return .good("Google", "\(google)")
}

/// - Parameter connection: one of the write pool's role.
func inspectSealingKeys(
  _ configuration: ServeConfiguration, _ connection: AdminConnection
) throws -> [Finding] {
  let subject = "sealing keys"
  let names = configuration.sealingKeys?.names ?? []
  var findings: [Finding] = []
  let uses = try SealingKeyUse.all(connection)
  for use in uses {
    guard let name = use.keyName else {
      findings.append(
        .bad(
          subject, "\(use.secrets) secrets at rest are no envelopes and open under no key",
          mend: "restore them from a backup"))
      continue
    }
    if !names.contains(name) {
      findings.append(
        .bad(
          subject, "\(use.secrets) secrets at rest are sealed under \(name), which is not set",
          mend: "put the key \(name) back into SEALING_KEYS: nothing else opens them"))
    } else if name != names.first {
      findings.append(
        .remarkable(
          subject, "\(use.secrets) secrets at rest are still sealed under \(name)",
          advice: "run `mi-alegra keys reseal`, once every server knows \(names[0])"))
    }
  }
  let used = Set(uses.compactMap(\.keyName))
  for name in names.dropFirst() where !used.contains(name) {
    findings.append(
      .remarkable(
        subject, "nothing is sealed under \(name)",
        advice: "take it out of SEALING_KEYS, unless it is to seal next"))
  }
  if findings.contains(where: \.isBad) { return findings }
  let sealing =
    names.first.map { "\($0) seals" }
    ?? "SEALING_KEYS is not set: there are no second factors"
  return [.good(subject, sealing)] + findings
}
