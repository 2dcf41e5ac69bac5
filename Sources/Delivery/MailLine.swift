// A line of a template enters, a line that can be filled in leaves: as plain text and as HTML.
// Refused: tags other than variables and sections, names that are no value of mails.

internal import Mustache

/// One line of a mail's template.
struct MailLine: Sendable {
  private let text: MustacheTemplate
  private let html: MustacheTemplate
  /// What must have a value: the variables outside of sections.
  let needed: Set<String>

  init(_ source: Substring, file: String, line: Int) throws(MailTemplateError) {
    var text = ""
    var html = ""
    var needed: Set<String> = []
    var open: [String] = []
    var rest = source
    while let start = rest.firstRange(of: "{{") {
      text += rest[..<start.lowerBound]
      html += escapedHTML(rest[..<start.lowerBound])
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        throw .unreadable(file: file, line: line)
      }
      let tag = String(rest[start.upperBound..<end.lowerBound])
      rest = rest[end.upperBound...]
      let sign = tag.first.flatMap { "#^/".contains($0) ? $0 : nil }
      let name = sign == nil ? tag : String(tag.dropFirst())
      guard name.utf8.allSatisfy(isNameByte), !name.isEmpty else {
        throw .tagRefused(file: file, line: line, tag: tag)
      }
      guard MailVariable(rawValue: name) != nil else {
        throw .unknownVariable(file: file, line: line, name: name)
      }
      switch sign {
      case nil:
        if open.isEmpty { needed.insert(name) }
        // Plain text is taken as it is; in HTML swift-mustache escapes.
        text += "{{{\(name)}}}"
        html += "{{\(name)}}"
        continue
      case "/"?:
        guard open.popLast() == name else { throw .unreadable(file: file, line: line) }
      case _: open.append(name)
      }
      text += "{{\(tag)}}"
      html += "{{\(tag)}}"
    }
    guard open.isEmpty, !rest.contains("}}") else { throw .unreadable(file: file, line: line) }
    do {
      self.text = try MustacheTemplate(string: text + rest)
      self.html = try MustacheTemplate(string: html + escapedHTML(rest))
    } catch {
      throw .unreadable(file: file, line: line)
    }
    self.needed = needed
  }

  func text(_ values: [String: String]) -> String { text.render(values) }
  func html(_ values: [String: String]) -> String { html.render(values) }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
}

/// What a template's author wrote is text, in HTML as well.
private func escapedHTML(_ text: Substring) -> String {
  var escaped = ""
  for character in text {
    switch character {
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "&": escaped += "&amp;"
    case "\"": escaped += "&quot;"
    case _: escaped.append(character)
    }
  }
  return escaped
}
