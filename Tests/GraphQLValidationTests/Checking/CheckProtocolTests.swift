// The line protocol: a request a line, a response a line.

import JSON
import Testing

@testable import GraphQLValidation

@Suite("Check protocol")
struct CheckProtocolTests {
  @Test(
    "answers each operation, and what it does not know",
    arguments: [
      (
        #"{"id":1,"op":"parse","kind":"document","source":"{ a }"}"#,
        #"{"id":1,"ok":true,"errors":[]}"#
      ),
      (
        #"{"id":"x","op":"parse","kind":"value","source":"{"}"#,
        #"{"id":"x","ok":false,"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","#
          + #""locations":[{"line":1,"column":2}],"code":"Syntax"}]}"#
      ),
      (
        #"{"id":1,"op":"parse","kind":"constValue","source":"[1, {a: E}]"}"#,
        #"{"id":1,"ok":true,"errors":[]}"#
      ),
      (
        #"{"id":1,"op":"parse","kind":"type","source":"[Int!]!"}"#,
        #"{"id":1,"ok":true,"errors":[]}"#
      ),
      (
        #"{"id":1,"op":"parse","kind":"coordinate","source":"Query.a(b:)"}"#,
        #"{"id":1,"ok":true,"errors":[]}"#
      ),
      (#"{"id":1,"op":"parse","kind":"poem","source":""}"#, #"{"id":1,"unsupported":true}"#),
      (#"{"id":1,"op":"sing"}"#, #"{"id":1,"unsupported":true}"#),
      (#"{"id":1"#, #"{"id":null,"unsupported":true}"#),
      (
        #"{"id":1,"op":"schema","schema":"type Query { a: Int }"}"#,
        #"{"id":1,"ok":true,"errors":[]}"#
      ),
      (
        #"{"id":1,"op":"schema","schema":"extend type Query { b: Int }","base":"type Query"}"#,
        #"{"id":1,"ok":true,"errors":[]}"#
      ),
      (
        #"{"id":1,"op":"schema","schema":"type Query"}"#,
        #"{"id":1,"ok":false,"errors":[{"message":"Type Query must define one or more fields.","#
          + #""locations":[{"line":1,"column":1}],"code":"SchemaValidation"}]}"#
      ),
      (
        #"{"id":1,"op":"validate","schemaId":"s","schema":"type Query { a: Int }","document":"{a}"}"#,
        #"{"id":1,"ok":true,"errors":[]}"#
      ),
      (
        #"{"id":1,"op":"validate","schemaId":"s","schema":"type Query { a: Int }","document":"{\nb}"}"#,
        #"{"id":1,"ok":false,"errors":[{"message":"Cannot query field \"b\" on type \"Query\". "#
          + #"Did you mean \"a\"?","locations":[{"line":2,"column":1}],"#
          + #""code":"FieldsOnCorrectType"}]}"#
      ),
      (
        #"{"id":1,"op":"validate","schemaId":"s","schema":"type Query","document":"{a}"}"#,
        #"{"id":1,"ok":false,"errors":[{"message":"Type Query must define one or more fields.","#
          + #""locations":[{"line":1,"column":1}],"code":"SchemaValidation"}]}"#
      ),
    ])
  func answers(request: String, response: String) {
    var checker = CheckProtocol()
    #expect(String(decoding: checker.answer(line: Array(request.utf8)), as: UTF8.self) == response)
  }

  @Test("keeps schemas by their id, and not too many")
  func keepsSchemas() {
    var checker = CheckProtocol()
    func answer(_ id: String, _ schema: String) -> String {
      let request =
        #"{"id":1,"op":"validate","schemaId":"\#(id)","schema":"\#(schema)","#
        + #""document":"{ a }"}"#
      return String(decoding: checker.answer(line: Array(request.utf8)), as: UTF8.self)
    }
    let valid = #"{"id":1,"ok":true,"errors":[]}"#
    #expect(answer("first", "type Query { a: Int }") == valid)
    // Equal ids carry equal schemas: the text is not read again.
    #expect(answer("first", "type Query { b: Int }") == valid)
    for index in 0..<40 { #expect(answer("\(index)", "type Query { a: Int }") == valid) }
    #expect(answer("first", "type Query { b: Int }") != valid)
  }
}
