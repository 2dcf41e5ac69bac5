// Settings enter; one connected PGconn leaves, or the reason why not. Neither the name server nor
// the handshake ever blocks the event loop.

internal import CLibpq
internal import CReactor
internal import NIOCore

/// One attempt to connect, confined to its event loop.
final class ConnectionAttempt {
  private let settings: ConnectionSettings
  private let reactor: Reactor
  /// Called once, unless cancelled; a connection that succeeded belongs to the callee.
  private var completion: ((Result<OpaquePointer, DatabaseError>) -> Void)?
  private var connection: OpaquePointer?
  private var socket: Int32 = -1
  private var token: UInt64 = 0

  init(
    settings: ConnectionSettings, reactor: Reactor,
    completion: @escaping (Result<OpaquePointer, DatabaseError>) -> Void
  ) {
    self.settings = settings
    self.reactor = reactor
    self.completion = completion
  }

  deinit {
    if let connection { PQfinish(connection) }
  }

  func start() {
    let hosts = settings.hostsToResolve
    if hosts.isEmpty { return begin(addresses: nil) }
    resolve(hosts, on: reactor.eventLoop).assumeIsolated().whenComplete { result in
      switch result {
      case .success(let addresses):
        self.begin(addresses: addresses)
      case .failure(let error):
        let unknown = DatabaseError.connectionLost(outcome: .nothingDone, detail: "\(error)")
        self.finish(.failure(error as? DatabaseError ?? unknown))
      }
    }
  }

  func cancel() {
    completion = nil
    stopWatching()
    if let connection { PQfinish(connection) }
    connection = nil
  }

  private func begin(addresses: String?) {
    if completion == nil { return }
    let parameters = settings.parameters(addresses: addresses)
    connection = withCStrings(parameters.map(\.keyword)) { keywords in
      withCStrings(parameters.map(\.value)) { values in
        PQconnectStartParams(keywords, values, 0)
      }
    }
    guard let connection, PQstatus(connection) != CONNECTION_BAD else { return fail() }
    reactor_ignore_notices(connection)
    token = reactor.makeToken { [weak self] _, _ in self?.poll() }
    // libpq's documentation: begin as if PQconnectPoll had returned PGRES_POLLING_WRITING.
    watch(reads: false)
  }

  private func poll() {
    switch PQconnectPoll(connection) {
    case PGRES_POLLING_READING: watch(reads: true)
    case PGRES_POLLING_WRITING: watch(reads: false)
    case PGRES_POLLING_OK: succeed()
    case _: fail()
    }
  }

  private func watch(reads: Bool) {
    // It may be another socket after each PQconnectPoll.
    socket = PQsocket(connection)
    let failure = reactor.watch(socket, readable: reads, writable: !reads, token: token)
    if failure != 0 { fail() }
  }

  private func succeed() {
    guard let connected = connection else { return fail() }
    stopWatching()
    connection = nil
    finish(.success(connected))
  }

  private func fail() {
    let detail = errorMessage(of: connection)
    stopWatching()
    if let connection { PQfinish(connection) }
    connection = nil
    finish(.failure(.connectionLost(outcome: .nothingDone, detail: detail)))
  }

  private func stopWatching() {
    reactor.forget(token, socket: socket)
    socket = -1
  }

  private func finish(_ result: Result<OpaquePointer, DatabaseError>) {
    let tell = completion
    completion = nil
    tell?(result)
  }
}
