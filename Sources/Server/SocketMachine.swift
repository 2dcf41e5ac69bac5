// What happens on a socket enters, what is to be done about it leaves: `graphql-transport-ws` as
// the server sees it, apart from its input and output.

internal import JSON

/// Why the server closes a socket.
struct SocketClosing: Hashable {
  /// RFC 6455, section 7.4; from 4400 on the protocol's own.
  let code: UInt16
  /// At most `reasonBytesMax` bytes of UTF-8.
  let reason: String

  /// The room that a frame of control has behind its code (RFC 6455, section 5.5).
  private static let reasonBytesMax = 123

  /// - Parameter reason: cut at the last character that fits.
  init(code: UInt16, reason: String) {
    self.code = code
    var cut = reason[...]
    // A first cut by characters, which never makes it too short, so that the loop is.
    if cut.utf8.count > Self.reasonBytesMax { cut = cut.prefix(Self.reasonBytesMax) }
    while cut.utf8.count > Self.reasonBytesMax { cut = cut.dropLast() }
    self.reason = String(cut)
  }

  static let goingAway = SocketClosing(code: 1001, reason: "The server stops; come back")
  static let notUTF8 = SocketClosing(code: 1007, reason: "Text is UTF-8")
  static let tooLarge = SocketClosing(
    code: 1009, reason: "The message is larger than socketMessageBytesMax")
  static let tooManyFrames = SocketClosing(
    code: 1008, reason: "The message has more frames than socketFramesMax")
  static let silent = SocketClosing(code: 1001, reason: "No sign of life within streamPingSeconds")
  static let slow = SocketClosing(
    code: 1001, reason: "What was sent is not taken within writeTimeoutSeconds")
  static let unauthorized = SocketClosing(code: 4401, reason: "Unauthorized")
  /// A client that closes for 4401 stays away: it has to sign in.
  static let sessionEnded = SocketClosing(code: 4401, reason: "The session has ended")
  static let forbidden = SocketClosing(code: 4403, reason: "Forbidden")
  /// A client comes back after 4403, with what its user may have refreshed meanwhile.
  static let tokenExpired = SocketClosing(code: 4403, reason: "The access token has expired")
  static let initTimedOut = SocketClosing(
    code: 4408, reason: "Connection initialisation timeout: socketInitTimeoutSeconds")
  static let initTwice = SocketClosing(code: 4429, reason: "Too many initialisation requests")

  static func invalid(_ why: String) -> SocketClosing { SocketClosing(code: 4400, reason: why) }

  static func protocolError(_ why: String) -> SocketClosing {
    SocketClosing(code: 1002, reason: why)
  }

  static func alreadySubscribed(_ id: String) -> SocketClosing {
    SocketClosing(code: 4409, reason: "Subscriber for \(id.prefix(60)) already exists")
  }
}

/// The state of one socket.
struct SocketMachine {
  enum Event {
    case message(ClientMessage)
    /// The time for `connection_init` is over.
    case initTimeIsOver
    /// The token of `connection_init` was held valid, or there was none.
    case admitted
    /// The operation has no more to say: its id is free.
    case ended(id: String)
    /// What was started for an operation is done, which may be long after the client stopped it.
    case workEnded
  }

  enum Action {
    case none
    case close(SocketClosing)
    /// Read who it is out of the payload, and tell by `admitted`.
    case admit(payload: JSONValue)
    case acknowledge
    case pong(payload: JSONValue)
    case start(id: String, GraphQLRequest)
    case refuse(id: String, Refusal)
    case cancel(id: String)
  }

  private enum Phase {
    case waiting
    case initialising
    case acknowledged
  }

  private let operationsMax: Int
  private var phase = Phase.waiting
  private var operations: Set<String> = []
  /// Operations whose work goes on, those that the client stopped included: nobody gets more of
  /// them at once by stopping each right behind its start.
  private var working = 0

  init(operationsMax: Int) { self.operationsMax = operationsMax }

  mutating func event(_ event: Event) -> Action {
    switch event {
    case .initTimeIsOver:
      switch phase {
      case .waiting, .initialising: return .close(.initTimedOut)
      case .acknowledged: return .none
      }
    case .admitted:
      phase = .acknowledged
      return .acknowledge
    case .ended(let id):
      operations.remove(id)
      return .none
    case .workEnded:
      working -= 1
      return .none
    case .message(.connectionInit(let payload)):
      guard case .waiting = phase else { return .close(.initTwice) }
      phase = .initialising
      return .admit(payload: payload)
    case .message(.ping(let payload)): return .pong(payload: payload)
    case .message(.pong): return .none
    case .message(.subscribe(let id, let request)): return subscribe(id, request)
    case .message(.subscribeRefused(let id, let refusal)):
      return closing(against: id).map { .close($0) } ?? .refuse(id: id, refusal)
    // One that has ended already is none of the client's faults: the two messages crossed.
    case .message(.complete(let id)):
      return operations.remove(id) == nil ? .none : .cancel(id: id)
    }
  }

  private mutating func subscribe(_ id: String, _ request: GraphQLRequest) -> Action {
    if let closing = closing(against: id) { return .close(closing) }
    if working >= operationsMax {
      return .refuse(
        id: id,
        Refusal(
          .limitExceeded, "At most \(operationsMax) operations of a socket run at once.",
          limit: .socketOperationsMax))
    }
    operations.insert(id)
    working += 1
    return .start(id: id, request)
  }

  /// Why an operation may not be asked for now, or not under this id.
  private func closing(against id: String) -> SocketClosing? {
    guard case .acknowledged = phase else { return .unauthorized }
    return operations.contains(id) ? .alreadySubscribed(id) : nil
  }
}
