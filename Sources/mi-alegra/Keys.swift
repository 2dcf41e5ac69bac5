// keys: makes the keys that sign tokens and seal secrets, lets them take turns in a file that the
// servers read, and seals secrets at rest anew under the key that seals now.

import ArgumentParser
import Composition
import Credentials
import Foundation

struct Keys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make keys for TOKEN_KEYS and SEALING_KEYS, and let them take turns.",
    subcommands: [New.self, Rotate.self, Reseal.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a key for TOKEN_KEYS or SEALING_KEYS and print it.")
    @Option(help: "The key's name: tokens and sealed secrets call it by that.") var name = "key-1"

    func run() throws { announce(try NamedSecret.makeEntry(name: name)) }
  }

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put a new key into a file of keys and keep the others.",
      discussion: """
        The first key of a file signs or seals, all of them verify and open. With one server: \
        rotate, and start it anew. With several, so that none meets what another's new key has \
        made: `rotate --last` and start all of them anew, then `rotate --promote` and start them \
        anew. A key of tokens may be taken out of the file when the last session that began under \
        it has ended (180 days); a key that seals, after `mi-alegra keys reseal`, when `mi-alegra \
        doctor` says so.

        The file is replaced at once, so that nobody reads half of it, and only its owner may read \
        it.
        """)
    @Argument(help: "The file, as TOKEN_KEYS_FILE or SEALING_KEYS_FILE name it.") var file: String
    @Option(help: "The new key's name; by default the time, such as 20261126T140500Z.")
    var name: String?
    @Flag(help: "Put the new key last: known to all, and used by none yet.") var last = false
    @Flag(help: "Make no key: put the last one first.") var promote = false

    func validate() throws {
      if promote, last || name != nil {
        throw ValidationError("--promote makes no key; it goes without --last and --name.")
      }
    }

    func run() throws {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw ConfigurationError.invalid(file, "cannot be read")
      }
      let rotated: KeyFile
      do throws(KeyListError) {
        var keys = try KeyFile(text)
        if promote {
          keys.promoteLast()
        } else {
          try keys.add(name: name ?? nameOfNow(), first: !last)
        }
        rotated = keys
      } catch {
        throw ConfigurationError.invalid(file, "was left as it is: \(error)")
      }
      try replace(rotated.text)
      announce(rotated.names.joined(separator: "\n"))
    }

    private func replace(_ text: String) throws {
      let new = file + ".new"
      // Made anew, so that nobody else has it open, and readable by its owner alone from the start.
      unlink(new)
      let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL, 0o600)
      guard descriptor >= 0 else { throw ConfigurationError.invalid(new, "cannot be written") }
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      do {
        try handle.write(contentsOf: Data(text.utf8))
        try handle.synchronize()
        try handle.close()
      } catch {
        unlink(new)
        throw ConfigurationError.invalid(new, "cannot be written")
      }
      guard rename(new, file) == 0 else {
        unlink(new)
        throw ConfigurationError.invalid(file, "cannot be replaced")
      }
    }
  }
}

/// Seconds are in it, so that two of one day differ.
private func nameOfNow() -> String {
  let now = Date(timeIntervalSince1970: Double(secondsSince1970()))
  return now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
    .filter { $0.isLetter || $0.isNumber } + "Z"
}
