// The hub with subscriptions of the tests' own comes up, configured as `serve` is, so that real
// clients can try its transports. Some limits are short, for a test cannot wait as long as a
// person.

import Composition
import Execution
import Glibc
import GraphQLSyntax
import GraphQLTypes
import JSON
import Server
import Synchronization

@main
struct StreamHub {
  static func main() async throws {
    let shutdown = Shutdown()
    var configuration = try ServeConfiguration(flags: [:])
    configuration.limits.socketInitTimeoutSeconds = 1
    configuration.limits.streamPingSeconds = 0.5
    configuration.limits.sessionCheckSeconds = 0.2
    configuration.limits.socketOperationsMax = 8
    configuration.limits.socketMessageBytesMax = 64 * 1024
    let hub = try await RunningHub.start(
      configuration, observer: makeObserver(),
      adding: SchemaAddition(documents: [try parse(Source(definitions))], bindings: bindings))
    try await hub.untilReady()
    print("ready \(hub.url)")
    fflush(nil)
    await shutdown.requested()
    await hub.stop()
  }
}

private let definitions = """
  extend type Subscription {
    "One to `to`, then its end."
    count(to: Int! = 3): Int!
    "The same, failing where it should go on."
    failing(after: Int! = 1): Int!
    "What `say` tells the company that asks; never ends."
    said: Said!
    "The same, for administrators."
    secret: Said!
    "A long text again and again, as fast as it is taken."
    flood: String!
    "Opens once something is said to `held`."
    held: Int!
  }
  type Said { text: String!  company: Company! }
  extend type Mutation {
    "Tells the company that asks, or whoever is called `to`."
    say(input: SayInput!): SayPayload!
    "Is done once something is said to `held`."
    hold(input: HoldInput!): HoldPayload!
  }
  input SayInput { text: String!  to: String }
  input HoldInput { why: String }
  type HoldPayload { userErrors: [UserError!]! }
  type SayPayload {
    "How many listened."
    listeners: Int!
    flooded: Int!
    "How many wait for something to be said to `held`."
    held: Int!
    userErrors: [UserError!]!
  }
  """

private func bindings(_ hub: Bindings) -> AreaBindings {
  let board = Board()
  var company: [String: FieldBinding] = [:]
  if let source = hub.query["company"]?.source { company["company"] = .root(source) }
  return AreaBindings(
    mutations: [
      Action("say", access: .members) { input, context in
        let tenant = try context.member().scope
        let listeners = board.say(
          input["text"]?.text ?? "", to: input["to"]?.text ?? "\(tenant.tenant)")
        return ActionOutcome(payload: [
          "listeners": .number("\(listeners)"), "flooded": .number("\(board.flooded)"),
          "held": .number("\(board.held)"),
        ])
      },
      Action("hold", access: .anyone) { _, _ in
        // As what was begun in the database: it goes on though nobody waits for it any more.
        try await Task { try await board.hold() }.value
        return ActionOutcome(payload: [:])
      },
    ],
    subscriptions: [
      SubscriptionSource("count", access: .anyone) { arguments, _ in
        numbers(to: arguments["to"]?.integer ?? 0, fails: false)
      },
      SubscriptionSource("failing", access: .anyone) { arguments, _ in
        numbers(to: arguments["after"]?.integer ?? 0, fails: true)
      },
      SubscriptionSource("said", access: .members) { _, context in
        board.listen(as: "\(try context.member().scope.tenant)")
      },
      SubscriptionSource("secret", access: .roles(["administrator"])) { _, context in
        board.listen(as: "\(try context.member().scope.tenant)")
      },
      SubscriptionSource("flood", access: .anyone) { _, _ in
        AsyncThrowingStream {
          board.flood()
          return .string(String(repeating: "a", count: 100_000))
        }
      },
      SubscriptionSource("held", access: .anyone) { _, _ in
        try await board.hold()
        return numbers(to: 1, fails: false)
      },
    ],
    objects: [
      "Said": company.merging(["text": .member]) { $1 },
      "SayPayload": [
        "listeners": .member, "flooded": .member, "held": .member, "userErrors": .member,
      ],
      "HoldPayload": ["userErrors": .member],
    ])
}

private struct Fault: Error {}

private func numbers(to last: Int, fails: Bool) -> SourceStream {
  AsyncThrowingStream<JSONValue, any Error> { continuation in
    for number in stride(from: 1, through: last, by: 1) {
      continuation.yield(.number("\(number)"))
    }
    continuation.finish(throwing: fails ? Fault() : nil)
  }
}

/// Who listens, by company.
private final class Board: Sendable {
  private struct State {
    var listeners: [String: [Int: AsyncThrowingStream<JSONValue, any Error>.Continuation]] = [:]
    var next = 0
    var flooded = 0
  }

  private let state = Mutex(State())

  var flooded: Int { state.withLock { $0.flooded } }

  var held: Int { state.withLock { $0.listeners["held"]?.count ?? 0 } }

  func flood() { state.withLock { $0.flooded += 1 } }

  func hold() async throws {
    for try await _ in listen(as: "held") { return }
  }

  func say(_ text: String, to tenant: String) -> Int {
    let listeners = state.withLock { $0.listeners[tenant] ?? [:] }
    for continuation in listeners.values {
      continuation.yield(.object([JSONMember(name: "text", value: .string(text))]))
    }
    return listeners.count
  }

  func listen(as tenant: String) -> SourceStream {
    AsyncThrowingStream<JSONValue, any Error> { continuation in
      let number = state.withLock { state in
        state.next += 1
        state.listeners[tenant, default: [:]][state.next] = continuation
        return state.next
      }
      continuation.onTermination = { _ in
        self.state.withLock { _ = $0.listeners[tenant]?.removeValue(forKey: number) }
      }
    }
  }
}

extension InputValue {
  fileprivate var integer: Int? {
    if case .int(let number) = self { number } else { nil }
  }
}
