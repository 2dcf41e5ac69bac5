// `Authorization`, as a table.

import NIOHTTP1
import Testing

@testable import Server

struct BearerTokenTests {
  @Test(
    arguments: [
      ([], .absent),
      (["Basic dTpw"], .absent),
      (["Bearerabc"], .absent),
      (["Bearer abc.DEF-123_~+/"], .present("abc.DEF-123_~+/")),
      (["bearer abc=="], .present("abc==")),
      (["Bearer   abc  "], .present("abc")),
      (["Bearer"], .malformed),
      (["Bearer "], .malformed),
      (["Bearer =="], .malformed),
      (["Bearer a=b"], .malformed),
      (["Bearer a b"], .malformed),
      (["Bearer a,b"], .malformed),
      (["Bearer ñ"], .malformed),
      (["Bearer a", "Bearer b"], .malformed),
    ] as [([String], BearerToken)])
  func `a bearer token is token characters and nothing else`(
    fields: [String], expected: BearerToken
  ) {
    let headers = HTTPHeaders(fields.map { ("Authorization", $0) })
    #expect(HTTPRequest(method: .GET, path: "/", headers: headers).bearerToken == expected)
  }
}
