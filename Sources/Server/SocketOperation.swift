// Responses of one operation enter, messages under its id leave.

import Execution
internal import NIOCore

/// One operation of a socket.
final class SocketOperation: ResponseStream {
  var onEnd: (() -> Void)?

  private let id: String
  private weak var socket: SocketConnection?
  private let eventLoop: any EventLoop
  /// Runs until a subscription is open, or else until the answer.
  private var timer: Scheduled<Void>?
  private var hasEnded = false
  private var workHasEnded = false

  init(id: String, socket: SocketConnection, eventLoop: any EventLoop, timeout: TimeAmount) {
    self.id = id
    self.socket = socket
    self.eventLoop = eventLoop
    timer = eventLoop.assumeIsolated().scheduleTask(in: timeout) { [weak self] in
      guard let self else { return }
      self.end(.error(id: self.id, .refused(.requestTimedOut)))
    }
  }

  /// The protocol has no word for it.
  func open() { timer?.cancel() }

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
    endWork()
  }

  func complete() {
    end(.complete(id: id))
    endWork()
  }

  /// The client has stopped listening, or has left: nothing more is said.
  func cancel() {
    if hasEnded { return }
    hasEnded = true
    timer?.cancel()
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

  /// Whoever works for the operation tells of its end, though nobody listens any more.
  private func endWork() {
    if workHasEnded { return }
    workHasEnded = true
    socket?.workEnded()
  }
}
