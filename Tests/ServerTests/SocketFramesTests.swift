// Frames of a client come in as a script, what is to be done about the last of them is its name.

import NIOCore
import NIOWebSocket
import Testing

@testable import Server

struct SocketFramesTests {
  /// One frame: a letter for its kind (`t`ext, `b`inary, `c`ontinuation, `p`ing, p`o`ng, closing
  /// `x`, un`k`nown), marks (`-` more to come, `!` not masked, `1` `2` `3` a reserved bit), then
  /// `:` and its data.
  private func frame(_ word: Substring) -> WebSocketFrame {
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let marks = parts[0].dropFirst()
    let opcode: WebSocketOpcode =
      switch parts[0].first {
      case "t": .text
      case "b": .binary
      case "c": .continuation
      case "p": .ping
      case "o": .pong
      case "x": .connectionClose
      case _: WebSocketOpcode(encodedWebSocketOpcode: 3) ?? .binary
      }
    var data = ByteBuffer(string: parts.count > 1 ? String(parts[1]) : "")
    let mask: WebSocketMaskingKey? = marks.contains("!") ? nil : [1, 2, 3, 4]
    if let mask { data.webSocketMask(mask) }
    return WebSocketFrame(
      fin: !marks.contains("-"), rsv1: marks.contains("1"), rsv2: marks.contains("2"),
      rsv3: marks.contains("3"), opcode: opcode, maskKey: mask, data: data)
  }

  private func name(_ action: SocketFrames.Action) -> String {
    switch action {
    case .none: "-"
    case .text(let text): "text \(String(buffer: text))"
    case .ping(let data): "ping \(String(buffer: data))"
    case .pong: "pong"
    case .closed(let code): "closed \(code.map(String.init) ?? "")"
    case .close(let closing): "\(closing.code)"
    }
  }

  private func last(_ frames: [WebSocketFrame]) -> String {
    var limits = Limits()
    limits.socketMessageBytesMax = 10
    limits.socketFramesMax = 3
    var assembled = SocketFrames(limits: limits)
    var last = ""
    for frame in frames { last = name(assembled.take(frame)) }
    return last
  }

  @Test(
    arguments: [
      ("t:hello", "text hello"), ("t:", "text "), ("t-:hel", "-"), ("t-:hel c:lo", "text hello"),
      ("t-:h c-:el c:lo", "text hello"), ("t-: c-: c:", "text "),
      // Frames of control may stand between those of a message (section 5.4).
      ("t-:hel p:x c:lo", "text hello"), ("t-:hel p:x", "ping x"),
      ("t-:hel o:x c:lo", "text hello"),
      ("t:a t:b", "text b"), ("t-:a c:b t:c", "text c"), ("p:", "ping "), ("o:x", "pong"),
      ("x:", "closed "),
      // What RFC 6455 forbids.
      ("t!:hello", "1002"), ("p!:", "1002"), ("t1:hello", "1002"), ("t2:hello", "1002"),
      ("t3:hello", "1002"), ("c:lo", "1002"), ("t:a c:b", "1002"), ("t-:a t:b", "1002"),
      ("k:", "1002"), ("x:a", "1002"),
      // What the protocol has no use for.
      ("b:a", "4400"), ("t-:a b:b", "4400"),
      // Limits.
      ("t-:a c-:b c:c", "text abc"), ("t-:a c-:b c-:c", "-"), ("t-:a c-:b c-:c c:d", "1008"),
      ("t-: c-: c-: c:", "1008"), ("t-:12345 c:67890", "text 1234567890"),
      ("t-:12345 c:678901", "1009"), ("t-:12345 c-:678901", "1009"),
    ])
  func `each frame has its one answer`(script: String, answer: String) {
    #expect(last(script.split(separator: " ").map(frame)) == answer)
  }

  @Test(
    arguments: [
      (1000, "closed 1000"), (1001, "closed 1001"), (1003, "closed 1003"), (1004, "1002"),
      (1005, "1002"), (1006, "1002"), (1007, "closed 1007"), (1014, "closed 1014"),
      (1015, "1002"), (1016, "1002"), (0, "1002"), (999, "1002"), (2999, "1002"),
      (3000, "closed 3000"), (4999, "closed 4999"), (5000, "1002"), (65535, "1002"),
    ] as [(UInt16, String)])
  func `a closing has a code that may be sent`(code: UInt16, answer: String) {
    var data = ByteBuffer(integer: code)
    data.writeString("gone: ñ")
    data.webSocketMask([1, 2, 3, 4])
    let frame = WebSocketFrame(
      fin: true, opcode: .connectionClose, maskKey: [1, 2, 3, 4], data: data)
    #expect(last([frame]) == answer)
  }

  @Test func `a closing's reason is UTF-8`() {
    var data = ByteBuffer(bytes: [0x03, 0xE8, 0xC3, 0x28])
    data.webSocketMask([1, 2, 3, 4])
    let frame = WebSocketFrame(
      fin: true, opcode: .connectionClose, maskKey: [1, 2, 3, 4], data: data)
    #expect(last([frame]) == "1007")
  }

  @Test func `a closing of ours has code and reason, or nothing`() {
    #expect(closeFrame(nil).data.readableBytes == 0)
    var data = closeFrame(.tooLarge).data
    #expect(data.readInteger(as: UInt16.self) == 1009)
    #expect(String(buffer: data) == SocketClosing.tooLarge.reason)
  }
}
