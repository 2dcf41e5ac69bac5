// Which keys of a set may have signed a token, and which one did.

import JWTKit
import Testing

@testable import Outbound

struct KeySetTests {
  /// The modulus of RFC 7515, appendix A.2.1: 2048 bits.
  private static let modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0B"
    + "m4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5"
    + "z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7"
    + "aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"

  private static func entry(_ members: String) -> String {
    #"{"kty":"RSA","n":"\#(modulus)","e":"AQAB"\#(members.isEmpty ? "" : "," + members)}"#
  }

  private static func set(_ entries: String...) throws -> KeySet {
    try KeySet(document: Array(#"{"keys":[\#(entries.joined(separator: ","))]}"#.utf8))
  }

  @Test func `a key is found by its name, and without one where it is the only one`() throws {
    let one = try Self.set(Self.entry(#""kid":"a""#))
    #expect(one["a"] != nil && one[nil] != nil && one["b"] == nil)
    let two = try Self.set(Self.entry(#""kid":"a""#), Self.entry(#""kid":"b""#))
    #expect(two["a"] != nil && two["b"] != nil && two[nil] == nil && two[""] == nil)
    #expect(try Self.set(Self.entry(""))[nil] != nil)
  }

  @Test(arguments: [
    #""kid":"a","use":"enc""#, #""kid":"a","alg":"RS512""#, #""kid":"a","alg":"PS256""#,
    #""kid":"a","use":7"#,
  ])
  func `a key for something else is left out`(members: String) throws {
    #expect(try Self.set(Self.entry(members))["a"] == nil)
  }

  @Test(arguments: [
    #"{"kty":"EC","kid":"a","crv":"P-256","x":"AA","y":"AA"}"#,
    #"{"kty":"oct","kid":"a","k":"AAAA"}"#,
    #"{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"}"#, #"{"kty":"RSA","kid":"a","e":"AQAB"}"#,
    #"{"kty":"RSA","kid":"a","n":"","e":""}"#, "7",
  ])
  func `what is no key of enough bits is left out`(entry: String) throws {
    #expect(try Self.set(entry)["a"] == nil)
  }

  @Test(arguments: ["", "{}", "[]", #"{"keys":{}}"#, #"{"keys":[],"keys":[]}"#])
  func `what is no set is refused`(document: String) {
    #expect(throws: OpenIDError.self) { try KeySet(document: Array(document.utf8)) }
  }
}
