// A schema and hidden fields enter; what is left of it is held against SDL.

import GraphQLSyntax
import GraphQLTypes
import Testing

struct ShowPartTests {
  private let whole = """
    schema {
      query: Query
      mutation: Mutation
    }

    directive @mark(kind: Kind) on FIELD

    type Query {
      open: Open
      secret: Secret
      either: Either
      named: Named
    }

    type Mutation {
      change(input: Change!): Open
    }

    type Open {
      name: String
      secret: Secret
    }

    type Secret {
      word: Word
    }

    type Cat implements Named {
      name: String
      fur: Fur
    }

    type Fur {
      colour: String
    }

    interface Named {
      name: String
    }

    union Either = Open | Cat

    enum Kind {
      A
    }

    enum Word {
      B
    }

    input Change {
      deep: Deep
    }

    input Deep {
      word: Word
    }
    """

  private func shown(hiding hidden: Set<String>) throws -> String {
    let schema = Schema(assembling: [try parse(Source(whole))])
    return printSchema(schema.showing { !hidden.contains("\($1).\($0)") })
  }

  private func types(hiding hidden: Set<String>) throws -> Set<String> {
    let schema = Schema(assembling: [try parse(Source(whole))])
    let shown = schema.showing { !hidden.contains("\($1).\($0)") }
    return Set(shown.types.map(\.name).filter { !$0.hasPrefix("__") })
      .subtracting(["String", "Boolean"])
  }

  @Test("nothing is hidden: the schema is the same")
  func all() throws {
    #expect(try shown(hiding: []) == printSchema(Schema(assembling: [try parse(Source(whole))])))
  }

  @Test(
    "with a field goes what only it led to, and nothing else",
    arguments: [
      (["Query.secret"], []),
      (["Query.secret", "Open.secret"], ["Secret"]),
      (["Mutation.change"], ["Mutation", "Change", "Deep"]),
      (
        ["Mutation.change", "Query.secret", "Open.secret"],
        ["Mutation", "Change", "Deep", "Secret", "Word"]
      ),
      // A type without fields is none, and neither is a field that answers it.
      (["Secret.word"], ["Secret"]),
      (["Query.either"], ["Either"]),
      // Whoever is answered an interface may be answered what implements it.
      (["Query.either", "Query.named"], ["Either", "Named", "Cat", "Fur"]),
    ] as [(Set<String>, Set<String>)])
  func gone(hidden: Set<String>, gone: Set<String>) throws {
    #expect(try types(hiding: []).subtracting(try types(hiding: hidden)) == gone)
    let text = try shown(hiding: hidden)
    for name in gone { #expect(!text.contains(name), "\(name)") }
  }
}
