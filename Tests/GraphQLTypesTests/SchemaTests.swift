// A schema as validation and planning look things up in it.

import GraphQLSyntax
import Testing

@testable import GraphQLTypes

@Suite("Schema")
struct SchemaTests {
  let schema: Schema

  init() throws {
    schema = try assembled(
      """
      type Query implements Node & Named { id: ID! name(of: Int = 1, to: [String!]!): String \
      pet: Pet }
      interface Node { id: ID! }
      interface Named implements Node { id: ID! name: String }
      type Cat implements Named & Node { id: ID!, name: String }
      type Dog { barks: Boolean }
      union Pet = Cat | Dog
      enum Color { RED GREEN @deprecated BLUE @deprecated(reason: "too cold") }
      input Point @oneOf { x: Int y: Int @deprecated }
      scalar Moment @specifiedBy(url: "https://example.org/moment")
      directive @mark(as: Color = RED) repeatable on FIELD | OBJECT
      """)
  }

  @Test("lists its types as they stand, scalars behind the first type that refers to them")
  func order() {
    #expect(
      schema.types.map(\.name) == [
        "Query", "ID", "String", "Int", "Node", "Named", "Cat", "Dog", "Boolean", "Pet", "Color",
        "Point", "Moment", "__Schema", "__Type", "__TypeKind", "__Field", "__InputValue",
        "__EnumValue", "__Directive", "__DirectiveLocation",
      ])
    // Float is referred to nowhere (section 3.5).
    #expect(schema.type(named: "Float") == nil)
    for (index, type) in schema.types.enumerated() { #expect(type.id.index == index) }
  }

  @Test("lists its own directives, then the specification's")
  func directives() throws {
    #expect(
      schema.directives.map(\.name)
        == ["mark", "include", "skip", "deprecated", "specifiedBy", "oneOf"])
    let mark = try #require(schema.directive(named: "mark"))
    #expect(mark.isRepeatable)
    #expect(mark.locations == [.field, .object])
    #expect(mark.argument(named: "as")?.isRequired == false)
    #expect(schema.directive(named: "skip")?.argument(named: "if")?.isRequired == true)
  }

  @Test("replaces a directive of the specification that is defined anew")
  func replacedDirective() throws {
    let schema = try assembled(
      "directive @skip(unless: Int) on FIELD type Query { a: Int }")
    #expect(schema.directives.filter { $0.name == "skip" }.count == 1)
    #expect(schema.directive(named: "skip")?.isBuiltIn == false)
    #expect(schema.directive(named: "include")?.isBuiltIn == true)
  }

  @Test("describes types as they are written")
  func typeText() throws {
    let field = try #require(schema.queryType?.field(named: "name"))
    #expect(field.arguments.map { "\($0.name): \($0.type)" } == ["of: Int", "to: [String!]!"])
    #expect(field.arguments.map(\.isRequired) == [false, true])
    #expect(field.argument(named: "to")?.type.isList == true)
    #expect(field.argument(named: "to")?.type.namedType.name == "String")
    #expect(field.argument(named: "none") == nil)
  }

  @Test("finds meta-fields where they may be selected")
  func metaFields() throws {
    let query = try #require(schema.type(named: "Query"))
    let pet = try #require(schema.type(named: "Pet"))
    let color = try #require(schema.type(named: "Color"))
    #expect(schema.field(named: "__schema", on: query)?.type.description == "__Schema!")
    #expect(schema.field(named: "__type", on: query)?.argument(named: "name")?.isRequired == true)
    #expect(schema.field(named: "__typename", on: pet)?.type.description == "String!")
    #expect(schema.field(named: "__schema", on: pet) == nil)
    #expect(schema.field(named: "__typename", on: color) == nil)
    #expect(schema.field(named: "__other", on: query) == nil)
    #expect(schema.field(named: "pet", on: query)?.name == "pet")
  }

  @Test(
    "knows which objects a composite type can be",
    arguments: [
      ("Node", ["Query", "Cat"]), ("Named", ["Query", "Cat"]), ("Pet", ["Cat", "Dog"]),
      ("Dog", ["Dog"]), ("Color", []),
    ])
  func possibleTypes(name: String, objects: [String]) throws {
    let id = try #require(schema.type(named: name)).id
    #expect(schema.possibleTypes(of: id).map(\.name) == objects)
    for object in schema.types {
      guard case .object(let object) = object else { continue }
      #expect(schema.applies(name, to: object) == objects.contains(object.name))
      #expect(schema.applies(id, to: object) == objects.contains(object.name))
    }
  }

  @Test("lists the implementations of an interface, interfaces included")
  func implementations() throws {
    let id = try #require(schema.type(named: "Node")).id
    #expect(schema.implementations(of: id).map(\.name) == ["Query", "Named", "Cat"])
  }

  @Test(
    "knows which types overlap",
    arguments: [
      ("Pet", "Named", true), ("Named", "Pet", true), ("Dog", "Node", false),
      ("Cat", "Pet", true), ("Pet", "Cat", true), ("Cat", "Dog", false), ("Cat", "Cat", true),
      ("Query", "Pet", false),
    ])
  func overlap(one: String, other: String, expected: Bool) throws {
    let one = try #require(schema.type(named: one)).id
    let other = try #require(schema.type(named: other)).id
    #expect(schema.typesOverlap(one, other) == expected)
  }

  @Test(
    "knows which types are subtypes (IsValidImplementationFieldType)",
    arguments: [
      ("Cat", "Pet", true), ("Cat", "Node", true), ("Named", "Node", true),
      ("Node", "Named", false), ("Cat!", "Pet", true), ("Cat", "Pet!", false),
      ("[Cat!]!", "[Pet]", true), ("[Cat]", "Cat", false), ("Cat", "[Cat]", false),
      ("Int", "Int", true), ("Int", "ID", false), ("[Int]!", "[Int!]", false),
    ])
  func subtypes(type: String, other: String, expected: Bool) throws {
    let type = try #require(schema.type(try parseType(Source(type))))
    let other = try #require(schema.type(try parseType(Source(other))))
    #expect(schema.isSubtype(type, of: other) == expected)
  }

  @Test("resolves the references of documents, or not")
  func references() throws {
    #expect(schema.type(try parseType(Source("[Point!]!")))?.description == "[Point!]!")
    #expect(schema.type(try parseType(Source("[Points!]!"))) == nil)
  }

  @Test("carries deprecation, specification and OneOf")
  func facts() throws {
    guard case .enum(let color)? = schema.type(named: "Color"),
      case .inputObject(let point)? = schema.type(named: "Point"),
      case .scalar(let moment)? = schema.type(named: "Moment")
    else {
      Issue.record("a type is missing")
      return
    }
    #expect(
      color.values.map(\.deprecationReason) == [nil, "No longer supported", "too cold"])
    #expect(color.value(named: "GREEN") != nil)
    #expect(color.value(named: "PINK") == nil)
    #expect(point.isOneOf)
    #expect(point.field(named: "y")?.deprecationReason == "No longer supported")
    #expect(moment.specifiedByURL == "https://example.org/moment")
  }

  @Test("takes the roots from their names, or from the schema's definition")
  func roots() throws {
    let named = try assembled(
      "type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }")
    #expect(named.queryType?.name == "Query")
    #expect(named.mutationType?.name == "Mutation")
    #expect(named.subscriptionType?.name == "Subscription")
    let defined = try assembled(
      """
      "The schema." schema { query: Q } extend schema { mutation: M }
      type Q { a: Int } type M { a: Int } type Subscription { a: Int }
      """)
    #expect(defined.description == "The schema.")
    #expect(defined.rootType(for: .query)?.name == "Q")
    #expect(defined.rootType(for: .mutation)?.name == "M")
    #expect(defined.rootType(for: .subscription) == nil)
  }

  @Test("merges extensions of every kind")
  func extensions() throws {
    let schema = try assembled(
      """
      extend type Query implements I { b: Int }
      type Query { a: Int }
      interface I { b: Int } extend interface I { a: Int }
      union U extend union U = Query
      enum E { A } extend enum E { B }
      input In { a: Int } extend input In @oneOf { b: Int }
      scalar S extend scalar S @specifiedBy(url: "u")
      """)
    #expect(schema.type(named: "Query")?.fields.map(\.name) == ["a", "b"])
    #expect(schema.type(named: "Query")?.interfaces.map(\.type.name) == ["I"])
    #expect(schema.type(named: "I")?.fields.map(\.name) == ["b", "a"])
    #expect(
      printSchema(schema) == """
        type Query implements I {
          a: Int
          b: Int
        }

        interface I {
          b: Int
          a: Int
        }

        union U = Query

        enum E {
          A
          B
        }

        input In @oneOf {
          a: Int
          b: Int
        }

        scalar S @specifiedBy(url: "u")
        """)
  }

  @Test("extends a schema that was made before, its roots kept")
  func extendingBase() throws {
    let base = try assembled("type Query { a: Int } type Mutation { a: Int }")
    let schema = try assembled(
      "extend type Query { f: Float } type Subscription { a: Int } extend schema @d",
      extending: base)
    #expect(schema.type(named: "Query")?.fields.map(\.name) == ["a", "f"])
    #expect(schema.type(named: "Float") != nil)
    #expect(schema.mutationType?.name == "Mutation")
    // An extension names its roots, names alone make none.
    #expect(schema.subscriptionType == nil)
    #expect(schema.appliedDirectives.map(\.name.value) == ["d"])
    #expect(base.type(named: "Float") == nil)
  }

  @Test("finds fields of large types too")
  func largeType() throws {
    let fields = (0..<200).map { "f\($0)(a: Int): Int" }.joined(separator: " ")
    let schema = try assembled("type Query { \(fields) }")
    let query = try #require(schema.queryType)
    for index in 0..<200 { #expect(query.field(named: "f\(index)")?.name == "f\(index)") }
    #expect(query.field(named: "f200") == nil)
  }

  @Test("assembles whatever does not fit, for the rules to tell")
  func tolerance() throws {
    let schema = try assembled(
      """
      type Query implements Query & Nothing { a: Missing, a: Int }
      union U = Query | Query | Int
      enum E input E { a: Int } extend enum Query { A } extend type Nowhere { a: Int }
      schema { query: U } schema { query: Nowhere }
      """)
    #expect(schema.queryType == nil)
    #expect(schema.type(named: "Missing")?.id.kind == .scalar)
  }

  @Test("has the specification's definitions without being told")
  func builtIn() {
    #expect(
      Schema.builtIn.types.map(\.name) == [
        "String", "Boolean", "__Schema", "__Type", "__TypeKind", "__Field", "__InputValue",
        "__EnumValue", "__Directive", "__DirectiveLocation",
      ])
    #expect(builtInDocument.definitions.count == 18)
    let locations = Schema.builtIn.type(named: "__DirectiveLocation")
    guard case .enum(let type)? = locations else {
      Issue.record("no enum")
      return
    }
    #expect(type.values.map(\.name) == DirectiveLocation.allCases.map(\.rawValue))
  }
}
