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
    /// The client closes, with its code where it gives one.
    case closed(UInt16?)
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
    case .connectionClose: return close(&data)
    default: return .close(.protocolError("An unknown kind of frame"))
    }
  }

  /// Nothing, or a code that may be sent (section 7.4) and a reason in UTF-8.
  private func close(_ data: inout ByteBuffer) -> Action {
    if data.readableBytes == 0 { return .closed(nil) }
    guard let code = data.readInteger(as: UInt16.self), isSent(code) else {
      return .close(.protocolError("A closing has no code that may be sent"))
    }
    guard String(validating: data.readableBytesView, as: UTF8.self) != nil else {
      return .close(.notUTF8)
    }
    return .closed(code)
  }

  /// 1004 means nothing, 1005, 1006 and 1015 are for programs alone, and the others up to 2999 are
  /// not given out.
  private func isSent(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}

/// The frame that closes; empty where there is nothing to say.
func closeFrame(_ closing: SocketClosing?) -> WebSocketFrame {
  var data = ByteBuffer()
  if let closing {
    data.writeInteger(closing.code)
    data.writeString(closing.reason)
  }
  return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
}
