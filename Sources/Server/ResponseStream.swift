// Responses of one operation enter, one after the other; each transport that carries more than one
// of them gives them its own form.

import Execution
internal import NIOCore

/// Takes the responses of an operation that is not answered by one HTTP response. Confined to its
/// event loop.
protocol ResponseStream: AnyObject {
  /// Says that the operation was accepted, where the transport has a way to.
  func open()
  /// Sends one response.
  /// - Returns: completes when the client can take the next, and fails where it has left.
  func next(_ response: ExecutionResponse) -> EventLoopFuture<Void>
  /// Ends the stream with errors in the place of a response.
  func refuse(_ error: RequestError, privateDetail: String?)
  /// Ends the stream behind its last response.
  func complete()
  /// Called once, when the stream has ended for any reason: what still works for it may stop.
  var onEnd: (() -> Void)? { get set }
}

/// The way back of one operation, whatever brought it.
enum Reply {
  case response(ResponseMediaType, Responder)
  case stream(any ResponseStream)

  func refuse(_ error: RequestError, privateDetail: String? = nil) {
    switch self {
    case .response(let mediaType, let responder):
      switch error {
      case .refused(let refusal):
        responder.refuse(refusal, mediaType: mediaType, privateDetail: privateDetail)
      case .document(let refusal): responder.respond(refusal.response(mediaType))
      }
    case .stream(let stream): stream.refuse(error, privateDetail: privateDetail)
    }
  }

  /// Calls back once where nobody waits for the answer any more.
  func onClientLeft(_ callback: @escaping () -> Void) {
    switch self {
    case .response(_, let responder): responder.onClientLeft(callback)
    case .stream(let stream): stream.onEnd = callback
    }
  }

  func refuse(_ refusal: Refusal, privateDetail: String? = nil) {
    refuse(.refused(refusal), privateDetail: privateDetail)
  }
}

/// What a client is told once it has left: nothing.
struct StreamEnded: Error {}
