// The date of a response, and the id of a request, as they are written.

import NIOCore
import Testing

@testable import Server

struct ResponseWriterTests {
  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
    (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_827_696, "Tue, 29 Feb 2000 12:34:56 GMT"),
    (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
  ])
  func `a date is written as HTTP wants it`(seconds: Int, expected: String) {
    #expect(imfFixdate(seconds) == expected)
  }

  @Test(arguments: [0, 1, 255, UInt64.max, 0x0123_4567_89ab_cdef])
  func `a request's id is sixteen digits, in the log and in the answer`(number: UInt64) {
    let id = RequestID.generated(number)
    var buffer = ByteBuffer()
    id.write(into: &buffer)
    #expect(String(buffer: buffer) == id.description)
    #expect(UInt64(id.description, radix: 16) == number)
    #expect(id.description.utf8.count == 16)
  }

  @Test(arguments: ["", " ", "a b", "a\"b", "a\nb", "ñ", String(repeating: "a", count: 65)])
  func `an id that could not stand in a log is not taken`(text: String) {
    #expect(RequestID(given: text) == nil)
  }
}
