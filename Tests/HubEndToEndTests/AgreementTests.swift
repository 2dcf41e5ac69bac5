// The three agreements that keep a server from answering wrongly: the schema with the bindings, the
// bindings with the database, the migrations with the database they make. And that each notices.

import Configuration
import Execution
import Foundation
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import Hub
import Postgres
import Server
import TestSupport
import Testing

@testable import Composition

@Suite("Schema and bindings")
struct SchemaAgreementTests {
  @Test("each field is bound exactly once")
  func agree() throws {
    let (schema, bindings) = try hubParts()
    #expect(disagreements(of: schema, with: bindings).map(\.description) == [])
  }

  @Test("a field that nothing answers is named with its line")
  func unbound() throws {
    let schema = try hubParts().schema
    var bindings = try hubParts().bindings
    bindings.objects["Company"]?["legalName"] = nil
    bindings.query["profile"] = nil
    bindings.mutation["signOut"] = nil
    #expect(
      Set(disagreements(of: schema, with: bindings).map(\.description)) == [
        try at("Company", "  legalName: String!", "Company.legalName is not bound"),
        try at("Profile", "  profile: Profile", "Query.profile is not bound"),
        try at("Authentication", "  signOut(", "Mutation.signOut is not bound"),
      ])
  }

  @Test("a field that two areas bind is named")
  func boundTwice() throws {
    let schema = try hubParts().schema
    var bindings = try hubParts().bindings
    bindings.add(AreaBindings(objects: ["Company": ["phone": .column("phone")]]))
    #expect(
      disagreements(of: schema, with: bindings).map(\.description) == [
        "Company.phone is bound twice"
      ])
  }

  @Test("what the schema does not have is named")
  func unknown() throws {
    let schema = try hubParts().schema
    var bindings = try hubParts().bindings
    bindings.objects["Company"]?["slogan"] = .column("trade_name")
    bindings.objects["Invoice"] = ["total": .column("total")]
    #expect(
      Set(disagreements(of: schema, with: bindings).map(\.description)) == [
        "Company.slogan is bound and not in the schema",
        "Invoice is bound and no object of the schema",
      ])
  }

  @Test("a list of what may be null is named with its line")
  func nullableElements() throws {
    let more = try parse(
      Source("extend type About {\n  tags: [String]\n}", name: "schema/More.graphql"))
    let schema = try extended(with: more)
    var bindings = try hubParts().bindings
    bindings.objects["About"]?["tags"] = .member
    #expect(
      disagreements(of: schema, with: bindings).map(\.description) == [
        "schema/More.graphql:2: About.tags lists what may be null"
      ])
  }
}

@Suite("Bindings and database", .database(from: .demo))
struct DatabaseAgreementTests {
  @Test("each field's column is there, of a fitting type, and not null where the field is not")
  func agree() async throws {
    let found = try await mismatches { _ in }
    #expect(found == [])
  }

  @Test("each section's statement is held against the database")
  func sections() throws {
    let names = try hubParts().bindings.sections.map(\.name)
    #expect(Set(names).count == names.count, "two sections of one name: \(names)")
    #expect(names.count >= 7)
  }

  @Test("a column that may be null does not answer a field that may not")
  func nullable() async throws {
    let found = try await mismatches { bindings in
      bindings.objects["Company"]?["legalName"] = .column("trade_name")
      bindings.objects["Solution"]?["status"] = .column("status")
      bindings.objects["Company"]?["currency"] = .embedded(presence: "address_presence")
      bindings.objects["GoogleLink"]?["email"] = .column("photo_url")
    }
    #expect(
      found == [
        try at(
          "Company", "  legalName: String!",
          "Company.legalName is never null, and the column trade_name may be"),
        try at(
          "Company", "  currency: Currency!",
          "Company.currency is never null, and the column address_presence may be"),
        try at(
          "Security", "type GoogleLink {", below: "  email:",
          "GoogleLink.email is never null, and the column photo_url may be"),
        try at(
          "Solutions", "  status: SolutionStatus!",
          "Solution.status is never null, and nothing answers for an item without a row"),
      ], "\(found.joined(separator: "\n"))")
  }

  @Test("without its presence column, an object's columns may be null")
  func presence() async throws {
    let found = try await mismatches { bindings in
      bindings.objects["Security"]?["google"] = .embedded(presence: nil)
      bindings.objects["Company"]?["identification"] = .embedded(presence: "trade_name")
    }.map { $0.split(separator: ": ").last.map(String.init) }
    #expect(
      found == [
        "Identification.type is never null, and the column identification_type may be",
        "Identification.number is never null, and the column identification_number may be",
        "GoogleLink.email is never null, and the column google_email may be",
        "GoogleLink.linkedAt is never null, and the column google_linked_at may be",
      ])
  }

  @Test("a column of another type is named")
  func type() async throws {
    let found = try await mismatches { bindings in
      bindings.objects["Company"]?["revision"] = .column("legal_name")
      bindings.objects["Company"]?["phone"] = .column("decimal_precision")
      bindings.objects["Session"]?["createdAt"] = .column("device")
    }
    #expect(
      found == [
        try at(
          "Company", "  phone: String",
          "Company.phone is a String, and the column "
            + "decimal_precision a int2"),
        try at(
          "Company", "  revision: Int!",
          "Company.revision is a Int!, and the column "
            + "legal_name a text"),
        try at(
          "Security", "  createdAt: DateTime!",
          "Session.createdAt is a DateTime!, and the column "
            + "device a text"),
      ])
  }

  @Test("a column, value or constant that is not there is named")
  func missing() async throws {
    let found = try await mismatches { bindings in
      bindings.objects["Company"]?["phone"] = .column("fax")
      bindings.objects["Solution"]?["name"] = .entry("title")
      bindings.objects["Solution"]?["status"] = .column("status", absent: "GONE")
    }
    #expect(
      found == [
        try at(
          "Company", "  phone: String", "Company.phone is bound to fax, no column of its section"),
        try at(
          "Solutions", "  name: String!",
          "Solution.name is bound to title, no value of the catalogue's entries"),
        try at(
          "Solutions", "  status: SolutionStatus!",
          "Solution.status answers GONE, which is no value of SolutionStatus"),
      ])
  }

  @Test("a statement that the read role may not run is named")
  func refused() async throws {
    let secret = Section(
      "secrets", columns: ["password_hash", "nickname"], alias: "a",
      from: "account a WHERE a.id = $1", parameters: [.account])
    let found = try await mismatches { bindings in
      bindings.objects["Security"]?["sessions"] = .rows(secret)
      bindings.objects["Session"] = ["device": .column("nickname")]
    }
    #expect(found.contains { $0.hasPrefix("section secrets is refused: ") }, "\(found)")
    #expect(
      found.contains {
        $0.hasSuffix("Session.device reads account.nickname, which does not exist")
      }, "\(found)")
  }

  /// The mismatches of the hub's bindings after a change to them.
  private func mismatches(
    _ change: @Sendable @escaping (inout Bindings) -> Void
  ) async throws -> [String] {
    let database = try TestDatabase.current
    let settings = try ConnectionSettings(database.connectionInfo(user: "hub_app_read"))
    return try await AdminConnection.run(settings) { connection in
      let schema = try hubParts().schema
      var bindings = try hubParts().bindings
      change(&bindings)
      return try databaseDisagreements(of: schema, with: bindings, connection)
        .map(\.description)
    }
  }
}

// MARK: The hub's own

/// The schema and the bindings as the server has them.
func hubParts() throws -> (schema: Schema, bindings: Bindings) {
  let configuration = try ServeConfiguration(
    flags: [
      "database.url": "postgresql:///none",
      "token.keys": "test:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=",
    ], environment: [:])
  let engine = try RunningHub.engine(configuration, CatalogueStore())
  return (engine.schema, engine.bindings)
}

private func extended(with document: Document) throws -> Schema {
  try makeSchema(
    from: try hubSchemaDocuments() + [document],
    scalars: ["DateTime": .text { .string($0) }, "URL": .text { .string($0) }])
}

/// A sentence with the place of a line of the SDL: the first that begins with these words, or the
/// first below it that begins with others.
private func at(
  _ file: String, _ start: String, below: String = "", _ sentence: String
) throws -> String {
  let lines = try Repository.text(of: "schema/\(file).graphql").split(
    separator: "\n", omittingEmptySubsequences: false)
  let first = try #require(lines.firstIndex { $0.hasPrefix(start) })
  let line = try #require(lines[first...].firstIndex { $0.hasPrefix(below) })
  return "schema/\(file).graphql:\(line + 1): \(sentence)"
}
