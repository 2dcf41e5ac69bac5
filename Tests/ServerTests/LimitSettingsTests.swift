// The table of settings against the limits themselves.

import Testing

@testable import Server

struct LimitSettingsTests {
  private func values(_ limits: Limits) -> [(name: String, value: String)] {
    Mirror(reflecting: limits).children.map { ($0.label ?? "", "\($0.value)") }
  }

  @Test func `every limit may be set, once`() {
    let names = LimitSetting.all.map(\.name)
    #expect(names.sorted() == values(Limits()).map(\.name).sorted())
  }

  @Test(arguments: LimitSetting.all.map(\.name))
  func `a setting changes the limit of its name and no other`(name: String) throws {
    let setting = try #require(LimitSetting.all.first { $0.name == name })
    var limits = Limits()
    switch setting.field {
    case .count(let path, let range):
      #expect(range.contains(limits[keyPath: path]), "the standard value")
      limits[keyPath: path] += 1
    case .seconds(let path): limits[keyPath: path] += 1
    }
    let changed = zip(values(Limits()), values(limits)).filter { $0.value != $1.value }
    #expect(changed.map(\.0.name) == [name])
  }

  @Test(arguments: [
    ("aliasesMax", "ALIASES_MAX"), ("jsonDepthMax", "JSON_DEPTH_MAX"),
    ("planTimeoutSeconds", "PLAN_TIMEOUT_SECONDS"),
  ])
  func `its variable is its name in capitals`(name: String, variable: String) throws {
    #expect(LimitSetting.all.first { $0.name == name }?.variable == variable)
  }
}
