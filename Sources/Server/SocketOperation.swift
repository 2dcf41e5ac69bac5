// Responses of one operation enter, messages under its id leave.

import Execution
internal import NIOCore

/// One operation of a socket.
final class SocketOperation: ResponseStream {
  var onEnd: (() -> Void)?

  private let id: String
  private weak var socket: SocketConnection?
  private let eventLoop: any EventLoop
  private var hasEnded = false

  init(id: String, socket: SocketConnection, eventLoop: any EventLoop) {
    self.id = id
    self.socket = socket
    self.eventLoop = eventLoop
  }

  /// The protocol has no word for it.
  func open() {}

  func next(_ response: ExecutionResponse) -> EventLoopFuture<Void> {
    if let detail = response.detail { socket?.note(detail) }
    guard !hasEnded, let taken = socket?.say(.next(id: id, response: response.bytes)) else {
      return eventLoop.makeFailedFuture(StreamEnded())
    }
    return taken
  }

  func refuse(_ error: RequestError, privateDetail: String?) {
    if let privateDetail { socket?.note(privateDetail) }
    end(.error(id: id, error))
  }

  func complete() { end(.complete(id: id)) }

  /// The client has stopped listening, or has left: nothing more is said.
  func cancel() {
    if hasEnded { return }
    hasEnded = true
    let onEnd = onEnd
    self.onEnd = nil
    onEnd?()
  }

  private func end(_ message: ServerMessage) {
    if hasEnded { return }
    socket?.say(message)
    socket?.operationEnded(id)
    cancel()
  }
}
