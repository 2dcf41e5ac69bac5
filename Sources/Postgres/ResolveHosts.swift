// Host names enter, addresses leave, asked for on a thread of its own, because libpq would ask its
// name server on the event loop and stop every request meanwhile.

internal import Glibc
internal import NIOCore
internal import NIOPosix

/// The first address of each host, joined as libpq's `hostaddr` wants them.
func resolve(_ hosts: [String], on eventLoop: any EventLoop) -> EventLoopFuture<String> {
  NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
    var addresses: [String] = []
    for host in hosts {
      addresses.append(try address(of: host))
    }
    return addresses.joined(separator: ",")
  }
}

private func address(of host: String) throws(DatabaseError) -> String {
  var hints = addrinfo()
  hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var found: UnsafeMutablePointer<addrinfo>?
  let status = getaddrinfo(host, nil, &hints, &found)
  guard status == 0, let found else {
    let detail = gai_strerror(status).map { String(cString: $0) } ?? "not found"
    throw .connectionLost(outcome: .nothingDone, detail: "host \(host): \(detail)")
  }
  defer { freeaddrinfo(found) }
  var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
  let named = getnameinfo(
    found.pointee.ai_addr, found.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
    NI_NUMERICHOST)
  guard named == 0 else {
    throw .connectionLost(outcome: .nothingDone, detail: "host \(host): no numeric address")
  }
  return text.withUnsafeBufferPointer { characters in
    characters.baseAddress.map { String(cString: $0) } ?? ""
  }
}
