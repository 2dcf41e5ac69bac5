// Frames enter, whole messages leave. Refused here: what RFC 6455 forbids a client, and messages
// beyond their limits.

internal import NIOCore
internal import NIOWebSocket

/// Puts messages together out of their frames (RFC 6455, section 5.4).
struct SocketFrames {
  enum Action {
    case none
    case text(ByteBuffer)
    case ping(ByteBuffer)
    case pong
    case closed(WebSocketErrorCode?)
    case close(SocketClosing)
  }

  private let bytesMax: Int
  private let framesMax: Int
  private var begun: ByteBuffer?
  private var frames = 0

  init(limits: Limits) {
    bytesMax = limits.socketMessageBytesMax
    framesMax = limits.socketFramesMax
  }

  mutating func take(_ frame: WebSocketFrame) -> Action {
    // Section 5.1: a server closes where a frame is not masked; section 5.2: no extension is used.
    guard frame.maskKey != nil else { return .close(.protocolError("A frame is not masked")) }
    guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else {
      return .close(.protocolError("A reserved bit is set"))
    }
    var data = frame.unmaskedData
    switch frame.opcode {
    case .text:
      guard begun == nil else { return .close(.protocolError("A message within a message")) }
      if frame.fin { return .text(data) }
      begun = data
      frames = 1
      return .none
    case .binary: return .close(.invalid("Messages are text"))
    case .continuation:
      guard var message = begun else {
        return .close(.protocolError("A continuation of nothing"))
      }
      frames += 1
      guard frames <= framesMax else { return .close(.tooManyFrames) }
      guard message.readableBytes + data.readableBytes <= bytesMax else {
        return .close(.tooLarge)
      }
      begun = nil
      message.writeBuffer(&data)
      if frame.fin { return .text(message) }
      begun = message
      return .none
    case .ping: return .ping(data)
    case .pong: return .pong
    case .connectionClose: return .closed(data.readWebSocketErrorCode())
    default: return .close(.protocolError("An unknown kind of frame"))
    }
  }
}

extension SocketClosing {
  var frame: WebSocketFrame {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: WebSocketErrorCode(codeNumber: Int(code)))
    data.writeString(reason)
    return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
  }
}
