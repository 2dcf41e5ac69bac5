// The targets and what each may import: the table of ARCHITECTURE.md, as data. An arrow that is not
// here is a decision, made in both places at once.

/// What a target of Sources may import.
private struct Arrows {
  let ours: Set<String>
  let foreign: Set<String>

  init(_ ours: Set<String>, foreign: Set<String> = []) {
    self.ours = ours
    self.foreign = foreign
  }
}

private let graphQL: Set<String> = ["GraphQLSyntax", "GraphQLTypes", "GraphQLValidation"]
private let engine = graphQL.union(["JSON", "SQL", "Postgres", "Credentials", "Execution"])
private let nio: Set<String> = [
  "NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket", "NIOExtras", "NIOSSL", "NIOConcurrencyHelpers",
]

private let table: [String: Arrows] = [
  "JSON": Arrows([]),
  "GraphQLSyntax": Arrows([]),
  "GraphQLTypes": Arrows(["GraphQLSyntax", "JSON"]),
  "GraphQLValidation": Arrows(["GraphQLSyntax", "GraphQLTypes", "JSON"]),
  "SQL": Arrows([]),
  "Postgres": Arrows(
    ["SQL", "CLibpq", "CReactor"],
    foreign: ["NIOCore", "NIOPosix", "NIOConcurrencyHelpers", "Glibc"]),
  "Credentials": Arrows(
    ["COpenSSL", "FrequentPasswords", "JSON"], foreign: ["Dispatch", "Glibc"]),
  "Execution": Arrows(graphQL.union(["JSON", "SQL", "Postgres"]), foreign: ["NIOCore"]),
  "Server": Arrows(engine.union(["CZlib"]), foreign: nio.union(["Logging", "Glibc", "Dispatch"])),
  "Outbound": Arrows(
    ["CMail", "Credentials", "JSON"],
    foreign: [
      "AsyncHTTPClient", "Dispatch", "Foundation", "Glibc", "JWTKit", "NIOCore", "NIOHTTP1",
      "NIOPosix",
    ]),
  "Delivery": Arrows(
    ["Credentials", "JSON", "MailFiles", "Outbound", "Postgres", "SQL"],
    foreign: ["Dispatch", "Mustache"]),
  "Images": Arrows([]),
  "Hub": Arrows(engine.union(["Images", "Schema"]), foreign: ["NIOCore"]),
  "Routes": Arrows(
    engine.union(["Hub", "Images", "Outbound", "Server"]).subtracting(graphQL),
    foreign: ["NIOCore", "NIOHTTP1"]),
  "Tenants": Arrows(["Credentials", "JSON", "Postgres", "SQL"]),
  "Cluster": Arrows(["CSpawn"], foreign: ["Glibc"]),
  "Composition": Arrows(
    engine.union([
      "AccountFiles", "Delivery", "ExplorerFiles", "Hub", "MailboxFiles", "MigrationFiles",
      "Outbound", "PageFiles", "Routes", "Server",
    ]),
    foreign: [
      "Configuration", "Dispatch", "Foundation", "Glibc", "Logging", "NIOCore", "NIOHTTP1",
      "NIOPosix",
    ]),
]

/// Part of the language, open to all.
private let everywhere: Set<String> = ["Swift", "Synchronization", "_Concurrency"]

/// Targets of C: they import nothing, they include.
private let targetsOfC: Set<String> = [
  "CLibcurl", "CLibpq", "CMail", "CReactor", "COpenSSL", "CSpawn", "CVersion", "CZlib",
]
/// The composition root may import everything.
private let root = "mi-alegra"

let importDirections = Rule.file("imports follow the arrows between the targets") { file in
  guard file.isSwift, let target = file.target, target != root else { return [] }
  guard let arrows = table[target] else {
    if targetsOfC.contains(target) { return [] }
    return [
      Complaint(
        path: file.path, line: 0, sentence: "the target \(target) is not in the table of arrows")
    ]
  }
  return file.codeLines.enumerated().compactMap { index, line in
    guard let module = importedModule(line) else { return nil }
    if everywhere.union(arrows.ours).union(arrows.foreign).contains(module) { return nil }
    return Complaint(
      path: file.path, line: index + 1, sentence: "\(target) may not import \(module)")
  }
}

/// `package import struct NIOCore.ByteBuffer` is `NIOCore`.
private func importedModule(_ line: Substring) -> String? {
  let words = line.split(separator: " ")
  guard let keyword = words.firstIndex(of: "import"),
    words[..<keyword].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains(String($0)) })
  else { return nil }
  let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "typealias"]
  let names = words[(keyword + 1)...].drop { kinds.contains($0) }
  return names.first?.split(separator: ".").first.map(String.init)
}

private let accessLevels = ["package", "internal", "private", "fileprivate", "public"]
