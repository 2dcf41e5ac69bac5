// Bytes enter from the socket and go on to the decoder. Refused here: whatever a client still sends
// after its connection was refused.

internal import NIOCore

/// Stands before the decoder: tells the connection that bytes came, which the decoder does only
/// once they are a whole head, and throws away what a refused client still sends.
final class ArrivalGate: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let connection: HTTPConnection

  init(connection: HTTPConnection) {
    self.connection = connection
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let count = unwrapInboundIn(data).readableBytes
    if connection.bytesArrived(count) { context.fireChannelRead(data) }
  }
}
