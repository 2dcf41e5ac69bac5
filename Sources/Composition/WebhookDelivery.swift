// The guard of outgoing requests and a way to the database enter; the judge of webhooks' addresses
// leaves, and the worker that tells webhooks what happens.

import Credentials
import Delivery
import Hub
import Outbound
import Postgres
import Server

/// Judges an address as it would be judged before anything is sent to it.
func webhookAddresses(_ guarded: GuardedRequests) -> WebhookAddresses {
  WebhookAddresses { text in
    do throws(GuardedError) {
      let url: OutboundURL
      do throws(OutboundURLError) { url = try OutboundURL(text) } catch {
        throw GuardedError.url(error)
      }
      try await guarded.judge(url)
      return .good(url.text)
    } catch {
      return .refused(reason: error.reason)
    }
  }
}

/// Begins to tell a hub's webhooks.
/// - Parameter guarded: for webhooks alone: those that nobody answers at take no place of others.
func startWebhookWorker(
  _ configuration: ServeConfiguration, _ database: WritePoolHandle, _ hub: HubServices,
  _ guarded: GuardedRequests, _ observer: Observer
) -> WebhookWorker {
  let limits = configuration.webhooks
  return WebhookWorker.start(
    WebhookOutbox(database, limits), guarded, limits: limits,
    secrets: { delivery in
      hub.webhookSecrets(
        delivery.sealedSecrets, tenant: delivery.tenant, webhook: delivery.webhook)
    },
    now: secondsSince1970, observe: { observer.observe(Observation($0)) })
}
