// A request to somebody else's server enters, its whole answer leaves. Refused: an answer that is
// late or large, and any redirect, which would lead to a host that nobody chose.

import AsyncHTTPClient
package import NIOCore
import NIOHTTP1

/// What an exchange with another server may cost.
package struct OutgoingLimits: Sendable, Hashable {
  /// Until the connection stands, TLS included.
  package var connectSeconds = 5
  /// From the start to the last byte of the answer, however slowly it trickles.
  package var answerSeconds = 10
  package var bodyBytesMax = 256 * 1024

  package init() {}
}

/// Why there is no answer; says no address, token or text of the other side.
package enum OutgoingError: Error, Hashable, Sendable {
  case timedOut(seconds: Int)
  case tooLarge(bytesMax: Int)
  /// No connection, no TLS, or one that broke; the kind of failure alone.
  case failed(String)
}

/// An answer with its whole body, whatever its status says.
package struct OutgoingAnswer: Sendable {
  package let status: Int
  /// Of all `Cache-Control` fields.
  package let cacheControl: [String]
  package let age: String?
  package let body: [UInt8]
}

/// The one way to ask other servers. Each connection is used once: what is asked is rare, and a
/// connection that the other side was about to close would fail a request that cannot be repeated.
package final class OutgoingRequests: Sendable {
  private let client: HTTPClient
  private let limits: OutgoingLimits

  package init(on group: any EventLoopGroup, limits: OutgoingLimits = OutgoingLimits()) {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout = HTTPClient.Configuration.Timeout(
      connect: .seconds(Int64(limits.connectSeconds)), read: .seconds(Int64(limits.answerSeconds)))
    configuration.decompression = .disabled
    configuration.httpVersion = .http1Only
    configuration.maximumUsesPerConnection = 1
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    self.limits = limits
  }

  package func get(_ url: SecureURL) async throws(OutgoingError) -> OutgoingAnswer {
    var request = HTTPClientRequest(url: url.text)
    request.headers.add(name: "accept", value: "application/json")
    return try await ask(request)
  }

  /// Sends a form, with the name and secret that we are known by there.
  package func post(
    _ fields: [(name: String, value: String)], to url: SecureURL, authorization: String
  ) async throws(OutgoingError) -> OutgoingAnswer {
    var request = HTTPClientRequest(url: url.text)
    request.method = .POST
    request.headers.add(name: "accept", value: "application/json")
    request.headers.add(name: "authorization", value: authorization)
    request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
    request.body = .bytes(ByteBuffer(string: formEncode(fields)))
    return try await ask(request)
  }

  /// Waits for what is open; nothing may be asked afterwards.
  package func close() async {
    try? await client.shutdown()
  }

  private func ask(_ request: HTTPClientRequest) async throws(OutgoingError) -> OutgoingAnswer {
    let (client, limits) = (client, limits)
    do {
      return try await withThrowingTaskGroup(of: OutgoingAnswer?.self) { group in
        defer { group.cancelAll() }
        group.addTask {
          let timeout = TimeAmount.seconds(Int64(limits.answerSeconds))
          let response = try await client.execute(request, timeout: timeout)
          let body = try await response.body.collect(upTo: limits.bodyBytesMax)
          return OutgoingAnswer(
            status: Int(response.status.code), cacheControl: response.headers["cache-control"],
            age: response.headers.first(name: "age"), body: Array(body.readableBytesView))
        }
        // The client's own deadlines look at the head and at pauses, and a trickle has neither.
        group.addTask {
          try await Task.sleep(for: .seconds(limits.answerSeconds))
          return nil
        }
        guard let first = try await group.next(), let answer = first else {
          throw OutgoingError.timedOut(seconds: limits.answerSeconds)
        }
        return answer
      }
    } catch {
      throw OutgoingError(error, limits)
    }
  }
}

private let late: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .connectTimeout]

extension OutgoingError {
  fileprivate init(_ error: any Error, _ limits: OutgoingLimits) {
    switch error {
    case let error as OutgoingError: self = error
    case is NIOTooManyBytesError: self = .tooLarge(bytesMax: limits.bodyBytesMax)
    case let error as HTTPClientError where late.contains(error):
      self = .timedOut(seconds: limits.answerSeconds)
    case let error as HTTPClientError: self = .failed(error.shortDescription)
    case _: self = .failed("\(type(of: error))")
    }
  }
}
