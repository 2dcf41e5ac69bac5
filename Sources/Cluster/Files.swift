// The file system as a cluster needs it: private folders with the right owner, small files written
// whole, names listed. Nothing here follows a symbolic link that another user may have laid.

import Glibc

enum Files {
  /// The names in a folder, sorted, without `.` and `..`; none when it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The whole text of a small file; nil when it is missing or unreadable.
  static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8 * 1024)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      bytes.append(contentsOf: buffer.prefix(count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces a file at once: a reader sees the old text or the new one.
  static func write(
    _ text: String, to path: String, owner: ServerAccount
  ) throws(ClusterError) {
    let draft = path + ".draft"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unusable(path) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else { throw unusable(path) }
    if owner.isSwitched {
      guard fchown(descriptor, owner.userID, owner.groupID) == 0 else { throw unusable(path) }
    }
    guard rename(draft, path) == 0 else { throw unusable(path) }
  }

  /// Makes the folder and those above it that are missing; the last one belongs to `owner` alone.
  /// One that is there already must be the owner's, or an empty one of ours that is handed over.
  static func makePrivateFolder(_ path: String, owner: ServerAccount) throws(ClusterError) {
    try makeParents(of: path, mode: owner.isSwitched ? 0o755 : 0o700)
    if mkdir(path, 0o700) != 0 && errno != EEXIST { throw unusable(path) }
    guard let status = linkStatus(path), status.st_mode & S_IFMT == S_IFDIR else {
      throw .directoryUnusable(path: path, reason: "it is no folder")
    }
    if status.st_uid != owner.userID {
      guard status.st_uid == geteuid(), names(in: path).isEmpty else {
        let other = ServerAccount.name(of: status.st_uid)
        throw .directoryUnusable(
          path: path, reason: "it belongs to \(other), and PostgreSQL would run as \(owner.name)")
      }
      guard chown(path, owner.userID, owner.groupID) == 0 else { throw unusable(path) }
    }
    guard chmod(path, 0o700) == 0 else { throw unusable(path) }
  }

  /// Removes a folder with all that is in it. Run as the account that owns it, so that a link laid
  /// inside cannot lead root elsewhere.
  static func removeTree(_ path: String, as account: ServerAccount) throws(ClusterError) {
    try Command(executable: "rm", arguments: ["-rf", "--", path], account: account).run()
  }

  /// The path with links resolved; nil when nothing is there.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// An absolute path without a slash at its end.
  static func absolutePath(_ path: String) -> String {
    var result = path
    if !path.hasPrefix("/"), let folder = getcwd(nil, 0) {
      result = String(cString: folder) + "/" + path
      free(folder)
    }
    while result.count > 1 && result.hasSuffix("/") { result.removeLast() }
    return result
  }

  /// What `lstat` says.
  static func linkStatus(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  private static func makeParents(of path: String, mode: mode_t) throws(ClusterError) {
    let parts = path.split(separator: "/").dropLast()
    var parent = ""
    for part in parts {
      parent += "/" + part
      if exists(parent) { continue }
      if mkdir(parent, mode) != 0 && errno != EEXIST { throw unusable(parent) }
      // The umask must not keep the server's account out of a folder made for it.
      chmod(parent, mode)
    }
  }

  private static func unusable(_ path: String) -> ClusterError {
    .directoryUnusable(path: path, reason: systemMessage(errno))
  }
}
