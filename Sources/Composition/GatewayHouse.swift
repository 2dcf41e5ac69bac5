// The guard of outgoing requests comes in, the domain's way to the makers of integrations leaves.

import Hub
import Outbound
import Server

/// Carries the domain's requests. What became of one that was not answered is told to the log, by
/// its reason alone: neither address nor header nor body are anybody's to read there.
func gateways(_ guarded: GuardedRequests, _ observer: Observer) -> Gateways {
  Gateways { request in
    do throws(GuardedError) {
      let url: OutboundURL
      do throws(OutboundURLError) { url = try OutboundURL(request.url) } catch {
        throw GuardedError.url(error)
      }
      let method: GuardedRequest.Method =
        switch request.method {
        case .get: .get
        case .post: .post
        }
      let answer = try await guarded.send(
        GuardedRequest(method, url, headers: request.headers, body: request.body))
      return GatewayAnswer(status: answer.status, body: answer.body)
    } catch {
      observer.observe(.notice("credentials could not be checked: \(error.reason)"))
      return nil
    }
  }
}
