// A response enters, the bytes of its status line and fields leave, framed by its length. The
// handler's own Content-Length, Connection, Date and Transfer-Encoding do not exist.

internal import Glibc
internal import NIOCore
internal import NIOHTTP1

/// What the connection decides about a response.
struct ResponseFraming {
  var keepsAlive: Bool
  /// A client of HTTP/1.0 must be told that the connection stays (RFC 9112, section 9.3).
  var isHTTP10: Bool
  /// To HEAD: the length of a body that is not sent.
  var leavesOutBody: Bool
  var id: RequestID
  /// The body follows in parts: in chunks (RFC 9112, section 7.1), or until the connection closes
  /// for a client of HTTP/1.0.
  var isStreamed = false

  var streamed: ResponseFraming {
    var framing = self
    framing.isStreamed = true
    if isHTTP10 { framing.keepsAlive = false }
    return framing
  }
}

/// Writes the head, and the body after it where that is short enough to copy.
/// - Returns: the body, where it is worth a write of its own.
func write(
  _ response: HTTPResponse, framing: ResponseFraming, corsFields: [HTTPResponse.Field],
  date: HTTPDate, into buffer: inout ByteBuffer
) -> ByteBuffer? {
  writeStatusLine(response.status, into: &buffer)
  if let contentType = response.contentType {
    buffer.writeStaticString("content-type: ")
    buffer.writeString(contentType)
    buffer.writeStaticString("\r\n")
  }
  // 204 and 304 have no body and no length (RFC 9110, section 8.6).
  let code = response.status.code
  let hasBody = code >= 200 && code != 204 && code != 304
  if framing.isStreamed {
    if !framing.isHTTP10 { buffer.writeStaticString("transfer-encoding: chunked\r\n") }
  } else if hasBody {
    buffer.writeStaticString("content-length: ")
    writeDecimal(response.body.count, into: &buffer)
    buffer.writeStaticString("\r\n")
  }
  for field in response.fields { write(field, into: &buffer) }
  for field in corsFields { write(field, into: &buffer) }
  buffer.writeStaticString("date: ")
  date.write(into: &buffer)
  buffer.writeStaticString("\r\nx-request-id: ")
  framing.id.write(into: &buffer)
  buffer.writeStaticString("\r\n")
  if !framing.keepsAlive {
    buffer.writeStaticString("connection: close\r\n")
  } else if framing.isHTTP10 {
    buffer.writeStaticString("connection: keep-alive\r\n")
  }
  buffer.writeStaticString("\r\n")
  guard hasBody && !framing.leavesOutBody else { return nil }
  switch response.body {
  case .none: return nil
  case .bytes(let bytes):
    buffer.writeBytes(bytes)
    return nil
  case .text(let text):
    buffer.writeStaticString(text)
    return nil
  case .buffer(let body):
    if body.readableBytes > 16 * 1024 { return body }
    buffer.writeImmutableBuffer(body)
    return nil
  }
}

private func writeStatusLine(_ status: HTTPResponseStatus, into buffer: inout ByteBuffer) {
  if status == .ok {
    buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
    return
  }
  buffer.writeStaticString("HTTP/1.1 ")
  writeDecimal(Int(status.code), into: &buffer)
  buffer.writeStaticString(" ")
  buffer.writeString(status.reasonPhrase)
  buffer.writeStaticString("\r\n")
}

/// A name outside of the token grammar is left out, a line break in a value becomes a space: what
/// a handler takes from elsewhere cannot begin a field or a response of its own.
private func write(_ field: HTTPResponse.Field, into buffer: inout ByteBuffer) {
  guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else { return }
  buffer.writeString(field.name)
  buffer.writeStaticString(": ")
  if field.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) {
    buffer.writeBytes(field.value.utf8.map { $0 < 0x20 || $0 == 0x7f ? 0x20 : $0 })
  } else {
    buffer.writeString(field.value)
  }
  buffer.writeStaticString("\r\n")
}

private func writeDecimal(_ number: Int, into buffer: inout ByteBuffer) {
  // Lengths under ten thousand are small strings, which cost no allocation.
  buffer.writeString(String(number))
}

/// `Date` (RFC 9110, section 6.6.1), kept for the second that it names.
struct HTTPDate {
  private var second: time_t = -1
  private var text = ""

  /// Reads the clock and writes the text anew once a second.
  mutating func refresh() {
    let now = time(nil)
    if now == second { return }
    second = now
    text = imfFixdate(now)
  }

  func write(into buffer: inout ByteBuffer) { buffer.writeString(text) }
}

/// IMF-fixdate, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
func imfFixdate(_ seconds: time_t) -> String {
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  var seconds = seconds
  var civil = tm()
  gmtime_r(&seconds, &civil)
  func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let day = days[Int(civil.tm_wday)]
  let month = months[Int(civil.tm_mon)]
  let clock = "\(twoDigits(civil.tm_hour)):\(twoDigits(civil.tm_min)):\(twoDigits(civil.tm_sec))"
  return "\(day), \(twoDigits(civil.tm_mday)) \(month) \(civil.tm_year + 1900) \(clock) GMT"
}
