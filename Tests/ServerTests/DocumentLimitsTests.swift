// Each limit of a document, one below it and one above; and the short documents that ask for much.

import Execution
import GraphQLTypes
import GraphQLValidation
import Testing

@testable import Server

struct DocumentLimitsTests {
  private func breaches(_ text: String, _ change: (inout Limits) -> Void = { _ in }) throws
    -> [LimitName]
  {
    var limits = Limits()
    change(&limits)
    return try constantOperation(text).breaches(limits).map(\.limit)
  }

  private func nested(_ depth: Int) -> String {
    "{ " + String(repeating: "item { ", count: depth - 1) + "a"
      + String(repeating: " }", count: depth - 1) + " }"
  }

  @Test func `fields nest to their limit`() throws {
    #expect(try breaches(nested(15)).isEmpty)
    #expect(try breaches(nested(16)) == [.selectionDepthMax])
  }

  @Test func `fragments do not hide depth`() throws {
    let text = """
      { item { ...A } } fragment A on Item { item { ...B } } fragment B on Item { item { a } }
      """
    #expect(try breaches(text) { $0.selectionDepthMax = 4 }.isEmpty)
    #expect(try breaches(text) { $0.selectionDepthMax = 3 } == [.selectionDepthMax])
  }

  @Test func `introspection has a bound of its own`() throws {
    func query(_ depth: Int) -> String {
      "{ __type(name: \"Item\") { " + String(repeating: "ofType { ", count: depth - 2) + "name"
        + String(repeating: " }", count: depth - 2) + " } }"
    }
    #expect(try breaches(query(20)).isEmpty)
    #expect(try breaches(query(21)) == [.introspectionDepthMax])
  }

  @Test func `aliases are counted, those of fragments too`() throws {
    let text = "{ x: a y: a item { z: a ...F } } fragment F on Item { u: a }"
    #expect(try breaches(text) { $0.aliasesMax = 4 }.isEmpty)
    #expect(try breaches(text) { $0.aliasesMax = 3 } == [.aliasesMax])
  }

  @Test func `directives are counted wherever they stand`() throws {
    let text = """
      query ($x: Boolean!) { a @skip(if: $x) ... @include(if: $x) { a } ...F @include(if: $x) }
      fragment F on Query { a @skip(if: $x) @include(if: $x) }
      """
    #expect(try breaches(text) { $0.directivesMax = 5 }.isEmpty)
    #expect(try breaches(text) { $0.directivesMax = 4 } == [.directivesMax])
  }

  @Test func `root fields are counted by their response names`() throws {
    let text = "{ a a x: a ...F ... { y: a } } fragment F on Query { z: a a }"
    #expect(try breaches(text) { $0.rootFieldsMax = 4 }.isEmpty)
    #expect(try breaches(text) { $0.rootFieldsMax = 3 } == [.rootFieldsMax])
  }

  @Test(arguments: [
    ("{ a }", 1), ("{ item { a b } }", 3), ("{ list { a b } }", 21),
    ("{ list { list { a } } }", 111), ("{ ...F ...F } fragment F on Query { a item { a } }", 6),
    ("{ __schema { types { name fields { name } } } }", 5),
  ])
  func `complexity is the fields, those of a list ten times`(text: String, count: Int) throws {
    #expect(try breaches(text) { $0.complexityMax = count }.isEmpty)
    #expect(try breaches(text) { $0.complexityMax = count - 1 } == [.complexityMax])
  }

  @Test func `fragments that double are refused at once, however far they go`() throws {
    for levels in [14, 70, 400] {
      var text = "{ item { ...F0 } }"
      for index in 0..<levels {
        text += " fragment F\(index) on Item { ...F\(index + 1) ...F\(index + 1) }"
      }
      text += " fragment F\(levels) on Item { a }"
      #expect(try breaches(text) == [.complexityMax])
    }
  }

  @Test func `lists in lists are refused without overflow`() throws {
    let text =
      "{ " + String(repeating: "list { ", count: 40) + "a" + String(repeating: " }", count: 40)
      + " }"
    #expect(try breaches(text) == [.selectionDepthMax, .complexityMax])
  }
}
