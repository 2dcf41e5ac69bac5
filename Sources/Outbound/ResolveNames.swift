// A host's name enters, its addresses leave: asked for on threads of its own, because the system
// waits for its name server, and no longer than a while, whoever's name server that is.

internal import Glibc
package import NIOCore
package import NIOPosix

/// The way from names to addresses; a value, so that a test may answer what no name server would.
package struct NameResolver: Sendable {
  /// All addresses of a name, the best one first; empty where there are none.
  package let addresses: @Sendable (_ name: String) async throws -> [NetworkAddress]

  package init(addresses: @escaping @Sendable (_ name: String) async throws -> [NetworkAddress]) {
    self.addresses = addresses
  }

  /// The system's (getaddrinfo).
  /// - Parameters:
  ///   - pool: where it waits; a thread each, until the name server answers.
  ///   - seconds: after so long nobody waits for it any more, though its thread may.
  package static func system(
    on eventLoop: any EventLoop, _ pool: NIOThreadPool, seconds: Int
  ) -> NameResolver {
    NameResolver { name in
      let promise = eventLoop.makePromise(of: [NetworkAddress].self)
      pool.runIfActive(eventLoop: eventLoop) { try look(up: name) }.cascade(to: promise)
      // The first of the two completes it; the other one does nothing.
      let late = eventLoop.scheduleTask(in: .seconds(Int64(seconds))) {
        promise.fail(GuardedError.timedOut(seconds: seconds))
      }
      defer { late.cancel() }
      return try await promise.futureResult.get()
    }
  }
}

private func look(up name: String) throws -> [NetworkAddress] {
  var hints = addrinfo()
  hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var found: UnsafeMutablePointer<addrinfo>?
  // The dot at its end says that the name is whole: no search domain is tried behind it.
  let status = getaddrinfo(name == localhost ? name : name + ".", nil, &hints, &found)
  guard status == 0 else { return [] }
  defer { freeaddrinfo(found) }
  var addresses: [NetworkAddress] = []
  var next = found
  while let entry = next {
    if let address = entry.pointee.ai_addr.flatMap({ NetworkAddress($0) }),
      !addresses.contains(address)
    {
      addresses.append(address)
    }
    next = entry.pointee.ai_next
  }
  return addresses
}
