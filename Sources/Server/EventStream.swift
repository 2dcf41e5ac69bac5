// Responses enter, server-sent events leave: one stream an operation.
// Source: GraphQL over Server-Sent Events, distinct connections mode; HTML Standard, section 9.2.

import Execution
internal import JSON
internal import NIOCore
internal import NIOHTTP1

/// The answer to a request whose `Accept` asks for `text/event-stream`. Its head leaves with the
/// first event; until then a refusal has a status of its own.
final class EventStream: ResponseStream {
  var onEnd: (() -> Void)?
  /// Ends the stream when its token or session ends.
  var watch: SessionWatch?

  private let responder: Responder
  private let eventLoop: any EventLoop
  private let pingInterval: TimeAmount
  private var body: StreamedResponse?
  private var ping: Scheduled<Void>?
  /// Runs until the head is sent.
  private var timer: Scheduled<Void>?
  private var hasEnded = false

  init(_ responder: Responder, limits: Limits, eventLoop: any EventLoop) {
    self.responder = responder
    self.eventLoop = eventLoop
    pingInterval = timeAmount(limits.streamPingSeconds)
  }

  /// Ends what works for a subscription that does not open in time; its connection has answered by
  /// then, or has gone.
  func expectOpening(within timeout: TimeAmount) {
    timer = eventLoop.assumeIsolated().scheduleTask(in: timeout) { [weak self] in self?.end() }
  }

  /// Sends the head: the operation is accepted.
  func open() {
    guard body == nil, !hasEnded else { return }
    var head = HTTPResponse(status: .ok, contentType: "text/event-stream; charset=utf-8")
    head.add("cache-control", "private, no-store")
    head.add("vary", "Authorization, Accept")
    // Asks proxies that gather responses to pass this one on as it comes.
    head.add("x-accel-buffering", "no")
    guard let body = responder.stream(head) else { return end() }
    self.body = body
    timer?.cancel()
    body.onEnd = { [weak self] in self?.end() }
    schedulePing()
  }

  func next(_ response: ExecutionResponse) -> EventLoopFuture<Void> {
    open()
    guard let body else { return eventLoop.makeFailedFuture(StreamEnded()) }
    if let detail = response.detail { responder.note(detail) }
    return body.send(event(.next, response.bytes))
  }

  func refuse(_ error: RequestError, privateDetail: String?) {
    if hasEnded { return }
    if body == nil, case .refused(let refusal) = error {
      responder.refuse(refusal, privateDetail: privateDetail)
      return end()
    }
    open()
    if let privateDetail { responder.note(privateDetail) }
    var json = JSONWriter(capacity: 256)
    json.raw("{\"errors\":")
    json.errors(of: error)
    json.raw("}")
    body?.send(event(.next, json.bytes))
    complete()
  }

  func complete() {
    if hasEnded { return }
    open()
    body?.send(event(.complete, []))
    body?.end()
    end()
  }

  private func end() {
    if hasEnded { return }
    hasEnded = true
    body = nil
    ping?.cancel()
    timer?.cancel()
    watch?.cancel()
    let onEnd = onEnd
    self.onEnd = nil
    onEnd?()
  }

  /// A comment now and then, so that nobody on the way takes the connection for a dead one.
  private func schedulePing() {
    ping = eventLoop.assumeIsolated().scheduleTask(in: pingInterval) { [weak self] in
      guard let self, let body = self.body else { return }
      body.send(ByteBuffer(staticString: ":\n\n"))
      self.schedulePing()
    }
  }

  private enum Event {
    case next
    case complete
  }

  /// JSON here has no line break of its own, so that it is one line of `data`.
  private func event(_ event: Event, _ data: [UInt8]) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(data.count + 32)
    switch event {
    case .next: buffer.writeStaticString("event: next\ndata: ")
    case .complete: buffer.writeStaticString("event: complete\ndata:")
    }
    buffer.writeBytes(data)
    buffer.writeStaticString("\n\n")
    return buffer
  }
}
