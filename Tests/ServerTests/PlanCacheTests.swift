// The cache of plans against the simplest model of one: a list in the order of use.

import Execution
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON
import Testing

@testable import Server

/// A schema of which every field is a constant.
let constantSchema: Schema = {
  let text = """
    type Query { a: String  list: [Item!]  item: Item }
    type Item { a: String  b: String  item: Item  list: [Item!] }
    """
  do {
    return try makeSchema(from: [try parse(Source(text))])
  } catch {
    preconditionFailure("\(error)")
  }
}()

func constantOperation(_ text: String) throws -> ValidOperation {
  try validate(try parse(Source(text)), against: constantSchema).operation(named: nil)
}

struct PlanCacheTests {
  private static func plan(_ text: String = "{ a }") throws -> Plan {
    let none = Section("none", columns: [], alias: "n", from: "n", parameters: [])
    var bindings = Bindings(
      context: ContextBinding(
        section: none, roleColumn: "", view: { _ in nil }, reload: {}),
      service: ServiceBinding(section: none, solutionColumn: ""))
    let constant = RootBinding(access: .anyone, source: .constant(.null))
    bindings.add(AreaBindings(query: ["a": constant, "item": constant, "list": constant]))
    return try Execution.plan(
      try constantOperation(text), bindings: ResolvedBindings(bindings, schema: constantSchema))
  }

  /// The same, without links.
  private struct Model {
    struct Key: Hashable {
      let document: String
      let name: String?
    }
    let entriesMax: Int
    let bytesMax: Int
    let planBytes: Int
    /// The most recently used last.
    var keys: [Key] = []

    private func size(_ key: Key) -> Int { key.document.utf8.count + planBytes }
    var bytes: Int { keys.reduce(0) { $0 + size($1) } }

    mutating func use(_ key: Key) -> Bool {
      guard let index = keys.firstIndex(of: key) else { return false }
      keys.append(keys.remove(at: index))
      return true
    }

    mutating func insert(_ key: Key) {
      guard size(key) <= bytesMax, entriesMax > 0, !keys.contains(key) else { return }
      keys.append(key)
      while keys.count > entriesMax || bytes > bytesMax { keys.removeFirst() }
    }
  }

  /// A small generator with a seed, so that a failure can be repeated.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  @Test(arguments: [(1, 4_000), (3, 1_500), (8, 100_000), (5, 1_000), (0, 1_000), (4, 10)])
  func `it holds what a list in the order of use would hold`(
    entriesMax: Int, bytesMax: Int
  ) throws {
    let plan = try Self.plan()
    var cache = PlanCache(entriesMax: entriesMax, bytesMax: bytesMax)
    var model = Model(entriesMax: entriesMax, bytesMax: bytesMax, planBytes: plan.bytes)
    var dice = Dice(state: UInt64(entriesMax * 31 + bytesMax))
    for _ in 0..<5_000 {
      let number = Int.random(in: 0..<12, using: &dice)
      let key = Model.Key(
        document: String(repeating: "d", count: number * 40 + 1),
        name: Bool.random(using: &dice) ? nil : "Q")
      if Bool.random(using: &dice) {
        cache.insert(plan, document: key.document, operationName: key.name)
        model.insert(key)
      } else {
        let found = cache.plan(document: key.document, operationName: key.name) != nil
        #expect(found == model.use(key))
      }
      #expect(cache.count == model.keys.count)
      #expect(cache.bytes == model.bytes)
    }
  }

  @Test func `a plan counts with its fields, not by its document's length alone`() throws {
    let plan = try Self.plan("{ \((0..<100).map { "a\($0): a" }.joined(separator: " ")) }")
    #expect(plan.bytes > 10_000)
    var cache = PlanCache(entriesMax: 10, bytesMax: 10_000)
    cache.insert(plan, document: "{ }", operationName: nil)
    #expect(cache.count == 0)
  }

  @Test func `documents that differ in their Unicode normalization alone are two`() throws {
    let plan = try Self.plan()
    var cache = PlanCache(entriesMax: 10, bytesMax: 10_000)
    cache.insert(plan, document: "\u{e9}", operationName: nil)
    #expect(cache.plan(document: "e\u{301}", operationName: nil) == nil)
    #expect(cache.plan(document: "\u{e9}", operationName: nil) != nil)
    #expect(cache.plan(document: "\u{e9}", operationName: "\u{e9}") == nil)
  }
}
