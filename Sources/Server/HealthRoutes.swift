// Whether the process lives and whether it can serve, asked by whatever runs it.

internal import JSON
internal import NIOHTTP1

/// What `/readyz` answers.
package enum Readiness: Sendable, Equatable {
  case ready
  /// Short words for operators, such as `database unavailable`; they are public, so no detail.
  case notReady(reasons: [String])
}

/// `/livez`: 200 while the event loop turns. `/readyz`: 200, or 503 with the reasons.
/// - Parameter readiness: asked on the event loop at each request; must not block.
package func healthRoutes(readiness: @escaping () -> Readiness) -> [Route] {
  [
    Route(.GET, "/livez") { _, responder in
      responder.respond(healthResponse(.ok, "live"))
    },
    Route(.GET, "/readyz") { _, responder in
      switch readiness() {
      case .ready: responder.respond(healthResponse(.ok, "ready"))
      case .notReady(let reasons):
        // No code, so that a probe each second does not fill the log; the cause was logged once.
        responder.respond(healthResponse(.serviceUnavailable, "not ready", reasons: reasons))
      }
    },
  ]
}

private func healthResponse(
  _ status: HTTPResponseStatus, _ word: String, reasons: [String] = []
) -> HTTPResponse {
  var writer = JSONWriter(capacity: 64)
  writer.beginObject()
  writer.key("status")
  writer.string(word)
  if !reasons.isEmpty {
    writer.key("reasons")
    writer.beginArray()
    for reason in reasons {
      writer.separate()
      writer.string(reason)
    }
    writer.endArray()
  }
  writer.endObject()
  var response = HTTPResponse(
    status: status, contentType: ResponseMediaType.json.contentType, body: .bytes(writer.bytes))
  response.add("cache-control", "no-store")
  return response
}
