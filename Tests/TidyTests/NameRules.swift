// How files are called: after their main type or their verb, never after a drawer.

private let drawers = [
  "Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Manager", "Managers", "Misc",
]

let nameRules: [Rule] = [
  .file("no file or folder is named after a drawer") { file in
    let parts = file.folders + [file.name.prefix { $0 != "." }]
    let drawer = parts.flatMap(humps).first { drawers.contains(String($0)) }
    guard let drawer else { return [] }
    let sentence = "\(drawer) says nothing: name it after its main type or its verb"
    return [Complaint(path: file.path, line: 0, sentence: sentence)]
  },
  Rule("a rule of validation has the test that mirrors it") { files in
    let paths = Set(files.map(\.path))
    return files.map(\.path).filter { path in ruleFolders.contains { path.hasPrefix($0) } }
      .compactMap { path in
        let test =
          "Tests/GraphQLValidationTests/"
          + path.dropFirst(validationFolder.count).dropLast(".swift".count) + "Tests.swift"
        if paths.contains(test) { return nil }
        return Complaint(path: path, line: 0, sentence: "\(test) is missing")
      }
  },
]

private let validationFolder = "Sources/GraphQLValidation/"
/// Where nothing stands but rules, one a file.
private let ruleFolders = ["ExecutableRules/", "SchemaRules/"].map { validationFolder + $0 }

/// `HTTPStringHelpers` is `HTTPString`, `Helpers`: a hump begins where a capital follows a small
/// letter.
private func humps(_ name: Substring) -> [String] {
  var humps: [String] = []
  var hump = ""
  for character in name {
    if character.isUppercase, hump.last?.isLowercase ?? false {
      humps.append(hump)
      hump = ""
    }
    if "-_+".contains(character) {
      humps.append(hump)
      hump = ""
    } else {
      hump.append(character)
    }
  }
  return (humps + [hump]).map { $0.prefix(1).uppercased() + $0.dropFirst() }
}
