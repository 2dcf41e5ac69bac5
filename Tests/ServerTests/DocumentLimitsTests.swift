// Each limit of a document, one below it and one above; and the short documents that ask for much.

import Execution
import GraphQLSyntax
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

  /// `page` is a list, `connection` an object that holds one under `edges`.
  private static let pagedSchema: Schema = {
    let text = """
      type Query {
        page(first: Int, last: Int): [Item!]  few(first: Int = 3): [Item!]
        connection(first: Int, after: String): Connection
      }
      type Connection { edges: [Edge!]  nodes: [Item!]  count: Int }
      type Edge { node: Item }
      type Item { a: String  b: String  page(first: Int): [Item!] }
      """
    do {
      return try makeSchema(from: [try parse(Source(text))])
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test(arguments: [
    ("{ page { a b } }", 21), ("{ page(first: 3) { a b } }", 7),
    ("{ page(last: 50) { a b } }", 101), ("{ page(first: 0) { a } }", 2),
    ("{ page(first: -5) { a } }", 2), ("query ($n: Int) { page(first: $n) { a } }", 101),
    ("query ($n: Int = 2) { page(first: $n) { a } }", 101),
    ("{ page(first: null) { a } }", 11), ("{ few { a } }", 4), ("{ few(first: 9) { a } }", 10),
    ("{ page(first: 20) { page(first: 20) { a } } }", 421),
    ("{ connection(first: 4) { count } }", 2),
    // The connection, its count, its edges, and an edge's node and name, four times each.
    ("{ connection(first: 4) { count edges { node { a } } } }", 11),
    ("{ connection(first: 4) { ...F } } fragment F on Connection { edges { node { a } } }", 10),
    ("{ connection { edges { node { a } } } }", 22),
    // Sizes that are passed on are powers of two.
    ("{ connection(first: 5) { nodes { a } } }", 10),
    // What is given holds for the lists right inside, and no further.
    ("{ connection(first: 1) { nodes { page { a } } } }", 13),
  ])
  func `a list is as long as the document says, where it may say so`(
    text: String, count: Int
  ) throws {
    var limits = Limits()
    let operation = try validate(try parse(Source(text)), against: Self.pagedSchema)
      .operation(named: nil)
    limits.complexityMax = count
    #expect(operation.breaches(limits).map(\.limit) == [])
    limits.complexityMax = count - 1
    #expect(operation.breaches(limits).map(\.limit) == [.complexityMax])
  }

  @Test func `a list longer than an integer holds is refused without overflow`() throws {
    for size in ["2147483647", "99999999999999999999"] {
      let text = "{ page(first: \(size)) { page(first: \(size)) { page(first: \(size)) { a } } } }"
      let document = try parse(Source(text))
      guard let valid = try? validate(document, against: Self.pagedSchema) else { continue }
      #expect(try valid.operation(named: nil).breaches(Limits()).map(\.limit) == [.complexityMax])
    }
  }

  @Test func `a fragment under many sizes is counted once for its aliases, and soon`() throws {
    var text = "{ "
    for index in 0..<400 { text += "c\(index): connection(first: \(index + 1)) { ...F } " }
    text +=
      "} fragment F on Connection { edges { " + String(repeating: "x: node { a } ", count: 400)
    text += "} }"
    var limits = Limits()
    limits.aliasesMax = 800
    limits.rootFieldsMax = 400
    limits.complexityMax = .max
    let operation = try validate(try parse(Source(text)), against: Self.pagedSchema)
      .operation(named: nil)
    #expect(operation.breaches(limits).isEmpty)
    limits.aliasesMax = 799
    #expect(operation.breaches(limits).map(\.limit) == [.aliasesMax])
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
