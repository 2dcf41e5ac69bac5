// Messages of `graphql-transport-ws`, read from their text and written to it.

import JSON
import Testing

@testable import Server

struct SocketMessageTests {
  private func read(_ text: [UInt8]) -> String {
    var limits = Limits()
    limits.jsonDepthMax = 4
    limits.socketMessageBytesMax = 300
    do {
      switch try text.withUnsafeBufferPointer({ try decodeClientMessage($0, limits: limits) }) {
      case .connectionInit(let payload): return "init \(payload.isNull ? "-" : "object")"
      case .ping(let payload): return "ping \(payload.isNull ? "-" : "object")"
      case .pong: return "pong"
      case .subscribe(let id, let request):
        return "subscribe \(id) \(request.query) \(request.operationName ?? "-") "
          + (request.variables.isNull ? "-" : "variables")
      case .subscribeRefused(let id, let refusal): return "refused \(id) \(refusal.code)"
      case .complete(let id): return "complete \(id)"
      }
    } catch ClientMessageError.notUTF8 {
      return "not UTF-8"
    } catch ClientMessageError.invalid(let why) {
      return why
    } catch {
      return "\(error)"
    }
  }

  @Test(
    arguments: [
      (#"{"type":"connection_init"}"#, "init -"),
      (#"{"type":"connection_init","payload":null}"#, "init -"),
      (#"{"payload":{"a":1},"type":"connection_init"}"#, "init object"),
      (#"{"type":"ping"}"#, "ping -"),
      (#"{"type":"ping","payload":{}}"#, "ping object"),
      (#"{"type":"pong","payload":{}}"#, "pong"),
      (#"{"type":"complete","id":"a"}"#, "complete a"),
      (#"{"type":"subscribe","id":"a","payload":{"query":"{b}"}}"#, "subscribe a {b} - -"),
      (
        #"{"type":"subscribe","id":"a","payload":{"query":"q","operationName":"N","#
          + #""variables":{"x":1},"extensions":{}}}"#, "subscribe a q N variables"
      ),
      (
        #"{"type":"subscribe","id":"a","payload":{"query":"q","operationName":null,"#
          + #""variables":null}}"#, "subscribe a q - -"
      ),
      ("", "The message is no JSON"),
      ("{", "The message is no JSON"),
      ("[]", "The message is no JSON object"),
      ("7", "The message is no JSON object"),
      ("{}", "The message has no type"),
      (#"{"type":null}"#, "The message has no type"),
      (#"{"type":"start"}"#, "The message has an unknown type"),
      (#"{"type":"next"}"#, "The message has an unknown type"),
      (#"{"type":"pong","payload":[]}"#, "The payload is no object"),
      (#"{"type":"ping","payload":"a"}"#, "The payload is no object"),
      (#"{"type":"complete"}"#, "The message has no id"),
      (#"{"type":"complete","id":1}"#, "The message has no id"),
      (#"{"type":"subscribe","payload":{"query":"q"}}"#, "The message has no id"),
      (#"{"type":"subscribe","id":"a"}"#, "The payload of subscribe is no object"),
      (#"{"type":"subscribe","id":"a","payload":{}}"#, "The parameter `query` is missing."),
      (
        #"{"type":"subscribe","id":"a","payload":{"query":"q","variables":[]}}"#,
        "The parameter `variables` must be a JSON object."
      ),
      (
        #"{"type":"subscribe","id":"a","payload":{"query":"q","variables":{"b":"\u0000"}}}"#,
        "refused a invalidParameter"
      ),
      (
        #"{"type":"subscribe","id":"a","payload":{"query":"q","extensions":"#
          + #"{"persistedQuery":{"version":2,"sha256Hash":"c"}}}}"#,
        "refused a persistedQueryNotSupported"
      ),
      (
        #"{"type":"subscribe","id":"a","payload":{"query":"q","extensions":"#
          + #"{"persistedQuery":7}}}"#, "refused a invalidParameter"
      ),
      (
        #"{"type":"subscribe","id":"a","payload":{"documentId":"b","extensions":"#
          + #"{"persistedQuery":{"version":1,"sha256Hash":"c"}}}}"#,
        "refused a invalidParameter"
      ),
      (#"{"type":"ping","payload":{"a":[[[1]]]}}"#, "The message is no JSON"),
    ])
  func `a message is one of the protocol's own`(text: String, meaning: String) {
    #expect(read(Array(text.utf8)) == meaning)
  }

  @Test func `text that is no UTF-8 is told from text that is no JSON`() {
    #expect(read([0xff, 0xfe]) == "not UTF-8")
    #expect(read(Array(#"{"type":"#.utf8) + [0xc3]) == "not UTF-8")
    #expect(read(Array(repeating: 0x20, count: 301)) == "The message is no JSON")
  }

  @Test(
    arguments: [
      (ServerMessage.connectionAck, #"{"type":"connection_ack"}"#),
      (.pong(payload: .null), #"{"type":"pong"}"#),
      (
        .pong(payload: .object([JSONMember(name: "a", value: .bool(true))])),
        #"{"type":"pong","payload":{"a":true}}"#
      ),
      (
        .next(id: "\"", response: Array(#"{"data":{"a":1}}"#.utf8)),
        #"{"type":"next","id":"\"","payload":{"data":{"a":1}}}"#
      ),
      (
        .error(id: "1", .refused(Refusal(.forbidden, "No."))),
        #"{"type":"error","id":"1","payload":[{"message":"No.","extensions":{"code":"FORBIDDEN"}}]}"#
      ),
      (.complete(id: "1"), #"{"type":"complete","id":"1"}"#),
    ])
  func `what the server says is one JSON text`(message: ServerMessage, text: String) {
    #expect(String(decoding: message.json, as: UTF8.self) == text)
  }
}
