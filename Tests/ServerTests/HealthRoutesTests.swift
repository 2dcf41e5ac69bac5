// /livez and /readyz.

import Synchronization
import Testing

@testable import Server

struct HealthRoutesTests {
  @Test func `readiness fails and comes back while the process lives on`() async throws {
    let readiness = Mutex(Readiness.ready)
    let holder = Holder(readiness)
    try await withServer(routes: { _ in healthRoutes { holder.readiness.withLock { $0 } } }) {
      server in
      let ready = try server.exchange(get("/readyz"))
      #expect(ready.status == 200)
      #expect(ready.body == #"{"status":"ready"}"#)
      #expect(ready["cache-control"] == "no-store")
      holder.readiness.withLock { $0 = .notReady(reasons: ["database unavailable", "starting"]) }
      let failing = try server.exchange(get("/readyz"))
      #expect(failing.status == 503)
      #expect(
        failing.body == #"{"status":"not ready","reasons":["database unavailable","starting"]}"#)
      #expect(try server.exchange(get("/livez")).body == #"{"status":"live"}"#)
      holder.readiness.withLock { $0 = .ready }
      #expect(try server.exchange(get("/readyz")).status == 200)
      #expect(server.observed.codes.isEmpty, "a probe each second does not fill the log")
    }
  }

  private final class Holder: Sendable {
    let readiness: Mutex<Readiness>
    init(_ readiness: consuming Mutex<Readiness>) { self.readiness = readiness }
  }
}
