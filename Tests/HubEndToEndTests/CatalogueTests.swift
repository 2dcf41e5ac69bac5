// An operator edits a catalogue in psql, and the next answer has it: because the database announces
// it, and because each request's context row carries the revision, each way by itself.

import JSON
import TestSupport
import Testing

@Suite("Catalogues", .hub, .serialized, .timeLimit(.minutes(1)))
struct CatalogueTests {
  @Test("an edit is in the next answer")
  func edit() async throws {
    let hub = try TestHub.current
    #expect(try await name(in: hub) != "Contar")
    try hub.database.psql(rename(to: "Contar"))
    #expect(try await name(in: hub) == "Contar")
  }

  @Test("an edit that nobody announces is in the next answer, by its revision")
  func byRevision() async throws {
    let hub = try TestHub.current
    await hub.observed.waitForCatalogueLoads(1)
    let loads = hub.observed.catalogueLoads
    try hub.database.psql(
      withoutTriggers(
        rename(to: "Sumar") + "; update catalogue_revision set revision = revision + 1"))
    #expect(try await name(in: hub) == "Sumar")
    #expect(try await name(in: hub) == "Sumar")
    #expect(hub.observed.catalogueLoads == loads, "the database announced it")
  }

  @Test("an edit that is announced is read at once, whatever its revision")
  func byNotification() async throws {
    let hub = try TestHub.current
    await hub.observed.waitForCatalogueLoads(1)
    let loads = hub.observed.catalogueLoads
    try hub.database.psql(withoutTriggers(rename(to: "Restar")) + "; notify catalogue")
    await hub.observed.waitForCatalogueLoads(loads + 1)
    #expect(try await name(in: hub) == "Restar")
  }

  @Test("an edit that is rolled back is in no answer")
  func rolledBack() async throws {
    let hub = try TestHub.current
    let before = try await name(in: hub)
    try hub.database.psql("begin; \(rename(to: "Nada")); rollback")
    #expect(try await name(in: hub) == before)
  }

  @Test("a solution that a country version gets is offered at once, and one it loses is gone")
  func offered() async throws {
    let hub = try TestHub.current
    let query = "{ solution(code: \"payroll\") { name status } }"
    let none = try await hub.ask(query, as: .luis).json
    #expect(none["data"]?["solution"] == .null)
    try hub.database.psql(
      """
      insert into country_solution (country_version, solution, names)
      values ('MX', 'payroll', '{"es": "Nómina", "en": "Payroll", "pt": "Folha"}')
      """)
    let some = try await hub.ask(query, as: .luis).json
    #expect(some["data"]?["solution"]?["name"]?.stringValue == "Nómina")
    #expect(some["data"]?["solution"]?["status"]?.stringValue == "AVAILABLE")
    try hub.database.psql(
      "delete from country_solution where country_version = 'MX' and solution = 'payroll'")
    #expect(try await hub.ask(query, as: .luis).json == none)
  }

  @Test("the language of texts follows the profile with the next query")
  func language() async throws {
    let hub = try TestHub.current
    let query = "{ solution(code: \"store\") { description } profile { revision } }"
    let before = try await hub.ask(query, as: .sofia).json
    let changed = try await hub.ask(
      """
      mutation { updateProfile(input: {revision: 1, language: "pt"}) {
        profile { language } userErrors { code } } }
      """, as: .sofia
    ).json
    #expect(
      changed["data"]?["updateProfile"]?["profile"]?["language"]?.stringValue == "pt",
      "\(changed)")
    let after = try await hub.ask(query, as: .sofia).json
    #expect(
      before["data"]?["solution"]?["description"] != after["data"]?["solution"]?["description"])
  }

  /// What accounting is called in Colombia, as ana reads it.
  private func name(in hub: TestHub) async throws -> String? {
    let answer = try await hub.ask("{ solution(code: \"accounting\") { name } }", as: .ana).json
    return answer["data"]?["solution"]?["name"]?.stringValue
  }

  private func rename(to name: String) -> String {
    """
    update country_solution set names = names || '{"es": "\(name)"}'
    where country_version = 'CO' and solution = 'accounting'
    """
  }

  private func withoutTriggers(_ commands: String) -> String {
    "set session_replication_role = replica; \(commands)"
  }
}
