// What the guard sends and what it refuses, against real servers on this machine, with name servers
// that lie.

import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Outbound

@Suite(.timeLimit(.minutes(1)))
struct GuardedRequestsTests {
  // MARK: Where it leads

  @Test(arguments: [
    ["10.0.0.1"], ["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254"],
    ["93.184.215.14", "10.0.0.1"], ["10.0.0.1", "93.184.215.14"], ["2606:4700::1", "fd00::1"],
    ["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["0.0.0.0"], ["::"], ["100.64.0.1"], ["224.0.0.1"],
  ])
  func `a name that leads inside is refused, whatever else it leads to`(
    addresses: [String]
  ) async throws {
    let guarded = makeGuard { _ in addresses }
    let refused = await error(of: guarded, "https://hooks.example/")
    guard case .addressRefused = refused else {
      Issue.record("\(addresses): \(String(describing: refused))")
      return
    }
    #expect(refused?.reason == "ADDRESS_NOT_PUBLIC")
  }

  @Test(arguments: [
    ("https://127.0.0.1/", "ADDRESS_NOT_PUBLIC"), ("https://[::1]/", "ADDRESS_NOT_PUBLIC"),
    ("https://[::ffff:7f00:1]/", "ADDRESS_NOT_PUBLIC"),
    ("https://localhost/", "ADDRESS_NOT_PUBLIC"),
    ("https://[64:ff9b::7f00:1]:8443/", "ADDRESS_NOT_PUBLIC"),
    ("http://127.0.0.1:8080/", "ADDRESS_NOT_PUBLIC"), ("http://93.184.215.14/", "URL_NOT_HTTPS"),
    ("http://hooks.example/", "URL_NOT_HTTPS"), ("https://nobody.example/", "NAME_NOT_FOUND"),
  ])
  func `without the flag nothing is asked on this machine or in the clear`(
    url: String, reason: String
  ) async throws {
    let guarded = makeGuard { $0 == "hooks.example" ? ["93.184.215.14"] : [] }
    #expect(await error(of: guarded, url)?.reason == reason)
  }

  @Test func `with the flag this machine is asked, and nobody else in the clear`() async throws {
    try await LoopbackServer.run(.answer(ok)) { server in
      let guarded = makeGuard(allowsLoopback: true) { name in
        name == "both.example" ? ["127.0.0.1", "93.184.215.14"] : ["93.184.215.14"]
      }
      let url = "http://127.0.0.1:\(server.port)/x"
      #expect(await error(of: guarded, url) == nil)
      #expect(await error(of: guarded, "http://hooks.example/") == .notEncrypted)
      #expect(await error(of: guarded, "http://both.example/") == .notEncrypted)
      #expect(await error(of: guarded, "https://10.0.0.1/") == .addressRefused(.private))
    }
  }

  @Test func `the address that was judged is the one that is asked, and it is looked up once`()
    async throws
  {
    try await LoopbackServer.run(.answer(ok)) { server in
      let lookedUp = Mutex<[String]>([])
      // Good the first time and bad ever after, as a name server says that rebinds.
      let guarded = makeGuard(allowsLoopback: true) { name in
        lookedUp.withLock { names in
          names.append(name)
          return names.count == 1 ? ["127.0.0.1"] : ["10.0.0.1"]
        }
      }
      let url = "http://hooks.example:\(server.port)/x?y"
      #expect(await error(of: guarded, url) == nil)
      #expect(lookedUp.withLock { $0 } == ["hooks.example"])
      #expect(server.text.hasPrefix("GET /x?y HTTP/1.1\r\n"))
      #expect(server.text.lowercased().contains("host: hooks.example:\(server.port)\r\n"))
      #expect(await error(of: guarded, url) == .addressRefused(.private))
      #expect(server.connections == 1)
    }
  }

  @Test func `TLS asks for the certificate of the name, at the address that was judged`()
    async throws
  {
    try await LoopbackServer.run(.hangUp) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in ["127.0.0.1"] }
      let failed = await error(of: guarded, "https://hooks.example:\(server.port)/")
      #expect(failed?.reason == "NO_CONNECTION")
    }
    try await LoopbackServer.run(.answer("no TLS\r\n")) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in ["127.0.0.1"] }
      let failed = await error(of: guarded, "https://hooks.example:\(server.port)/")
      #expect(failed?.reason == "NO_CONNECTION")
      // A handshake that names the host (RFC 6066, section 3), and not a word of the request.
      #expect(server.request.first == 0x16)
      #expect(server.text.contains("hooks.example") && !server.text.contains("HTTP/"))
    }
  }

  @Test func `where nobody is at one address, the next is asked`() async throws {
    try await LoopbackServer.run(.answer(ok)) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in ["127.0.0.9", "127.0.0.1"] }
      let url = "http://hooks.example:\(server.port)/"
      #expect(await error(of: guarded, url) == nil)
    }
    // Who was there and hung up may have done what was asked: nobody else is asked then.
    try await LoopbackServer.run(.hangUp) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in ["127.0.0.1", "127.0.0.1"] }
      let failed = await error(of: guarded, "http://hooks.example:\(server.port)/")
      #expect(failed?.reason == "NO_CONNECTION" && server.connections == 1)
    }
  }

  // MARK: What comes back

  @Test func `a request goes out as it was made`() async throws {
    try await LoopbackServer.run(.answer(ok)) { server in
      var asked = try request("http://127.0.0.1:\(server.port)/hook")
      asked.method = .post
      asked.headers = [("Webhook-Id", "msg_1"), ("content-type", "application/json")]
      asked.body = Array(#"{"a":1}"#.utf8)
      let answer = try await makeGuard(allowsLoopback: true) { _ in [] }.send(asked)
      #expect(answer.status == 200 && answer.header("X-Test") == "yes")
      #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
      let lines = server.text.split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(lines.first == "POST /hook HTTP/1.1" && lines.last == #"{"a":1}"#)
      #expect(lines.contains("Webhook-Id: msg_1") && lines.contains("Content-Length: 7"))
    }
  }

  @Test(arguments: [301, 302, 303, 307, 308, 300, 304])
  func `a redirect is not followed`(status: Int) async throws {
    try await LoopbackServer.run(.answer(ok)) { other in
      let elsewhere = "Location: http://127.0.0.1:\(other.port)/\r\nContent-Length: 0\r\n\r\n"
      try await LoopbackServer.run(.answer("HTTP/1.1 \(status) X\r\n" + elsewhere)) { server in
        let guarded = makeGuard(allowsLoopback: true) { _ in [] }
        let failed = await error(of: guarded, "http://127.0.0.1:\(server.port)/")
        #expect(failed == .redirected(status: status))
      }
      #expect(other.connections == 0)
    }
  }

  @Test(arguments: [Behaviour.silence, .trickle])
  func `nobody is waited for longer than the limit`(behaviour: Behaviour) async throws {
    try await LoopbackServer.run(behaviour) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in [] }
      let began = ContinuousClock.now
      let failed = await error(of: guarded, "http://127.0.0.1:\(server.port)/")
      #expect(failed == .timedOut(seconds: 1))
      #expect(ContinuousClock.now - began < .seconds(5))
    }
  }

  @Test func `nobody is waited for who takes a connection and speaks no TLS`() async throws {
    try await LoopbackServer.run(.silence) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in [] }
      let began = ContinuousClock.now
      let failed = await error(of: guarded, "https://127.0.0.1:\(server.port)/")
      #expect(failed == .timedOut(seconds: 1))
      #expect(ContinuousClock.now - began < .seconds(8))
    }
  }

  @Test(arguments: [
    String(repeating: "HTTP/1.1 103 Early Hints\r\n\r\n", count: 20_000),
    "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 300_000),
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx",
    "not HTTP\r\n\r\n", "\0\0\0\0",
  ])
  func `an answer that is none is an error, and no more than that`(text: String) async throws {
    try await LoopbackServer.run(.answer(text)) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in [] }
      let failed = await error(of: guarded, "http://127.0.0.1:\(server.port)/")
      #expect(["NO_CONNECTION", "TIMED_OUT"].contains(failed?.reason))
    }
  }

  @Test func `a name server is not waited for longer either`() async throws {
    let pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
    let isBusy = Mutex(true)
    // What holds the only thread is a name server that does not answer.
    pool.submit { _ in while isBusy.withLock({ $0 }) {} }
    let resolver = NameResolver.system(
      on: MultiThreadedEventLoopGroup.singleton.any(), pool, seconds: 1)
    await #expect(throws: GuardedError.timedOut(seconds: 1)) {
      try await resolver.addresses("localhost")
    }
    isBusy.withLock { $0 = false }
    #expect(try await resolver.addresses("localhost").contains { $0.kind == .loopback })
    try await pool.shutdownGracefully()
  }

  @Test(arguments: [Behaviour.flood, .answer(large)])
  func `no more is taken than the limit`(behaviour: Behaviour) async throws {
    try await LoopbackServer.run(behaviour) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in [] }
      let failed = await error(of: guarded, "http://127.0.0.1:\(server.port)/")
      #expect(failed == .answerTooLarge(bytesMax: 1000))
    }
  }

  // MARK: What goes out

  @Test(arguments: [
    ("Host", "other.example"), ("content-length", "0"), ("Transfer-Encoding", "chunked"),
    ("connection", "keep-alive"), ("a b", "x"), ("", "x"), ("a:", "x"), ("x", "a\r\nb: c"),
    ("x", "a\nb"), ("x\r\ny", "z"), ("x", "\0"), ("x", "é"), ("x", "\t"), ("ñ", "x"),
    ("x", String(repeating: "a", count: 9000)),
  ])
  func `a header that could be two is not sent`(name: String, value: String) async throws {
    try await LoopbackServer.run(.answer(ok)) { server in
      var asked = try request("http://127.0.0.1:\(server.port)/")
      asked.headers = [(name, value)]
      let guarded = makeGuard(allowsLoopback: true) { _ in [] }
      await #expect(throws: GuardedError.headerRefused) { try await guarded.send(asked) }
      #expect(server.connections == 0)
    }
  }

  @Test func `as many are under way as the limit says, and no more`() async throws {
    try await LoopbackServer.run(.silence) { server in
      let guarded = makeGuard(allowsLoopback: true) { _ in [] }
      let url = "http://127.0.0.1:\(server.port)/"
      let errors = await withTaskGroup(of: GuardedError?.self) { group in
        for _ in 0..<5 { group.addTask { await error(of: guarded, url) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(errors.count { $0 == .busy(requestsMax: 3) } == 2)
      #expect(errors.count { $0 == .timedOut(seconds: 1) } == 3)
      // They are given back.
      #expect(await error(of: guarded, url) == .timedOut(seconds: 1))
    }
  }

  @Test func `the system's names are looked up whole`() async throws {
    let guarded = GuardedRequests(on: MultiThreadedEventLoopGroup.singleton)
    #expect(await error(of: guarded, "https://nobody.invalid/")?.reason == "NAME_NOT_FOUND")
    await guarded.close()
  }
}

private let ok = "HTTP/1.1 200 OK\r\nX-Test: yes\r\nContent-Length: 5\r\n\r\nhello"
private let large =
  "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + String(repeating: "x", count: 2000)

private func makeGuard(
  allowsLoopback: Bool = false, _ addresses: @escaping @Sendable (String) -> [String]
) -> GuardedRequests {
  var limits = GuardedLimits()
  limits.allowsLoopback = allowsLoopback
  limits.wholeSeconds = 1
  limits.answerBytesMax = 1000
  limits.requestsMax = 3
  return GuardedRequests(
    on: MultiThreadedEventLoopGroup.singleton, limits: limits,
    resolver: NameResolver { name in addresses(name).compactMap { NetworkAddress($0) } })
}

private func request(_ url: String) throws -> GuardedRequest {
  GuardedRequest(.get, try OutboundURL(url))
}

/// What came of asking; nil: an answer.
private func error(of guarded: GuardedRequests, _ url: String) async -> GuardedError? {
  do {
    _ = try await guarded.send(try request(url))
    return nil
  } catch {
    return error as? GuardedError ?? .failed("\(error)")
  }
}
