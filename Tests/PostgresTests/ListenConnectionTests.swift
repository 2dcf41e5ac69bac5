// Notifications, and the word that some were missed.

import NIOCore
import NIOPosix
import Postgres
import TestSupport
import Testing

@Suite(.database(from: .driver)) struct ListenConnectionTests {
  @Test func `notifications come in order, and after a loss everything is to be reloaded`()
    async throws
  {
    let database = try TestDatabase.current
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let (events, sink) = AsyncStream.makeStream(of: ListenConnection.Event.self)
    let settings = try ConnectionSettings(database.connectionInfo(user: "driver_app"))
    let bound = try await loop.submit {
      let reactor = try Reactor(eventLoop: loop)
      let listen = ListenConnection(
        channels: ["catalogue", "Odd \"name\""], settings: settings, limits: PostgresLimits(),
        reactor: reactor
      ) { sink.yield($0) }
      listen.start()
      return (NIOLoopBound(listen, eventLoop: loop), NIOLoopBound(reactor, eventLoop: loop))
    }.get()
    var iterator = events.makeAsyncIterator()
    #expect(await iterator.next() == .connected)
    try database.psql("notify catalogue, '1'; notify \"Odd \"\"name\"\"\", '2'")
    #expect(await iterator.next() == .notification(channel: "catalogue", payload: "1"))
    #expect(await iterator.next() == .notification(channel: "Odd \"name\"", payload: "2"))
    try database.psql(
      "select pg_terminate_backend(pid) from pg_stat_activity "
        + "where query like 'LISTEN%' and datname = current_database()")
    guard case .lost = await iterator.next() else {
      Issue.record("the loss was not told")
      return
    }
    #expect(await iterator.next() == .reconnected)
    try database.psql("notify catalogue, '3'")
    #expect(await iterator.next() == .notification(channel: "catalogue", payload: "3"))
    try await loop.submit {
      bound.0.value.close()
      bound.1.value.close()
    }.get()
  }
}
