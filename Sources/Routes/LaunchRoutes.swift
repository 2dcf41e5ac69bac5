// The code of a launch enters from the backend of a solution, by its service token; who comes
// leaves as JSON. Refused, all alike: a code that opens nothing.

import Execution
import Hub
import JSON
import NIOHTTP1
package import Server

/// Where backends exchange codes.
private let exchangePath = "/launch/exchange"

/// `POST /launch/exchange` with `{"code": ".."}`.
package func launchRoutes(_ actions: ActionRoutes, limits: Limits) -> [Route] {
  let access = accessOfEndpoint("POST \(exchangePath)")
  return [
    actions.route(.POST, exchangePath, access: access) { request, context in
      let members = try decodeJSONObject(request, limits: limits)
      guard case .string(let code)? = members.first(where: { $0.name == "code" })?.value else {
        throw Server.Refusal(.invalidParameter, "The member \"code\" has to be a string.")
      }
      guard let document = try await exchangeLaunch(code, context) else {
        throw Server.Refusal(
          .launchCodeInvalid, "The code opens nothing: unknown, over, used, or for another.")
      }
      var response = HTTPResponse(
        contentType: "application/json; charset=utf-8", body: .bytes(document))
      response.add("cache-control", "no-store")
      return response
    }
  ]
}
