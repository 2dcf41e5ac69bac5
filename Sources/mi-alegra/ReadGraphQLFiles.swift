// Paths out of the command line come in, the texts of their files leave, each under its path; what
// cannot be read is refused here, by its name.

import ArgumentParser
import Foundation
import GraphQLSyntax

/// Reads files, and of folders every .graphql and .gql file in the order of their names. Hidden
/// entries and node_modules are passed over. A file that is met twice is read once.
/// - Parameter excluded: a folder's files are left out that are among these.
func readGraphQLFiles(
  _ paths: [String], excluding excluded: [Source] = [], bytesMax: Int
) throws -> [Source] {
  let excludedFiles = Set(excluded.map { identity(of: $0.name) })
  var known: Set<String> = []
  var sources: [Source] = []
  for path in paths {
    var files = [path]
    if isFolder(path) {
      files = try graphQLFiles(in: path).filter { !excludedFiles.contains(identity(of: $0)) }
      if files.isEmpty { throw ValidationError("\(path) holds no .graphql or .gql file to read.") }
    }
    for file in files where known.insert(identity(of: file)).inserted {
      sources.append(try read(file, bytesMax: bytesMax))
    }
  }
  return sources
}

private func graphQLFiles(in folder: String) throws -> [String] {
  let entries: [String]
  do {
    entries = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  } catch {
    throw ValidationError("The folder \(folder) cannot be read.")
  }
  return try entries.flatMap { entry -> [String] in
    if entry.hasPrefix(".") || entry == "node_modules" { return [] }
    let path = folder.hasSuffix("/") ? folder + entry : "\(folder)/\(entry)"
    if isFolder(path) { return isLink(path) ? [] : try graphQLFiles(in: path) }
    return entry.hasSuffix(".graphql") || entry.hasSuffix(".gql") ? [path] : []
  }
}

/// One byte more than may be is read, so that a file without an end is refused as well.
private func read(_ file: String, bytesMax: Int) throws -> Source {
  guard let handle = FileHandle(forReadingAtPath: file) else {
    throw ValidationError("The file \(file) cannot be read.")
  }
  defer { try? handle.close() }
  var bytes: [UInt8] = []
  do {
    while bytes.count <= bytesMax,
      let data = try handle.read(upToCount: bytesMax + 1 - bytes.count), !data.isEmpty
    {
      bytes += data
    }
  } catch {
    throw ValidationError("The file \(file) cannot be read.")
  }
  if bytes.count > bytesMax {
    throw ValidationError("The file \(file) has more than \(bytesMax) bytes.")
  }
  return Source(bytes: withoutByteOrderMark(bytes), name: file)
}

/// Editors hide the mark and count their columns without it.
private func withoutByteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
  bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
}

private func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// A link to a folder may lead back to where it stands.
private func isLink(_ path: String) -> Bool {
  let attributes = try? FileManager.default.attributesOfItem(atPath: path)
  return attributes?[.type] as? FileAttributeType == .typeSymbolicLink
}

/// The same for every way to write a file's path.
private func identity(of path: String) -> String {
  URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
}
