// What a verifier asks with, and what an answer tells.

import JSON
import Testing

@testable import Hub

struct CredentialVerifierTests {
  private let values = ["a": "A b/é?", "b": "{a}", "c": #"x"y\"#]

  @Test(
    arguments: [
      ("", ""), ("plain", "plain"), ("{b}", "{a}"), ("{b}{b}-{b}", "{a}{a}-{a}"),
      ("}{b}{", "}{a}{"),
      ("x{", "x{"), ("{none}", nil), ("{}", nil), ("{b", "{b"),
    ] as [(String, String?)])
  func `a template is filled once, and not without its values`(text: String, filled: String?) {
    #expect(Template(text).filled(values) == filled)
  }

  private func verifier(
    body: CredentialVerifier.Body? = nil, expected: (path: [String], value: String)? = nil
  ) -> CredentialVerifier {
    CredentialVerifier(
      method: .post, url: Template("https://maker.example/{a}?x={c}"),
      headers: [("X-Key", Template("k {b}")), ("accept", Template("text/x"))],
      basic: (Template("{b}"), Template("")), body: body, goodStatuses: [200, 201],
      refusedStatuses: [401], expected: expected)
  }

  @Test func `a value stays where it was put`() throws {
    let request = try #require(verifier().request(values))
    #expect(request.url == "https://maker.example/A%20b%2F%C3%A9%3F?x=x%22y%5C")
    #expect(
      request.headers.map { "\($0.name): \($0.value)" } == [
        "X-Key: k {a}", "accept: text/x", "Authorization: Basic e2F9Og==",
      ])
    #expect(request.body == nil)
    let json = try parseJSON(Array(#"{"m": {"k": ["{c}", 1, null, true]}, "n": "{b}"}"#.utf8))
    let filled = try #require(verifier(body: .json(json)).request(values)?.body)
    #expect(
      try parseJSON(filled)
        == parseJSON(Array(#"{"m": {"k": ["x\"y\\", 1, null, true]}, "n": "{a}"}"#.utf8)))
    let form = verifier(body: .form([JSONMember(name: "k&", value: .string("{a}"))]))
    #expect(form.request(values)?.body == Array("k%26=A%20b%2F%C3%A9%3F".utf8))
    #expect(verifier().request(["a": "x"]) == nil)
    #expect(Template("{up}").filled(["up": "../.."]) == "../..")
    let url = CredentialVerifier(
      method: .get, url: Template("https://maker.example/{up}/x"), headers: [], basic: nil,
      body: nil, goodStatuses: [200], refusedStatuses: [], expected: nil)
    #expect(url.request(["up": "../.."])?.url == "https://maker.example/%2E%2E%2F%2E%2E/x")
  }

  @Test(
    arguments: [
      (200, "", .good), (201, "x", .good), (401, "", .refused), (403, "", .unknown),
      (500, "", .unknown), (302, "", .unknown),
    ] as [(Int, String, CredentialVerdict)])
  func `a status tells good, refused or nothing`(
    status: Int, body: String, verdict: CredentialVerdict
  ) {
    #expect(verifier().verdict(GatewayAnswer(status: status, body: Array(body.utf8))) == verdict)
  }

  @Test(
    arguments: [
      (#"{"a": {"b": "YES"}}"#, .good), (#"{"a": {"b": "NO"}}"#, .refused),
      (#"{"a": {"b": 1}}"#, .refused), (#"{"a": {}}"#, .unknown), (#"{"a": "YES"}"#, .unknown),
      (#"[{"b": "YES"}]"#, .unknown), ("<html>", .unknown), ("", .unknown),
      (String(repeating: "[", count: 100_000), .unknown),
    ] as [(String, CredentialVerdict)])
  func `a text of the answer tells good from refused`(body: String, verdict: CredentialVerdict) {
    let verifier = verifier(expected: (["a", "b"], "YES"))
    #expect(verifier.verdict(GatewayAnswer(status: 200, body: Array(body.utf8))) == verdict)
    #expect(verifier.verdict(GatewayAnswer(status: 401, body: Array(body.utf8))) == .refused)
  }
}
