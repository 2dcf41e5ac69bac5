// Requests go to a hub on loopback over a real socket, each on a connection of its own; answers
// come back as they stood on the wire. Blocking, and so on a thread where that harms nobody.

import Glibc
import JSON
import NIOPosix

/// An answer, unread.
struct HubAnswer: Sendable, Hashable {
  var status: Int
  /// The lines of the head but for `date`, sorted.
  var fields: [String]
  var body: String

  var json: JSONValue {
    get throws { try parseJSON(Array(body.utf8)) }
  }
}

struct HubClientError: Error {
  let text: String
}

/// Sends one POST to /graphql.
func postGraphQL(
  port: Int, body: String, fields: [String]
) async throws -> HubAnswer {
  let head = [
    "POST /graphql HTTP/1.1", "Host: 127.0.0.1:\(port)", "Content-Type: application/json",
    "Accept: application/graphql-response+json", "Connection: close",
    "Content-Length: \(body.utf8.count)",
  ]
  let request = (head + fields).joined(separator: "\r\n") + "\r\n\r\n" + body
  return try await NIOThreadPool.singleton.runIfActive {
    try answer(of: try exchange(Array(request.utf8), port: port))
  }
}

/// Sends the bytes and reads until the server closes.
private func exchange(_ request: [UInt8], port: Int) throws -> [UInt8] {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  // Passwords are hashed by threads that give way to every test that runs beside this one.
  var limit = timeval(tv_sec: 120, tv_usec: 0)
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(UInt16(port).bigEndian)
  address.sin_addr.s_addr = in_addr_t(UInt32(0x7f00_0001).bigEndian)
  let isConnected = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
  guard isConnected else { throw HubClientError(text: "not connected: errno \(errno)") }
  var remaining = request[...]
  while !remaining.isEmpty {
    let count = remaining.withUnsafeBytes {
      send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    guard count > 0 else { throw HubClientError(text: "not sent: errno \(errno)") }
    remaining = remaining.dropFirst(count)
  }
  var received: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count == 0 { return received }
    guard count > 0 else { throw HubClientError(text: "no answer: errno \(errno)") }
    received += buffer[..<count]
  }
}

private func answer(of bytes: [UInt8]) throws -> HubAnswer {
  let text = String(decoding: bytes, as: UTF8.self)
  guard let end = text.firstRange(of: "\r\n\r\n") else { throw HubClientError(text: text) }
  let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
  guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
  else { throw HubClientError(text: text) }
  let fields = lines.dropFirst().filter { line in
    // Two things may differ between two answers that tell the same.
    !["date:", "x-request-id:"].contains { line.lowercased().hasPrefix($0) }
  }
  return HubAnswer(
    status: status, fields: fields.sorted(), body: String(text[end.upperBound...]))
}
