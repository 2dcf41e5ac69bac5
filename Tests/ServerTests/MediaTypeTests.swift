// `Accept` and `Content-Type`, as tables.

import Testing

@testable import Server

struct MediaTypeTests {
  @Test(
    arguments: [
      ([], .json),
      ([""], .json),
      ([" , "], .json),
      (["*/*"], .json),
      (["application/*"], .json),
      (["application/json"], .json),
      (["APPLICATION/JSON"], .json),
      (["application/json; charset=utf-8"], .json),
      (["application/json; charset=\"UTF-8\""], .json),
      (["application/graphql-response+json"], .graphQLResponseJSON),
      (["application/graphql-response+json; charset=utf-8"], .graphQLResponseJSON),
      (["application/graphql-response+json, application/json"], .graphQLResponseJSON),
      (["application/json, application/graphql-response+json"], .graphQLResponseJSON),
      (["application/json", "application/graphql-response+json"], .graphQLResponseJSON),
      (["application/graphql-response+json, application/json;q=0.9"], .graphQLResponseJSON),
      (["application/graphql-response+json;q=0.8, application/json;q=0.9"], .json),
      (["application/graphql-response+json;q=0.8,application/json;q=0.81"], .json),
      (["application/graphql-response+json;q=0, */*"], .json),
      (["application/json;q=0, */*"], .graphQLResponseJSON),
      (["application/json;q=0, application/*;q=0.1"], .graphQLResponseJSON),
      (["application/json, */*"], .json),
      (["application/graphql-response+json, */*"], .graphQLResponseJSON),
      (["text/html, */*;q=0.1"], .json),
      (["text/html;level=\"1,2\", application/graphql-response+json"], .graphQLResponseJSON),
      (
        ["text/html;x=\"a\\\",application/json\", application/graphql-response+json"],
        .graphQLResponseJSON
      ),
      (["application/json;q=1.000"], .json),
      (["application/json;Q=0.5;ext=1"], .json),
      (["application/json;q=2, application/graphql-response+json;q=0.1"], .graphQLResponseJSON),
      (
        ["application/json;q=0.1234, application/graphql-response+json;q=0.1"], .graphQLResponseJSON
      ),
      (
        ["application/json;charset=latin1, application/graphql-response+json"], .graphQLResponseJSON
      ),
      (["nonsense, application/json"], .json),
      (["text/html"], nil),
      (["text/html", "image/png"], nil),
      (["application/json;q=0"], nil),
      (["application/json;charset=utf-16"], nil),
      (["*/*;q=0"], nil),
      (["*/json"], nil),
      (["application/jsonx"], nil),
      (["application"], nil),
      (["/"], nil),
    ] as [([String], ResponseMediaType?)])
  func `the answer's media type is chosen by quality and precision`(
    accept: [String], expected: ResponseMediaType?
  ) {
    #expect(negotiateMediaType(accept: accept) == expected)
  }

  @Test(arguments: knownSpellings)
  func `what is known by heart is what would be read`(
    accept: String, expected: ResponseMediaType
  ) {
    #expect(readAccept([accept]) == expected)
  }

  @Test(
    arguments: [
      ("application/json", .json),
      ("Application/JSON", .json),
      ("application/json;charset=utf-8", .json),
      ("application/json; charset=UTF-8", .json),
      ("application/json ; charset=\"utf-8\"", .json),
      ("application/json; charset=utf8", .json),
      ("application/json; odata=verbose", .json),
      ("application/json;", .json),
      ("application/json; charset=latin1", .otherCharset),
      ("application/json; charset=utf-16", .otherCharset),
      ("application/json; charset=utf-8; charset=latin1", .otherCharset),
      ("application/graphql", .unsupported),
      ("application/graphql+json", .unsupported),
      ("application/jsonx", .unsupported),
      ("text/plain", .unsupported),
      ("application/x-www-form-urlencoded", .unsupported),
      ("multipart/form-data; boundary=x", .unsupported),
      ("", .unsupported),
      ("json", .unsupported),
    ] as [(String, RequestContentType)])
  func `a body's media type is JSON in UTF-8`(value: String, expected: RequestContentType) {
    #expect(readContentType(value) == expected)
  }
}
