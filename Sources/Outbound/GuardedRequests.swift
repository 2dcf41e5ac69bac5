// A request to an address that somebody outside named enters, its whole answer leaves. Refused: an
// address that is not public, whatever it is called; a redirect; an answer that is late or large.
//
// The name is looked up once, each of its addresses is judged, and the connection goes to one of
// those that were judged: who answers a second look-up otherwise is never asked. TLS still asks for
// the certificate of the name.

import AsyncHTTPClient
import Foundation
internal import Glibc
package import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// What requests to addresses of others may do and cost.
package struct GuardedLimits: Sendable, Hashable {
  /// Whether this machine may be asked, and without encryption: for development and tests alone.
  package var allowsLoopback = false
  /// Until the connection stands, TLS included.
  package var connectSeconds = 5
  /// From the look-up to the last byte of the answer, however slowly it trickles.
  package var wholeSeconds = 10
  package var bodyBytesMax = 256 * 1024
  package var answerBytesMax = 256 * 1024
  package var headerBytesMax = 8 * 1024
  /// Under way at once, over all event loops.
  package var requestsMax = 64
  /// Of one name, tried one after the other while nobody is there.
  package var addressesMax = 3
  /// That wait for name servers at once.
  package var resolverThreads = 4

  package init() {}
}

/// A request as somebody's data made it.
package struct GuardedRequest: Sendable {
  package enum Method: String, Sendable, Hashable {
    case get = "GET"
    case post = "POST"
  }

  package var method: Method
  package var url: OutboundURL
  package var headers: [(name: String, value: String)]
  /// Nil: without a body.
  package var body: [UInt8]?

  package init(
    _ method: Method, _ url: OutboundURL, headers: [(name: String, value: String)] = [],
    body: [UInt8]? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// What came back, with its whole body.
package struct GuardedAnswer: Sendable {
  /// Never a redirect's.
  package let status: Int
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]

  /// The first field of this name, in any spelling.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// The one way to addresses that somebody outside named, for whatever the house asks there.
package final class GuardedRequests: Sendable {
  private let group: any EventLoopGroup
  private let resolver: NameResolver
  private let pool: NIOThreadPool?
  package let limits: GuardedLimits
  private let underWay = Mutex(0)

  /// - Parameter resolver: nil: the system's.
  package init(
    on group: any EventLoopGroup, limits: GuardedLimits = GuardedLimits(),
    resolver: NameResolver? = nil
  ) {
    self.group = group
    self.limits = limits
    if let resolver {
      self.resolver = resolver
      pool = nil
    } else {
      let pool = NIOThreadPool(numberOfThreads: limits.resolverThreads)
      pool.start()
      self.pool = pool
      self.resolver = .system(on: group.any(), pool, seconds: limits.wholeSeconds)
    }
  }

  /// Sends a request once: it is repeated nowhere, but where no connection came about at all.
  package func send(_ request: GuardedRequest) async throws(GuardedError) -> GuardedAnswer {
    try check(request)
    let isFree = underWay.withLock { count in
      guard count < limits.requestsMax else { return false }
      count += 1
      return true
    }
    guard isFree else { throw .busy(requestsMax: limits.requestsMax) }
    defer { underWay.withLock { $0 -= 1 } }
    return try await ask(request)
  }

  /// Judges an address without asking it: for whoever wants to keep one. It is judged again each
  /// time that it is asked, for a name may lead elsewhere by then.
  package func judge(_ url: OutboundURL) async throws(GuardedError) {
    _ = try await addresses(of: url)
  }

  /// Ends the threads that wait for name servers; nothing may be asked afterwards.
  package func close() async { try? await pool?.shutdownGracefully() }

  // MARK: Before anything is sent

  private func check(_ request: GuardedRequest) throws(GuardedError) {
    guard (request.body?.count ?? 0) <= limits.bodyBytesMax else {
      throw .bodyTooLarge(bytesMax: limits.bodyBytesMax)
    }
    var bytes = 0
    for (name, value) in request.headers {
      bytes += name.utf8.count + value.utf8.count
      guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte),
        !ownFields.contains(name.lowercased()),
        value.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
      else { throw .headerRefused }
    }
    guard bytes <= limits.headerBytesMax else { throw .headerRefused }
  }

  /// The addresses of the host that may be asked; not one of them where one may not: who mixes
  /// them means no good.
  private func addresses(of url: OutboundURL) async throws(GuardedError) -> [NetworkAddress] {
    let found: [NetworkAddress]
    switch url.host {
    case .address(let address): found = [address]
    case .name(let name):
      guard name != localhost || limits.allowsLoopback else { throw .url(.localName) }
      do {
        found = try await resolver.addresses(name)
      } catch {
        throw error as? GuardedError ?? .nameNotFound
      }
    }
    guard !found.isEmpty else { throw .nameNotFound }
    for address in found {
      guard let kind = address.kind else { continue }
      guard kind == .loopback, limits.allowsLoopback else { throw .addressRefused(kind) }
    }
    if url.scheme == .http {
      guard found.allSatisfy({ $0.kind == .loopback }) else { throw .notEncrypted }
    }
    return found
  }

  // MARK: The exchange

  private func ask(_ request: GuardedRequest) async throws(GuardedError) -> GuardedAnswer {
    let (seconds, answerBytesMax) = (limits.wholeSeconds, limits.answerBytesMax)
    do {
      return try await withThrowingTaskGroup(of: GuardedAnswer?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await self.exchange(request) }
        // The client's own deadlines look at the head and at pauses, and a trickle has neither.
        group.addTask {
          try await Task.sleep(for: .seconds(seconds))
          return nil
        }
        guard let first = try await group.next(), let answer = first else {
          throw GuardedError.timedOut(seconds: seconds)
        }
        return answer
      }
    } catch let error as GuardedError {
      throw error
    } catch is NIOTooManyBytesError {
      throw .answerTooLarge(bytesMax: answerBytesMax)
    } catch let error as HTTPClientError {
      throw late.contains(error) ? .timedOut(seconds: seconds) : .failed(error.shortDescription)
    } catch {
      throw .failed("\(type(of: error))")
    }
  }

  private func exchange(_ request: GuardedRequest) async throws -> GuardedAnswer {
    let addresses = try await addresses(of: request.url).prefix(limits.addressesMax)
    for address in addresses.dropLast() {
      do {
        return try await exchange(request, with: address)
      } catch let error where isAbsence(error) {
        continue
      }
    }
    guard let last = addresses.last else { throw GuardedError.nameNotFound }
    return try await exchange(request, with: last)
  }

  /// One client for one address: which address a name stands for belongs to a client, not to a
  /// request. It shares the event loops, keeps no connection, and asks no proxy.
  private func exchange(
    _ request: GuardedRequest, with address: NetworkAddress
  ) async throws -> GuardedAnswer {
    let url = request.url
    // The client reads the address once more, by another reader than ours. It is given nothing
    // over which the two could differ; and where they do, nothing is asked.
    guard let host = URL(string: url.text)?.host,
      host.trimmingCharacters(in: ["[", "]"]) == url.hostText.trimmingCharacters(in: ["[", "]"])
    else { throw GuardedError.url(.malformed) }
    let client = HTTPClient(
      eventLoopGroupProvider: .shared(group), configuration: configuration(host, address))
    do {
      let answer = try await exchange(request, by: client)
      try? await client.shutdown()
      return answer
    } catch {
      try? await client.shutdown()
      throw error
    }
  }

  private func configuration(
    _ host: String, _ address: NetworkAddress
  ) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.dnsOverride = [host: address.text]
    configuration.proxy = nil
    configuration.timeout = HTTPClient.Configuration.Timeout(
      connect: .seconds(Int64(limits.connectSeconds)), read: .seconds(Int64(limits.wholeSeconds)))
    configuration.decompression = .disabled
    configuration.httpVersion = .http1Only
    configuration.maximumUsesPerConnection = 1
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }

  private func exchange(
    _ request: GuardedRequest, by client: HTTPClient
  ) async throws -> GuardedAnswer {
    var asked = HTTPClientRequest(url: request.url.text)
    asked.method = HTTPMethod(rawValue: request.method.rawValue)
    asked.headers.add(name: "user-agent", value: "mi-alegra")
    for (name, value) in request.headers { asked.headers.replaceOrAdd(name: name, value: value) }
    if let body = request.body { asked.body = .bytes(ByteBuffer(bytes: body)) }
    let answer = try await client.execute(
      asked, timeout: .seconds(Int64(limits.wholeSeconds)))
    let status = Int(answer.status.code)
    guard status >= 200 else { throw GuardedError.failed("an answer that is none") }
    guard !(300..<400).contains(status) else { throw GuardedError.redirected(status: status) }
    let body = try await answer.body.collect(upTo: limits.answerBytesMax)
    return GuardedAnswer(
      status: status, headers: answer.headers.map { ($0.name, $0.value) },
      body: Array(body.readableBytesView))
  }
}

private let late: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .connectTimeout]

/// What the connection says of itself, and no caller.
private let ownFields: Set<String> = [
  "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization",
  "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
]

/// Whether nobody was there to take the connection, so that nothing can have been done.
private func isAbsence(_ error: any Error) -> Bool {
  switch error {
  case let error as HTTPClientError: error == .connectTimeout
  case let error as IOError:
    [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT].contains(error.errnoCode)
  case _: false
  }
}

/// RFC 9110, section 5.6.2.
private func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case _: "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}
