// The same server behind TLS, with a certificate that exists for these tests alone.

import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Server

struct TLSTests {
  @Test(arguments: [0, 100_000])
  func `an answer arrives whole through TLS, and the connection ends in order`(count: Int)
    async throws
  {
    try await withServer(tls: Self.serverConfiguration()) { server in
      let answer = try await ask(
        server.port, get("/large?\(count)") + get("/hello?x", "Connection: close"))
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.hasSuffix("hello x"))
      #expect(answer.utf8.count > count)
    }
  }

  @Test func `a body that is refused is told so through TLS`() async throws {
    var limits = Limits()
    limits.bodyBytesMax = 10
    try await withServer(limits: limits, tls: Self.serverConfiguration()) { server in
      let answer = try await ask(server.port, post("/echo", "more than ten bytes"))
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
    }
  }

  @Test func `plain HTTP is not answered where TLS is spoken`() async throws {
    try await withServer(tls: Self.serverConfiguration()) { server in
      let client = try server.client()
      client.send(get("/hello?x"))
      client.finishSending()
      #expect(try client.rest().contains("hello") == false)
    }
  }

  @Test func `a handshake that does not come is not waited for long`() async throws {
    var limits = Limits()
    limits.readTimeoutSeconds = 0.05
    try await withServer(limits: limits, tls: Self.serverConfiguration()) { server in
      let client = try server.client()
      #expect(try client.rest() == "")
    }
  }

  /// Sends bytes through TLS and returns what comes until the server closes.
  private func ask(_ port: Int, _ request: String) async throws -> String {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(
      try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)))
    let context = try NIOSSLContext(configuration: configuration)
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let answer = loop.makePromise(of: String.self)
    _ = try await ClientBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(
            NIOSSLClientHandler(context: context, serverHostname: "localhost"))
          try pipeline.addHandler(Asker(request: request, answer: answer))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    return try await answer.futureResult.get()
  }

  private static func serverConfiguration() throws -> TLSConfiguration {
    TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
        .map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
  }
}

private final class Asker: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let request: String
  private let answer: EventLoopPromise<String>
  private var received = ByteBuffer()

  init(request: String, answer: EventLoopPromise<String>) {
    self.request = request
    self.answer = answer
  }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    received.writeBuffer(&part)
  }

  /// The server's farewell; it waits for ours.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    answer.succeed(String(buffer: received))
  }

  /// Such as a connection that ends without TLS's own farewell.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.fail(error)
    context.close(promise: nil)
  }
}

/// CN=localhost, self-signed, valid until 2126.
private let certificate = """
  -----BEGIN CERTIFICATE-----
  MIIBlTCCATugAwIBAgIUXO+T5HGzFLBjcsG1uDh52o1SBt8wCgYIKoZIzj0EAwIw
  FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDAyNDY1M1oYDzIxMjYxMDMx
  MDI0NjUzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
  PQMBBwNCAARaIImsJ4pQI6SdFWpKHpqKCTcOL2IcZaKZOMEC0dLCYVbvviifX8uF
  SgqlXGN+AyIHphX5lAZcA2g1pJ5xSFawo2kwZzAdBgNVHQ4EFgQUHqDCZPzpiOzH
  tm4Yc2p2QUN+MgIwHwYDVR0jBBgwFoAUHqDCZPzpiOzHtm4Yc2p2QUN+MgIwDwYD
  VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
  SAAwRQIhAKRMsIoaC6hJSBRQe8DCZbXhKZAEjHEvnFDd2LFLxGlBAiBjgn1R7Z24
  xQWVeq5p4G13aF3wxlC4zGEtr91u03iGBQ==
  -----END CERTIFICATE-----
  """

/// Of that certificate; it protects nothing.
private let key = """
  -----BEGIN PRIVATE KEY-----
  MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwVyGrWgwgqap180s
  8BR3s1CaCZn0x7zDhJLihZmhkwShRANCAARaIImsJ4pQI6SdFWpKHpqKCTcOL2Ic
  ZaKZOMEC0dLCYVbvviifX8uFSgqlXGN+AyIHphX5lAZcA2g1pJ5xSFaw
  -----END PRIVATE KEY-----
  """
