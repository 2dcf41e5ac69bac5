// The address of a webhook comes in, the one that is kept leaves, or why it is not taken. Who
// judges addresses is the composition's to say: the domain knows no network.

/// The judge of addresses that people give.
package struct WebhookAddresses: Sendable {
  package enum Verdict: Sendable, Hashable {
    /// As it is kept: spelled in one way.
    case good(String)
    /// A word that does not change, such as `URL_NOT_HTTPS`.
    case refused(reason: String)
  }

  let judge: @Sendable (String) async -> Verdict

  package init(judge: @escaping @Sendable (String) async -> Verdict) {
    self.judge = judge
  }

  /// Of a hub that does not run.
  package static let none = WebhookAddresses { _ in .refused(reason: "NO_CONNECTION") }
}
