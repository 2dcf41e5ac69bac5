// Bytes go to a real socket on loopback and come back, without any HTTP library between.

import Glibc
import NIOCore

/// What a test read off a socket.
struct RawResponse: Equatable {
  var status: Int
  var fields: [String: String]
  var body: String

  subscript(name: String) -> String? { fields[name] }
}

enum RawClientError: Error {
  case notConnected(errno: Int32)
  /// Nothing came for ten seconds: a server that hangs fails the test instead of holding it.
  case timedOut
  case connectionClosed(after: String)
  case unreadable(String)
}

/// A blocking client of one connection.
final class RawClient {
  private let descriptor: Int32
  private var received: [UInt8] = []

  init(port: Int, host: String = "127.0.0.1") throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var one: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    inet_pton(AF_INET, host, &address.sin_addr)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw RawClientError.notConnected(errno: errno) }
  }

  deinit { close(descriptor) }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends all of it, or as much as the server takes before it closes.
  func send(_ bytes: [UInt8]) {
    var remaining = bytes[...]
    while !remaining.isEmpty {
      let count = remaining.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      remaining = remaining.dropFirst(count)
    }
  }

  /// Closes the sending side, as `nc -N` does.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// A small receive buffer, to be set before the server answers much.
  func shrinkReceiveBuffer() {
    var size: Int32 = 4096
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }

  /// The next response, framed by its Content-Length.
  func response(toHEAD: Bool = false) throws -> RawResponse {
    let head = try take(until: Array("\r\n\r\n".utf8))
    let lines = head.split(separator: "\r\n").map(String.init)
    guard let status = lines.first.flatMap({ Int($0.split(separator: " ")[1]) }) else {
      throw RawClientError.unreadable(head)
    }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { throw RawClientError.unreadable(line) }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      fields[line[..<colon].lowercased()] = String(value)
    }
    let length = toHEAD || status == 100 ? 0 : fields["content-length"].flatMap { Int($0) } ?? 0
    while received.count < length {
      guard try receive() else { throw RawClientError.connectionClosed(after: head) }
    }
    let body = String(decoding: received.prefix(length), as: UTF8.self)
    received.removeFirst(length)
    return RawResponse(status: status, fields: fields, body: body)
  }

  /// Everything until the server closes; a reset counts as no orderly end.
  func rest() throws -> String {
    while try receive() {}
    defer { received = [] }
    return String(decoding: received, as: UTF8.self)
  }

  /// True where the server closes in order without another byte.
  func isClosed() throws -> Bool { try rest().isEmpty }

  /// True once the server ended the connection without another byte, whichever way: one that is cut
  /// off in the middle of work may be reset.
  func isCutOff() throws -> Bool {
    do {
      return try rest().isEmpty
    } catch RawClientError.connectionClosed(after: "reset") {
      return true
    }
  }

  private func take(until separator: [UInt8]) throws -> String {
    while true {
      if let end = indexAfter(separator) {
        defer { received.removeFirst(end) }
        return String(decoding: received.prefix(end), as: UTF8.self)
      }
      guard try receive() else {
        throw RawClientError.connectionClosed(after: String(decoding: received, as: UTF8.self))
      }
    }
  }

  private func indexAfter(_ separator: [UInt8]) -> Int? {
    guard received.count >= separator.count else { return nil }
    for start in 0...(received.count - separator.count)
    where received[start..<(start + separator.count)].elementsEqual(separator) {
      return start + separator.count
    }
    return nil
  }

  /// False at the end of the stream.
  private func receive() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 {
      received += buffer[..<count]
      return true
    }
    if count == 0 { return false }
    if errno == EAGAIN || errno == EWOULDBLOCK { throw RawClientError.timedOut }
    throw RawClientError.connectionClosed(after: "reset")
  }
}
