// A connection that is one too many enters, a 503 leaves, and nothing that it sends is read.

internal import NIOCore

/// The only handler of a refused connection. Its own time is short, and it needs no buffer.
final class RefusedConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let timeout: TimeAmount

  init(timeout: TimeAmount) {
    self.timeout = timeout
  }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    channel.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
    var response = ByteBuffer()
    _ = write(
      writeErrorResponse(
        Refusal(
          .overloaded, "Too many connections; try again shortly.", limit: .connectionsMax,
          retryAfterSeconds: 1)),
      framing: ResponseFraming(
        keepsAlive: false, isHTTP10: false, leavesOutBody: false, id: .generated(0)),
      corsFields: [], date: currentDate(), into: &response)
    context.writeAndFlush(wrapOutboundOut(response), promise: nil)
    context.close(mode: .output, promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed, is ChannelShouldQuiesceEvent: context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

private func currentDate() -> HTTPDate {
  var date = HTTPDate()
  date.refresh()
  return date
}
