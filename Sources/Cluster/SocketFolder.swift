// A cluster's directory enters, a short private folder for its Unix socket leaves: the same one at
// every start, so that an operator's psql command stays right.

import Glibc

enum SocketFolder {
  /// A socket's path has room for 107 bytes in `sockaddr_un`; a longer one is fatal to PostgreSQL.
  static let pathBytesMax = 107

  /// Only the file's name: nothing listens on TCP.
  static let port = 5432

  /// Makes the folder, owned by `owner` and closed to everybody else. A name that somebody else
  /// holds, which anybody can bring about in a shared folder, is passed over for a random one.
  static func make(
    for directory: String, owner: ServerAccount, in bases: [String]? = nil
  ) throws(ClusterError) -> String {
    let bases = bases ?? usualBases(directory: directory)
    let name = "mi-alegra-\(digest(of: directory))"
    for base in bases {
      let path = "\(base)/\(name)"
      guard fits(path) else { continue }
      if (mkdir(path, 0o700) == 0 || errno == EEXIST) && claim(path, for: owner) { return path }
      if let path = makeRandom(in: base), claim(path, for: owner) { return path }
    }
    throw .socketFolderMissing(tried: bases)
  }

  /// Removes what a killed server left. PostgreSQL believes its lock file as long as the process's
  /// number exists, which a zombie's does: in a container that reaps none, for ever.
  static func clear(_ path: String) {
    unlink("\(path)/.s.PGSQL.\(port)")
    unlink("\(path)/.s.PGSQL.\(port).lock")
  }

  /// Removes the folder of a server that has ended, unless something of another's is in it.
  static func remove(_ path: String) {
    clear(path)
    rmdir(path)
  }

  private static func usualBases(directory: String) -> [String] {
    var bases = ["/tmp"]
    if geteuid() != 0, let runtime = environmentValue("XDG_RUNTIME_DIR") { bases.append(runtime) }
    return bases + [directory]
  }

  private static func fits(_ folder: String) -> Bool {
    "\(folder)/.s.PGSQL.\(port)".utf8.count <= pathBytesMax
  }

  private static func makeRandom(in base: String) -> String? {
    let pattern = "\(base)/mi-alegra-XXXXXX"
    guard fits(pattern) else { return nil }
    var characters = pattern.utf8CString.map { $0 }
    guard mkdtemp(&characters) != nil else { return nil }
    return String(decoding: characters.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether the folder is a real one of the owner's or ours; then it is the owner's alone.
  private static func claim(_ path: String, for owner: ServerAccount) -> Bool {
    guard let status = Files.linkStatus(path), status.st_mode & S_IFMT == S_IFDIR else {
      return false
    }
    guard status.st_uid == owner.userID || status.st_uid == geteuid() else { return false }
    if owner.isSwitched && lchown(path, owner.userID, owner.groupID) != 0 { return false }
    return chmod(path, 0o700) == 0
  }
}

/// Sixteen hexadecimal digits that stand for a path (FNV-1a, 64 bits): a name, not a secret.
func digest(of path: String) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in path.utf8 {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
