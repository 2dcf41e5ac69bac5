// The texts that fuzzing starts from: every production of the language, a schema with every kind of
// type, and operations that are valid against it.

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation

let syntaxSeeds: [String] = [
  "query Q($a: [Int!]! = [1, 2] @d(x: {y: \"z\"})) @e { a: b(c: $a, d: -1.5e3) { ...F ... on T "
    + "{ x } } }",
  "\"d\" fragment F on T @a { b(c: \"\\u{1F600}\\uD83D\\uDE00\\n\", d: \"\"\"x\n    y\n\"\"\") }",
  "\"\"\"a\n  b\"\"\" type T implements A & B @c { \"f\" a(\"b\" c: Int = 1): [T!]! @d } extend "
    + "type T { z: Z }",
  "schema @a { query: Q } enum E { A @b B } union U = | A | B input I { a: Int = {b: [null "
    + "true]} }",
  "directive @d(a: Int) repeatable on FIELD | QUERY extend schema @x # comment é\r\n scalar S",
  "\"op\" query A(\"v\" $a: Int = 1 @x, \"\"\"w\"\"\" $b: B) @y { a @z { b } }",
  "{a:\"\"\"\n\n  one\n    two \\\"\"\" \n\"\"\",b:{c:[[{d:ENUM}]]}}",
  "extend scalar S @a extend interface I implements A & B extend union U = A extend enum E { A }",
  "[Int!]!", "Query.company(id:)", "@d(a:)", "{a: [1, $b, {c: \"\\\"\"}]}", "[[[Int]!]]",
  "\"\"\"\"q\" \\ \"\"\"", "-0.1E-10",
]

let schemaSeeds: [String] = [
  fuzzedSchemaText,
  "schema { query: Q } extend schema { mutation: M } type Q implements A & B { a(x: Int!, y: [Int] "
    + "= [1, null]): A! b: B } type M { m: Q } interface A implements B { a(x: Int!, y: [Int]): A "
    + "b: B } interface B { b: B }",
  "type Query { a(x: A): Int } input A { b: B! = {} } input B { c: C = {a: null} } input C { a: A "
    + "d: [C!]! = [] e: D } input D { c: C f: D @deprecated g: Int! = 1 }",
  "directive @a(x: I) on INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION directive @b(y: Int @a) on "
    + "INPUT_OBJECT | ENUM_VALUE input I @b { x: Int } type Query { a(x: E = V): Int } enum E { V }",
  "type Query { a: Int } extend type Query { b: T } type T extend type T @deprecated { c: [T!]! } "
    + "union U = Query extend union U = T scalar S extend scalar S @specifiedBy(url: \"u\") input "
    + "O @oneOf { a: Int b: [O!] } extend input O { c: S }",
]

/// The schema that documents and variables are held against.
let fuzzedSchemaText = """
  "All kinds." schema { query: Query mutation: Mutation subscription: Subscription }
  directive @tag(a: [Int!] = [1], b: In = {d: []}) repeatable on FIELD | QUERY | VARIABLE_DEFINITION
    | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT | MUTATION | OBJECT | FIELD_DEFINITION
  directive @once(x: E! = A) on | FIELD | VARIABLE_DEFINITION | QUERY
  interface Node { id: ID! }
  interface Named implements Node { id: ID! name(short: Boolean = false): String }
  type A implements Named & Node @tag(a: 2) {
    id: ID! name(short: Boolean = false, other: Int): String! self: A list: [A!]! u: U e: E!
  }
  type B implements Node { id: ID! value(v: In!, l: [In!]! = []): Float n(i: Int! = 1): Int }
  type C { id: String c: C cs: [C!]! a: A old: Int @deprecated }
  union U = | A | B
  union V = A | B | C
  enum E { A @deprecated B C }
  input In { a: Int! = 1 b: String c: In d: [In!] = [] e: E = A f: Float old: Int @deprecated }
  input One @oneOf { a: Int b: String c: In o: One l: [One!] }
  scalar Any @specifiedBy(url: "https://example.org/any")
  type Query {
    a: A b: B c: C u: U v: V node(id: ID!): Node nodes(ids: [ID!]!): [Node!]! one(o: One!): Int
    ones(os: [One!]!, in: In, any: Any, e: [E!]): Int named: Named
    i(i: Int!, f: Float = 1, b: Boolean! = true, s: [String], ss: [[String!]!]): String
  }
  type Mutation { set(o: One, in: In!): A add(ins: [In!]!): [B] }
  type Subscription { a(o: One): A b: B }
  """

let fuzzedSchema: Result<Schema, any Error> = Result {
  try makeSchema(from: [try parse(Source(fuzzedSchemaText))])
}

let operationSeeds: [String] = [
  "query Q($a: Int!, $b: One!, $c: [One!]!, $d: In) @tag(a: [1]) { one(o: $b) x: one(o: {a: $a}) "
    + "ones(os: $c, in: $d) o: ones(os: [{a: 1}, {b: \"x\"}], in: {a: 2, d: [{}, {c: {}}]}) }",
  "\"op\" query Q(\"var\" $a: Int! = 1 @tag(b: {a: 2}) @tag, \"\"\"b\"\"\" $e: [E!] = [A, B] @once) "
    + "{ i(i: $a) ones(os: {a: 1}, e: $e, any: {x: [1, $a]}) @once(x: B) @tag @tag(a: 1) }",
  "query ($id: ID! = 4, $ids: [ID!]! = \"x\", $s: [String], $ss: [[String!]!] = [[\"a\"]]) { "
    + "node(id: $id) { id ... on A { self { ...F } } ...G } nodes(ids: $ids) { __typename ... on B "
    + "{ n(i: 2) m: n(i: 3) } } i(i: 1, s: $s, ss: $ss) } \"f\" fragment F on A { id e list { id } "
    + "} fragment G on Node { id ... on Named { name } ... @include(if: true) { id } }",
  "{ u { __typename ... on A { id x: e } ... on B { id y: n } ... on Node { id } } v { ... on A { "
    + "id } ... on C { x: id } ...H } } fragment H on U { ... on B { value(v: {b: \"s\", f: 1}) } }",
  "mutation M($o: One, $in: In!) { set(o: $o, in: $in) { id } s: set(o: {c: {a: 1}}, in: {}) { id "
    + "e } add(ins: [$in, {a: 3}]) { value(v: $in, l: {}) } }",
  "subscription S($o: One) { a(o: $o) { id ...F } } fragment F on A { name @skip(if: false) }",
  "query A { a { ...F } } query B { a { self { ...F } } } fragment F on A { self { list { u { ... "
    + "on A { id } ... on B { n } } } } }",
  "{ __schema { types { ...T } } __type(name: \"A\") { ...T } } fragment T on __Type { name fields "
    + "{ type { kind ofType { name } } } enumValues(includeDeprecated: true) { name } }",
  "query ($a: Int!, $s: String!) { x: one(o: {b: $s}) y: one(o: {o: {l: [{a: $a}, {b: $s}]}}) z: "
    + "one(o: {c: {a: $a, e: B, f: 1.5}}) }",
]

let jsonSeeds: [String] = [
  "{\"a\": 1, \"b\": \"x\", \"c\": {\"a\": 2, \"d\": [{}, {\"c\": {}}]}, \"e\": \"A\", \"f\": 1.5}",
  "[{\"a\": 1}, {\"b\": \"\\u00e9\\ud83d\\ude00\\n\"}, {\"c\": {\"e\": \"B\"}}, {\"l\": [{\"a\": 1}]}]",
  "[[\"a\", null], [], null]", "-1.5e3", "4.0", "2147483647", "1e400", "\"text\"", "true", "null",
  "{\"o\": {\"l\": [{\"o\": {\"a\": null}}]}}", "{\"a\": {\"b\": [1, 2, {\"c\": null}]}}",
]

/// A variable of each shape of type.
let fuzzedVariables: [VariableDefinition] = {
  let types = [
    "Int", "Int!", "Float", "String", "Boolean!", "ID", "E", "[Int]", "[[String!]!]", "In",
    "[In!]!",
    "One", "[One!]", "[E!]",
  ]
  let text =
    "query (" + types.enumerated().map { "$v\($0): \($1)" }.joined(separator: ",") + ") {a}"
  guard let document = try? parse(Source(text)),
    case .operation(let operation)? = document
      .definitions.first
  else { return [] }
  return operation.variableDefinitions
}()

let schemaNames = namesOf(schemaSeeds)
let fuzzedNames = namesOf([fuzzedSchemaText] + operationSeeds)

/// The words of some texts, each once.
private func namesOf(_ texts: [String]) -> [String] {
  let words = texts.flatMap {
    tokens(of: Array($0.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }
  return Set(words).sorted().filter { $0.utf8.first.map { ($0 | 0x20) &- 0x61 < 26 } == true }
}
