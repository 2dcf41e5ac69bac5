// The form in which an answer is kept: what is written is read, and nothing else is.

import Testing

@testable import Execution

@Suite("Kept answers")
struct KeptAnswerTests {
  @Test(arguments: [
    KeptAnswer(value: Array("{\"a\":1}".utf8), errors: []),
    KeptAnswer(value: Array("{}".utf8), errors: Array("{\"message\":\"x\"}".utf8)),
    KeptAnswer(value: nil, errors: Array("{}".utf8)), KeptAnswer(value: nil, errors: []),
  ])
  func `they come back`(answer: KeptAnswer) {
    #expect(KeptAnswer(bytes: answer.bytes) == answer)
  }

  @Test(arguments: [
    [], [0], [0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 1],
    Array(repeating: 255, count: 8),
  ])
  func `what is cut is none`(bytes: [UInt8]) {
    #expect(KeptAnswer(bytes: bytes) == nil)
  }
}
