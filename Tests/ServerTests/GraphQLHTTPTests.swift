// Requests for GraphQL as values: each parameter right and wrong, by POST and by GET.

import JSON
import NIOCore
import NIOHTTP1
import Testing

@testable import Server

struct GraphQLHTTPTests {
  private func decode(
    _ body: [UInt8], contentType: String? = "application/json", fields: HTTPHeaders = [:]
  ) throws(GraphQLHTTPError) -> GraphQLRequest {
    var headers = fields
    if let contentType { headers.add(name: "Content-Type", value: contentType) }
    return try decodeGraphQLRequest(
      HTTPRequest(
        method: .POST, path: "/graphql", headers: headers, body: ByteBuffer(bytes: body)),
      limits: Limits())
  }

  private func refusal(_ body: String) -> GraphQLHTTPError? {
    #expect(throws: GraphQLHTTPError.self) { _ = try decode(Array(body.utf8)) }
  }

  @Test func `all four parameters are read`() throws {
    let request = try decode(
      Array(
        #"""
        {"query":"query Q($a: Int) { b }","operationName":"Q","variables":{"a":1},
        "extensions":{"trace":true},"other":[1]}
        """#.utf8))
    #expect(request.query == "query Q($a: Int) { b }")
    #expect(request.operationName == "Q")
    #expect(request.variables["a"] == .number("1"))
    #expect(request.extensions["trace"] == .bool(true))
    #expect(request.allowsMutation)
  }

  @Test func `null and absent are the same`() throws {
    for body in [
      #"{"query":"{a}","operationName":null,"variables":null,"extensions":null}"#,
      #"{"query":"{a}"}"#,
    ] {
      let request = try decode(Array(body.utf8))
      #expect(request.operationName == nil)
      #expect(request.variables == .null)
      #expect(request.extensions == .null)
    }
  }

  @Test(arguments: ["1", "true", "[]", "{}", "1.5"])
  func `a query that is no string is refused`(value: String) {
    #expect(refusal("{\"query\":\(value)}") == .wrongType(.query, expected: "a string"))
  }

  @Test(arguments: ["1", "false", "[\"Q\"]", "{}"])
  func `an operation name that is no string is refused`(value: String) {
    #expect(
      refusal("{\"query\":\"{a}\",\"operationName\":\(value)}")
        == .wrongType(.operationName, expected: "a string"))
  }

  @Test(arguments: ["1", "true", "\"x\"", "[]", "\"{}\""])
  func `variables and extensions that are no object are refused`(value: String) {
    #expect(
      refusal("{\"query\":\"{a}\",\"variables\":\(value)}")
        == .wrongType(.variables, expected: "a JSON object"))
    #expect(
      refusal("{\"query\":\"{a}\",\"extensions\":\(value)}")
        == .wrongType(.extensions, expected: "a JSON object"))
  }

  @Test(
    arguments: [
      ("", .invalidJSON), (" ", .invalidJSON), ("{", .invalidJSON), ("null", .invalidJSON),
      ("1", .invalidJSON), ("\"{a}\"", .invalidJSON), ("{\"query\":\"{a}\"}x", .invalidJSON),
      ("{'query':'{a}'}", .invalidJSON), ("{\"query\":\"{a}\",}", .invalidJSON),
      ("{\"query\":\"{a}\",\"query\":\"{b}\"}", .invalidJSON),
      ("{\"query\":\"\\ud800\"}", .invalidJSON), ("{\"query\":\"a\nb\"}", .invalidJSON),
      ("\u{feff}{\"query\":\"{a}\"}", .invalidJSON),
      ("[]", .batchingNotSupported), ("[{\"query\":\"{a}\"}]", .batchingNotSupported),
      ("{}", .queryMissing), ("{\"query\":null}", .queryMissing),
      ("{\"Query\":\"{a}\"}", .queryMissing),
      ("{\"query\":\"{a}\",\"variables\":{\"a\":[\"x\\u0000\"]}}", .invalidParameter),
      ("{\"query\":\"{a}\",\"variables\":{\"a\":" + deep(70) + "}}", .invalidJSON),
    ] as [(String, ErrorCode)])
  func `what is no request has its code`(body: String, code: ErrorCode) {
    #expect(refusal(body)?.refusal.code == code)
  }

  @Test func `invalid UTF-8 is refused`() {
    let body = Array("{\"query\":\"{a(b: \\\"".utf8) + [0xc3, 0x28] + Array("\\\")}\"}".utf8)
    let error = #expect(throws: GraphQLHTTPError.self) { _ = try decode(body) }
    #expect(error?.refusal.code == .invalidJSON)
  }

  @Test func `NUL in a variable names its place`() {
    let error = refusal("{\"query\":\"{a}\",\"variables\":{\"a\":{\"b\":\"x\\u0000\"}}}")
    #expect(error == .nul(.variables, path: "a.b"))
  }

  @Test func `a limit of JSON is named`() {
    #expect(
      refusal("{\"query\":\"{a}\",\"variables\":{\"a\":\(deep(70))}}")?.refusal.limit
        == .jsonDepthMax)
    let many = "{\"query\":\"{a}\",\"variables\":{\"a\":[0" + String(repeating: ",0", count: 60_000)
    #expect(refusal(many + "]}}")?.refusal.limit == .jsonValuesMax)
  }

  @Test(
    arguments: [
      (nil, .unsupportedMediaType), ("text/plain", .unsupportedMediaType),
      ("application/graphql", .unsupportedMediaType),
      ("application/json; charset=latin1", .unsupportedMediaType),
      ("application/x-www-form-urlencoded", .unsupportedMediaType),
    ] as [(String?, ErrorCode)])
  func `another media type is refused`(contentType: String?, code: ErrorCode) {
    let error = #expect(throws: GraphQLHTTPError.self) {
      _ = try decode(Array("{\"query\":\"{a}\"}".utf8), contentType: contentType)
    }
    #expect(error?.refusal.code == code)
  }

  @Test func `two media types and a compressed body are refused`() {
    let body = Array("{\"query\":\"{a}\"}".utf8)
    #expect(throws: GraphQLHTTPError.contentTypeUnsupported) {
      _ = try decode(body, fields: ["Content-Type": "application/json"])
    }
    #expect(throws: GraphQLHTTPError.contentEncodingUnsupported) {
      _ = try decode(body, fields: ["Content-Encoding": "gzip"])
    }
    #expect(throws: Never.self) { _ = try decode(body, fields: ["Content-Encoding": "identity"]) }
  }

  // MARK: GET

  private func decodeGET(
    _ query: String?, fields: HTTPHeaders = ["GraphQL-Require-Preflight": "1"],
    method: HTTPMethod = .GET
  ) throws(GraphQLHTTPError) -> GraphQLRequest {
    try decodeGraphQLRequest(
      HTTPRequest(method: method, path: "/graphql", queryString: query, headers: fields),
      limits: Limits())
  }

  @Test(arguments: [HTTPMethod.GET, .HEAD])
  func `a query string is read like a form`(method: HTTPMethod) throws {
    let request = try decodeGET(
      "query=query+Q%7B%20a(b:%22%C3%B1%22)%7D&operationName=Q&variables=%7B%22a%22:1%7D&x=y"
        + "&extensions={}", method: method)
    #expect(request.query == "query Q{ a(b:\"ñ\")}")
    #expect(request.operationName == "Q")
    #expect(request.variables["a"] == .number("1"))
    #expect(!request.allowsMutation)
  }

  @Test func `an empty operation name in a query string is none`() throws {
    #expect(try decodeGET("query={a}&operationName=").operationName == nil)
  }

  @Test(
    arguments: [
      (nil, .queryMissing), ("", .queryMissing), ("operationName=Q", .queryMissing),
      ("query=%7Ba%7", .invalidParameter), ("query=%zz", .invalidParameter),
      ("query=%ff", .invalidParameter), ("query=%c3%28", .invalidParameter),
      ("query=a&query=b", .invalidParameter), ("query={a}&variables=1", .invalidParameter),
      ("query={a}&variables=%22x%22", .invalidParameter),
      ("query={a}&variables=[]", .invalidParameter),
      ("query={a}&variables=", .invalidParameter), ("query={a}&variables={", .invalidParameter),
      ("query={a}&extensions=true", .invalidParameter),
      ("query={a}&variables={%22a%22:%22%5Cu0000%22}", .invalidParameter),
    ] as [(String?, ErrorCode)])
  func `a wrong query string has its code`(query: String?, code: ErrorCode) {
    let error = #expect(throws: GraphQLHTTPError.self) { _ = try decodeGET(query) }
    #expect(error?.refusal.code == code)
  }

  @Test(
    arguments: [
      ([:], false),
      (["Accept": "application/graphql-response+json"], false),
      (["Authorization": "Bearer abc"], true),
      (["Authorization": "bearer abc"], true),
      (["Authorization": "Basic abc"], false),
      (["GraphQL-Require-Preflight": "1"], true),
      (["GraphQL-Require-Preflight": ""], false),
      (["Apollo-Require-Preflight": "true"], true),
      (["X-Apollo-Operation-Name": "Q"], true),
      (["X-Requested-With": "fetch"], true),
      (["Content-Type": "application/json"], true),
      (["Content-Type": "text/plain"], false),
      (["Content-Type": "text/plain; x=application/json"], false),
      (["Content-Type": "multipart/form-data"], false),
      (["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"], false),
      (["Content-Type": "nonsense"], false),
      (["Sec-Fetch-Site": "same-origin"], true),
      (["Sec-Fetch-Site": "same-site"], false),
      (["Sec-Fetch-Site": "cross-site"], false),
      (["Sec-Fetch-Site": "none"], false),
      (["Cookie": "a=b"], false),
    ] as [(HTTPHeaders, Bool)])
  func `a GET that any page could send is refused`(fields: HTTPHeaders, isAllowed: Bool) {
    if isAllowed {
      #expect(throws: Never.self) { _ = try decodeGET("query={a}", fields: fields) }
    } else {
      #expect(throws: GraphQLHTTPError.preflightRequired) {
        _ = try decodeGET("query={a}", fields: fields)
      }
    }
  }

  @Test(arguments: [HTTPMethod.PUT, .DELETE, .PATCH])
  func `other methods are refused`(method: HTTPMethod) {
    #expect(throws: GraphQLHTTPError.methodNotAllowed) {
      _ = try decodeGET("query={a}", method: method)
    }
  }
}

private func deep(_ depth: Int) -> String {
  String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
}
