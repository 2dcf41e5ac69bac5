// What Zapier's app sends enters, by a company's API token; JSON leaves. Refused: a token without
// the scope, a trigger that there is none of, an address that nothing is sent to.

package import Hub
import JSON
import NIOHTTP1
package import Server

private let folder = "/zapier"

/// `GET /zapier/me`, `POST /zapier/hooks`, `DELETE /zapier/hooks/*` and `GET /zapier/samples/*`.
package func zapierRoutes(
  _ actions: ActionRoutes, _ hub: HubServices, limits: Limits
) -> [Route] {
  func scope(_ endpoint: String) -> String { scopeOfEndpoint(endpoint) ?? "" }
  return [
    actions.partnerRoute(.GET, folder + "/me", scope: scope("GET /zapier/me")) { _, context in
      answer(try await zapierAccount(context))
    },
    actions.partnerRoute(.POST, folder + "/hooks", scope: scope("POST /zapier/hooks")) {
      request, context in
      let members = try decodeJSONObject(request, limits: limits)
      guard let url = members.first(where: { $0.name == "url" })?.value.stringValue,
        let trigger = trigger(members.first { $0.name == "trigger" }?.value.stringValue)
      else {
        throw Refusal(
          .invalidParameter,
          "The members \"url\" and \"trigger\" have to be strings; "
            + "the trigger is one of \(triggers).")
      }
      switch try await hub.subscribeZapier(trigger, url: url, context) {
      case .made(let id):
        return answer(JSONValue.object([JSONMember(name: "id", value: .string(id))]).jsonBytes)
      case .refused(let message): throw Refusal(.invalidParameter, message)
      }
    },
    actions.partnerRoute(
      .DELETE, folder + "/hooks/*", scope: scope("DELETE /zapier/hooks")
    ) { request, context in
      let id = String(request.path.dropFirst(folder.utf8.count + "/hooks/".utf8.count))
      guard try await unsubscribeZapier(id, context) else { throw Refusal.notFound }
      return HTTPResponse(status: .noContent)
    },
    actions.partnerRoute(
      .GET, folder + "/samples/*", scope: scope("GET /zapier/samples")
    ) { request, context in
      let name = String(request.path.dropFirst(folder.utf8.count + "/samples/".utf8.count))
      guard let trigger = trigger(name) else { throw Refusal.notFound }
      return answer(try await zapierSamples(trigger, context))
    },
  ]
}

private func trigger(_ name: String?) -> ZapierTrigger? {
  name.flatMap(ZapierTrigger.init)
}

private let triggers = ZapierTrigger.allCases.map(\.rawValue).joined(separator: ", ")

private func answer(_ document: [UInt8]) -> HTTPResponse {
  var response = HTTPResponse(
    contentType: "application/json; charset=utf-8", body: .bytes(document))
  response.add("cache-control", "no-store")
  return response
}
