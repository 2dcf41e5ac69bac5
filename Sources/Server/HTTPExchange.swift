// One request and its response, as far as the connection must remember it while a handler works.

internal import NIOCore
internal import NIOHTTP1

/// A request that is being answered.
struct HTTPExchange {
  /// Counted on its connection, so that a late answer is told from the present one.
  let number: UInt64
  let keepsAlive: Bool
  let corsFields: [HTTPResponse.Field]
  let route: String

  private let id: RequestID
  private let method: HTTPMethod
  let isHTTP10: Bool
  /// Called once where the client has closed its side before the answer.
  var onClientLeft: (() -> Void)?
  private let startedAt = NIODeadline.now()

  init(_ head: RequestHead, id: RequestID, number: UInt64) {
    self.number = number
    self.id = id
    method = head.method
    route = head.routePath
    keepsAlive = head.keepsAlive
    isHTTP10 = head.isHTTP10
    corsFields = head.cors?.fields(origin: head.headers.first(name: "origin")) ?? []
  }

  /// Of bytes that were no request, or no whole one.
  init(unreadableWithID id: RequestID) {
    number = 0
    self.id = id
    method = .RAW(value: "-")
    route = "-"
    keepsAlive = false
    isHTTP10 = false
    corsFields = []
  }

  func framing(keepsAlive: Bool) -> ResponseFraming {
    ResponseFraming(
      keepsAlive: keepsAlive, isHTTP10: isHTTP10, leavesOutBody: method == .HEAD, id: id)
  }

  /// A fault beside what a stream goes on to answer.
  func observation(of detail: String) -> Observation { .operationFailed(id, detail: detail) }

  /// The one line that the log may have about this request.
  /// - Parameter bodyBytes: of a body that was sent in parts.
  func observation(of response: HTTPResponse, bodyBytes: Int? = nil) -> Observation {
    let elapsed = NIODeadline.now() - startedAt
    let facts = RequestFacts(
      id: id, method: method, route: route, status: response.status.code,
      durationMicroseconds: Int(elapsed.nanoseconds / 1000),
      bodyBytes: bodyBytes ?? response.body.count)
    guard let code = response.code else {
      // A field's fault beside data that was answered.
      guard let detail = response.privateDetail else { return .requestFinished(facts) }
      return .requestRefused(facts, .internal, detail: detail)
    }
    return .requestRefused(facts, code, detail: response.privateDetail)
  }
}

extension HTTPConnection {
  /// Calls back once where the client closes its side before the answer to this exchange.
  func onClientLeft(_ number: UInt64, _ callback: @escaping () -> Void) {
    guard awaits(number), !clientHasClosed else { return callback() }
    exchange?.onClientLeft = callback
  }

  func clientLeft() {
    clientHasClosed = true
    let callback = exchange?.onClientLeft
    exchange?.onClientLeft = nil
    callback?()
  }
}
