// The settings of webhooks: out of the environment and the flags, when what failed is sent again,
// and how long what takes nothing is borne.

import Configuration
import Delivery

extension WebhookLimits {
  init(_ reader: ConfigReader) throws(ConfigurationError) {
    self.init()
    pollSeconds = try reader.seconds("webhook.poll.seconds", default: pollSeconds)
    leaseSeconds = try reader.seconds("webhook.lease.seconds", default: leaseSeconds)
    let failing = try reader.number(
      "webhook.failing.seconds", default: Int(failingSecondsMax), in: 1...31_536_000)
    failingSecondsMax = Double(failing)
    guard let text = reader.string(forKey: "webhook.retry.seconds") else { return }
    let waits = text.split(separator: ",").map { Double($0.trimmingPrefix(" ")) }
    guard !waits.isEmpty, waits.allSatisfy({ $0.map { (0.001...604_800).contains($0) } ?? false })
    else {
      throw .invalid("WEBHOOK_RETRY_SECONDS", "is no list of seconds such as 5,300,1800")
    }
    retrySeconds = waits.compactMap(\.self)
  }
}
