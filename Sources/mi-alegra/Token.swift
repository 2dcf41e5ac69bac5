// token: issues access tokens for tests and benchmarks and shows what is in one; the tokens of
// solutions' backends stand under `token service`.

import ArgumentParser
import Composition
import Credentials
import Foundation

struct Token: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Issue and inspect access tokens; keep the tokens of solutions' backends.",
    subcommands: [Issue.self, Inspect.self, Service.self])

  struct Issue: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Issue an access token for a session that exists, under TOKEN_KEYS.")
    @Option(help: "The account's uuid.") var account: String?
    @Option(help: "The company's uuid.") var tenant: String?
    @Option(help: "The session's uuid.") var session: String?
    @Option(help: "Until the token expires.") var lifetimeSeconds = 900
    @Option(help: "A file with `account tenant session` lines, - for standard input.")
    var from: String?

    func run() throws {
      let tokens = try accessTokens()
      if let from {
        let lines = try readLines(from)
        for line in lines { announce(try token(line.split(separator: " "), tokens)) }
      } else {
        announce(
          try token([account ?? "", tenant ?? "", session ?? ""].map { Substring($0) }, tokens))
      }
    }

    private func token(_ words: [Substring], _ tokens: AccessTokens) throws -> String {
      let ids = words.compactMap { UniqueID(String($0)) }
      guard ids.count == 3 else {
        throw ValidationError("An account, a tenant and a session are needed, each a uuid.")
      }
      return tokens.sign(
        tokens.claims(
          account: ids[0], tenant: ids[1], session: ids[2], now: secondsSince1970(),
          lifetimeSeconds: lifetimeSeconds))
    }
  }

  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what an access token claims, and whether it is valid under TOKEN_KEYS.")
    // Not the token itself: whoever lists the processes would read it among the arguments.
    @Option(help: "A file with the token, - for standard input.") var from = "-"

    func run() throws {
      let tokens = try accessTokens()
      guard let line = try readLines(from).first else {
        throw ValidationError("There is no token in what was given.")
      }
      let token = line.trimmingCharacters(in: .whitespaces)
      do throws(TokenError) {
        let claims = try tokens.verify(token, now: secondsSince1970())
        announce("valid until \(claims.expiresAt)")
        announce("account \(claims.account)")
        announce("tenant  \(claims.tenant)")
        announce("session \(claims.session)")
      } catch {
        announce("not valid: \(error)")
        throw ExitCode.failure
      }
    }
  }
}

/// The lines of a file, or of standard input for `-`.
private func readLines(_ file: String) throws -> [Substring] {
  let data =
    file == "-"
    ? FileHandle.standardInput.readDataToEndOfFile()
    : FileManager.default.contents(atPath: file)
  guard let data else { throw ValidationError("The file \(file) cannot be read.") }
  return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
}

/// The tokens of the server that has this environment.
private func accessTokens() throws -> AccessTokens {
  let environment = ProcessInfo.processInfo.environment
  guard let keys = environment["TOKEN_KEYS"] else {
    throw ConfigurationError.missing("TOKEN_KEYS", "name:base64-of-32-random-bytes")
  }
  return AccessTokens(
    keys: try TokenKeys(parsing: keys), issuer: environment["TOKEN_ISSUER"] ?? "mi-alegra",
    audience: environment["TOKEN_AUDIENCE"] ?? "mi-alegra")
}
