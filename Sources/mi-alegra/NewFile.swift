// A path at which nothing stands comes in, a file that only its owner may read leaves, written
// piece by piece. Refused: to write over what is there.

import Composition
import Credentials
import Foundation

/// A file that is being made.
struct NewFile: Sendable {
  let path: String
  private let handle: FileHandle

  init(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else {
      throw ConfigurationError.invalid(
        path, errno == EEXIST ? "is there already" : "cannot be written")
    }
    self.path = path
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  func write(_ bytes: [UInt8]) throws {
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw ConfigurationError.invalid(path, "cannot be written")
    }
  }

  /// Written to the disk, and done.
  func close() throws {
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw ConfigurationError.invalid(path, "cannot be written")
    }
  }

  /// SHA-256 of what was written.
  func digest() throws -> [UInt8] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    return data.withUnsafeBytes { sha256($0) }
  }

  func remove() {
    unlink(path)
  }
}
