// `graphql-transport-ws` as the server sees it, event by event: what happened comes in as a script,
// what is to be done about it is the last action's name.

import JSON
import Testing

@testable import Server

struct SocketMachineTests {
  /// Words of a script: `init`, `ok` (admitted), `late`, `ping`, `pong`, `+1` (subscribe), `-1`
  /// (complete), `.1` (ended), `done` (its work has ended), `!1` (a subscribe that cannot be run).
  private func event(_ word: Substring) -> SocketMachine.Event {
    switch word {
    case "init": return .message(.connectionInit(payload: .null))
    case "ok": return .admitted
    case "late": return .initTimeIsOver
    case "ping": return .message(.ping(payload: .null))
    case "pong": return .message(.pong)
    case "done": return .workEnded
    case _:
      let id = String(word.dropFirst())
      return switch word.first {
      case "+": .message(.subscribe(id: id, GraphQLRequest(query: "{ a }")))
      case "-": .message(.complete(id: id))
      case "!": .message(.subscribeRefused(id: id, Refusal(.invalidParameter, "No.")))
      case _: .ended(id: id)
      }
    }
  }

  private func name(_ action: SocketMachine.Action) -> String {
    switch action {
    case .none: "-"
    case .close(let closing): "\(closing.code)"
    case .admit: "admit"
    case .acknowledge: "ack"
    case .pong: "pong"
    case .start(let id, _): "start \(id)"
    case .refuse(let id, let refusal):
      "refuse \(id)" + (refusal.limit.map { " \($0)" } ?? "")
    case .cancel(let id): "cancel \(id)"
    }
  }

  @Test(
    arguments: [
      ("init", "admit"),
      ("init ok", "ack"),
      ("late", "4408"),
      // The token is still being looked at: the client has done its part, and the time is over.
      ("init late", "4408"),
      ("init ok late", "-"),
      ("init init", "4429"),
      ("init ok init", "4429"),
      ("+1", "4401"),
      ("init +1", "4401"),
      ("init ok +1", "start 1"),
      ("init ok +1 +1", "4409"),
      ("init ok +1 +2", "start 2"),
      ("init ok +1 .1 +1", "start 1"),
      ("init ok +1 -1", "cancel 1"),
      ("init ok +1 -1 -1", "-"),
      ("init ok +1 -1 +1", "start 1"),
      ("init ok -never", "-"),
      ("init ok +1 +2 +3", "refuse 3 socketOperationsMax"),
      ("init ok +1 +2 +3 .1 done +3", "start 3"),
      // What was stopped or has been answered counts until its work has ended.
      ("init ok +1 +2 -1 -2 +3", "refuse 3 socketOperationsMax"),
      ("init ok +1 +2 .1 +3", "refuse 3 socketOperationsMax"),
      ("init ok +1 +2 -1 done +3", "start 3"),
      ("init ok +1 +2 +1", "4409"),
      ("init ok !1", "refuse 1"),
      ("init ok !1 +1", "start 1"),
      ("init ok +1 !1", "4409"),
      ("init !1", "4401"),
      ("ping", "pong"),
      ("init ok ping", "pong"),
      ("pong", "-"),
    ])
  func `each event has its one answer`(script: String, answer: String) {
    var machine = SocketMachine(operationsMax: 2)
    var last = ""
    for word in script.split(separator: " ") { last = name(machine.event(event(word))) }
    #expect(last == answer)
  }

  @Test(
    arguments: [
      (SocketClosing.tooLarge, "socketMessageBytesMax"), (.tooManyFrames, "socketFramesMax"),
      (.initTimedOut, "socketInitTimeoutSeconds"), (.slow, "writeTimeoutSeconds"),
      (.silent, "streamPingSeconds"),
    ])
  func `what a limit closes names it`(closing: SocketClosing, limit: String) {
    #expect(closing.reason.hasSuffix(limit))
    #expect(LimitSetting.all.contains { $0.name == limit })
  }

  @Test func `a reason has room in its frame, whatever the client's id is`() {
    for id in ["a", String(repeating: "ñ", count: 1000), String(repeating: "👩‍👩‍👧‍👦", count: 50)] {
      #expect(SocketClosing.alreadySubscribed(id).reason.utf8.count <= 123)
    }
  }
}
