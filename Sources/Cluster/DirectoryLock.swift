// One living process of ours a directory: the lock is the kernel's, so a process that was killed
// holds nothing, and no PostgreSQL process inherits it.

import Glibc

/// Held as long as the value lives.
struct DirectoryLock: ~Copyable, Sendable {
  let descriptor: Int32

  /// Takes `directory`/lock, or throws `directoryInUse` at once.
  init(directory: String) throws(ClusterError) {
    let path = "\(directory)/lock"
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw .directoryUnusable(path: directory, reason: systemMessage(errno))
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let holder = Files.text(of: path).flatMap { Int32($0.prefix { $0.isNumber }) }
        close(descriptor)
        throw .directoryInUse(path: directory, processID: holder)
      }
      // The last holder may have removed the file between our opening and locking it.
      var locked = stat()
      if let named = Files.linkStatus(path), fstat(descriptor, &locked) == 0,
        named.st_ino == locked.st_ino
      {
        ftruncate(descriptor, 0)
        let text = Array("\(getpid())\n".utf8)
        write(descriptor, text, text.count)
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  deinit { close(descriptor) }
}
