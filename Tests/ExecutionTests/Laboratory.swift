// A small schema with bindings of its own, and one function that takes a document all the way
// through the engine: what every test here starts from.

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON
import Postgres
import SQL

@testable import Execution

/// `node` is a constant that each test gives; the rest is read for a member.
let laboratorySchema: Schema = {
  let text = """
    scalar DateTime
    type Query {
      a: String  b: String  c: String
      node: Node  mustNode: Node!  openNode: Node
      thing: Thing  things: [Thing!]  named(name: String! = "none"): Thing
      secret: Thing  me: Me
      solutions(status: Status, kind: String, connected: Boolean): [Solution!]
      solution(code: ID): Solution
    }
    enum Status { ACTIVE AVAILABLE RETIRED }
    interface Letters { a: String b: String }
    type Node implements Letters {
      a: String  b: String  c: String  count: Int  must: String!
      node: Node  mustNode: Node!  list: [Node!]  mustList: [Node!]!  texts: [String!]
    }
    type Thing {
      name: String  mustName: String!  size: Int  ratio: Float  flag: Boolean  at: DateTime
      piece: Piece  parts(kind: String): [Part!]
    }
    type Part { name: String! }
    type Piece { name: String! }
    type Me { role: String  parts(kind: String): [Part!]  options: [Option!]! }
    type Option { label: String }
    type Solution {
      code: ID!  name: String  kind: String  status: Status!  since: DateTime  options: [Option!]!
      notes: [Note!]!
    }
    type Note { text: String! }
    type Mutation {
      write(input: WriteInput!): WritePayload
      mustWrite(input: WriteInput!): WritePayload!
      open(input: WriteInput!): WritePayload
      rule(input: WriteInput!): WritePayload
    }
    input WriteInput { text: String }
    type WritePayload { text: String  thing: Thing  userErrors: [UserError!]! }
    type UserError { code: String!  message: String!  field: [String!]! }
    """
  do {
    return try makeSchema(
      from: [try parse(Source(text))], scalars: ["DateTime": .text { .string($0) }])
  } catch {
    preconditionFailure("\(error)")
  }
}()

enum Sections {
  static let context = Section(
    "context", columns: ["role", "revision"], alias: "m",
    from: "member m WHERE m.tenant_id = $1 AND m.session_id = $2 AND NOT m.is_ended",
    parameters: [.tenant, .session])
  static let thing = Section(
    "thing", columns: ["name", "size", "ratio", "flag", "at", "part_name"], alias: "t",
    from: "thing t WHERE t.tenant_id = $1 ORDER BY t.name", parameters: [.tenant])
  static let named = Section(
    "named", columns: ["name", "size", "ratio", "flag", "at", "part_name"], alias: "t",
    from: "thing t WHERE t.tenant_id = $1 AND t.name = $2",
    parameters: [.tenant, .argument("name")]
  )
  static let parts = Section(
    "parts", columns: ["name"], alias: "p",
    from: "part p WHERE p.tenant_id = $1 AND ($2::text IS NULL OR p.kind = $2) ORDER BY p.name",
    parameters: [.tenant, .argument("kind")])
  static let solutions = Section(
    "solutions", columns: ["code", "status", "since"], alias: "s",
    from: "solution s WHERE s.tenant_id = $1", parameters: [.tenant])
  static let service = Section(
    "service", columns: ["solution"], alias: "s", from: "service s WHERE s.hash = $1",
    parameters: [.serviceToken])
  static let notes = Section(
    "notes", columns: ["code", "text"], alias: "n",
    from: "note n WHERE n.tenant_id = $1 ORDER BY n.text", parameters: [.tenant])
}

enum Catalogues {
  static let optionShape = CatalogueShape(values: ["label"])
  private static let shape = CatalogueShape(values: ["code", "name", "kind"], lists: ["options"])
  static let offered = CatalogueListID(index: 0, shape: shape)
  static let retired = CatalogueListID(index: 1, shape: shape)
  static let options = CatalogueListID(index: 2, shape: optionShape)

  static func view(revision: Int = 1) -> CatalogueView {
    let options = [
      optionShape.entry(code: "", ["label": .string("One")]),
      optionShape.entry(code: "", ["label": .null]),
    ]
    func entry(_ code: String, _ name: String, _ kind: String) -> CatalogueEntry {
      shape.entry(
        code: code,
        ["code": .string(code), "name": .string(name), "kind": .string(kind)],
        lists: code == "inv" ? ["options": options] : [:])
    }
    return CatalogueView(
      revision: revision,
      lists: [
        offered: [
          entry("inv", "Invoices \"&\"", "core"), entry("pay", "Payroll", "core"),
          entry("pos", "Point of sale", "shop"),
        ],
        retired: [entry("old", "Old one", "shop"), entry("gone", "Gone", "shop")],
        Self.options: options,
      ])
  }
}

/// The bindings; `node` is what the constant fields answer.
func laboratoryBindings(
  node: JSONValue = .null, actions: [Action] = [],
  view: @escaping @Sendable (ContextRow) -> CatalogueView? = { _ in Catalogues.view() },
  reload: @escaping @Sendable () async throws -> Void = {}
) -> Bindings {
  let merge = Merge(
    offered: Catalogues.offered, retired: Catalogues.retired, section: Sections.solutions,
    codeColumn: "code",
    filters: [
      .column("status", absent: "AVAILABLE", argument: "status"),
      .entry("kind", argument: "kind"), .hasRow(argument: "connected"),
    ])
  func open(_ value: JSONValue) -> RootBinding {
    RootBinding(access: .anyone, source: .constant(value))
  }
  func member(_ source: RootSource) -> RootBinding {
    RootBinding(access: .members, source: source)
  }
  var bindings = Bindings(
    context: ContextBinding(
      section: Sections.context, roleColumn: "role", view: view, reload: reload),
    service: ServiceBinding(section: Sections.service, solutionColumn: "solution"))
  bindings.add(
    AreaBindings(
      query: [
        "a": open(.string("A")), "b": open(.string("B")), "c": open(.string("C")),
        "openNode": open(node), "node": open(node), "mustNode": open(node),
        "thing": member(.row(Sections.thing)), "things": member(.rows(Sections.thing)),
        "named": member(.row(Sections.named)),
        "secret": RootBinding(access: .roles(["admin"]), source: .row(Sections.thing)),
        "me": member(.context), "solutions": member(.merged(merge)),
        "solution": member(.mergedOne(merge, argument: "code")),
      ],
      mutations: actions,
      objects: [
        "Node": Dictionary(
          uniqueKeysWithValues: [
            "a", "b", "c", "count", "must", "node", "mustNode", "list", "mustList", "texts",
          ].map { ($0, FieldBinding.member) }),
        "Thing": [
          "name": .column("name"), "mustName": .column("name"), "size": .column("size"),
          "ratio": .column("ratio"), "flag": .column("flag"), "at": .column("at"),
          "piece": .embedded(presence: "part_name"), "parts": .rows(Sections.parts),
        ],
        "Me": [
          "role": .column("role"), "parts": .rows(Sections.parts),
          "options": .catalogue(Catalogues.options),
        ],
        "Part": ["name": .column("name")], "Piece": ["name": .column("part_name")],
        "Option": ["label": .entry("label")],
        "Solution": [
          "code": .entry("code"), "name": .entry("name"), "kind": .entry("kind"),
          "status": .column("status", absent: "AVAILABLE", retired: "RETIRED"),
          "since": .column("since"), "options": .entryList("options", Catalogues.optionShape),
          "notes": .rowsOfEntry(Sections.notes, codeColumn: "code"),
        ],
        "Note": ["text": .column("text")],
        "WritePayload": [
          "text": .member, "thing": .root(.row(Sections.thing)), "userErrors": .member,
        ],
        "UserError": ["code": .member, "message": .member, "field": .member],
      ]))
  return bindings
}

/// A document, planned.
func planned(
  _ text: String, operation: String? = nil, _ bindings: Bindings = laboratoryBindings()
) throws -> Plan {
  let valid = try validate(try parse(Source(text)), against: laboratorySchema)
  return try plan(
    try valid.operation(named: operation),
    bindings: ResolvedBindings(bindings, schema: laboratorySchema))
}

func coerced(_ variables: String, _ plan: Plan) throws -> VariableValues {
  try coerceVariableValues(
    plan.operation.operation.variableDefinitions, try parseJSON(Array(variables.utf8)),
    schema: laboratorySchema)
}

/// The text of the answer to what needs no database.
func answer(_ text: String, _ variables: String = "{}", node: JSONValue = .null) throws -> String {
  let plan = try planned(text, laboratoryBindings(node: node))
  let answers = Answers(withoutContext: try coerced(variables, plan))
  return String(decoding: respond(plan, answers).bytes, as: UTF8.self)
}

/// The text of the answer to a constant given as JSON.
func answer(_ text: String, _ variables: String = "{}", json: String) throws -> String {
  try answer(text, variables, node: try parseJSON(Array(json.utf8)))
}

let laboratoryScope = TenantScope(
  verifiedTenant: .text("tenant"), account: .text("account"), session: .text("session"))

/// What a statement answers, by its section.
struct Tables {
  var context: [[String?]] = [["user", "1"]]
  var thing: [[String?]] = []
  var named: [[String?]] = []
  var parts: [[String?]] = []
  var solutions: [[String?]] = []
  var notes: [[String?]] = []

  func answer(_ query: Query) -> Rows {
    func rows(_ section: Section, _ values: [[String?]]) -> Rows {
      ExecutionTests.rows(section.columns.map(\.name), values)
    }
    switch query.statement {
    case Sections.context.statement: return rows(Sections.context, context)
    case Sections.thing.statement: return rows(Sections.thing, thing)
    case Sections.named.statement: return rows(Sections.named, named)
    case Sections.parts.statement: return rows(Sections.parts, parts)
    case Sections.solutions.statement: return rows(Sections.solutions, solutions)
    case Sections.notes.statement: return rows(Sections.notes, notes)
    case _: return ExecutionTests.rows(["set_config"], [[""]])
    }
  }
}

/// The text of the answer to a member out of these tables, without variables.
func answer(_ text: String, _ tables: Tables) throws -> String { try answer(text, "{}", tables) }

/// The text of the answer to a member out of these tables.
func answer(_ text: String, _ variables: String, _ tables: Tables) throws -> String {
  let bindings = laboratoryBindings()
  let plan = try planned(text, bindings)
  let variables = try coerced(variables, plan)
  let batch = ReadBatch(
    plan, variables: variables, bearer: .member(laboratoryScope), bindings: bindings)
  let results = batch.batch.queries.map(tables.answer)
  switch batch.outcome(results, variables, bindings) {
  case .answers(let answers):
    return String(decoding: respond(plan, answers).bytes, as: UTF8.self)
  case .sessionEnded: return "sessionEnded"
  case .catalogueStale: return "catalogueStale"
  }
}
