// launchSolution: a member's session comes in, the address that hands it over to a solution leaves,
// with a code that is good once and for a minute. Refused: a solution that the company does not use
// or the role does not open, and a way back to any host but the solution's own.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let make = PreparedStatement(
  "SELECT outcome, launch_url, name FROM make_launch($1, $2, $3, $4, $5, $6, $7, $8)")

func launchSolution(_ hub: HubServices) -> Action {
  Action("launchSolution") { input, context in
    let member = try context.member()
    let returnTo: ReturnAddress?
    do throws(RuleViolation) {
      returnTo = try input["returnTo"]?.text.map(ReturnAddress.init(typed:))
    } catch {
      return member.refused(error, "returnTo")
    }
    let state = input["state"]?.text
    if let state, state.utf8.count > hub.launchLimits.stateBytesMax {
      return member.refused(.tooLong(charactersMax: hub.launchLimits.stateBytesMax), "state")
    }
    let code = LaunchCode.make()
    let rows = try await context.write([
      Query(
        make,
        [
          member.scope.session, member.scope.account, member.scope.tenant,
          .text(input["code"]?.text ?? ""), Parameter(returnTo?.origin), .binary(code.hash),
          Parameter(hub.launchLimits.codeSeconds), Parameter(hub.launchLimits.codesMax),
        ])
    ])[0]
    switch rows.string(0, 0) {
    case "made":
      guard let launchURL = rows.string(0, 1), let name = rows.string(0, 2) else { break }
      let url = launchAddress(launchURL, code, returnTo, state: state)
      return ActionOutcome(payload: ["url": .string(url), "name": .string(name)])
    case "solution_not_found": return member.refused(.solutionNotFound, "code")
    case "role_opens_not": return member.refused(.solutionNotForRole, "code")
    case "return_refused": return member.refused(.returnAddressForeign, "returnTo")
    case "too_many":
      throw ActionRefusal.rateLimited(retryAfterSeconds: hub.launchLimits.codeSeconds)
    case _: break
    }
    throw LaunchFault()
  }
}

/// An outcome that the function does not have: a fault of the program.
private struct LaunchFault: Error {}

/// The solution's launch address, which has no query of its own, with what the browser carries.
private func launchAddress(
  _ launchURL: String, _ code: LaunchCode, _ returnTo: ReturnAddress?, state: String?
) -> String {
  var address = launchURL + "?code=" + code.text
  if let returnTo {
    address += "&return_to=" + percentEncoded(returnTo.address(at: launchURL))
  }
  if let state { address += "&state=" + percentEncoded(state) }
  return address
}

/// Everything but the unreserved characters (RFC 3986, section 2.3) as `%XX` of its UTF-8.
private func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var encoded: [UInt8] = []
  for byte in text.utf8 {
    if isDigit(byte) || isLetter(byte) || "-._~".utf8.contains(byte) {
      encoded.append(byte)
    } else {
      encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}
