// The text of a template file enters, its subject and paragraphs leave. Refused: a file without a
// subject, and what its lines refuse.

/// One kind of mail in one language, or the frame around a language's mails.
struct MailTemplate: Sendable {
  let subject: MailLine?
  let paragraphs: [MailParagraph]
}

/// What stands between two blank lines.
enum MailParagraph: Sendable {
  case lines([MailLine])
  /// The mail's link under words: `[Cambiar la contraseña]({{link}})`.
  case link(label: MailLine)
  /// In a frame: where the mail itself stands.
  case content
}

extension MailTemplate {
  /// Reads a kind's file: the subject in the first line, a blank one, the paragraphs.
  init(kind text: String, file: String) throws(MailTemplateError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 2, !lines[0].isEmpty, lines[1].isEmpty else {
      throw .noSubject(file: file)
    }
    subject = try MailLine(lines[0], file: file, line: 1)
    paragraphs = try readParagraphs(lines, from: 2, file: file)
  }

  /// Reads a frame's file: paragraphs, one of them `{{content}}`.
  init(frame text: String, file: String) throws(MailTemplateError) {
    subject = nil
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    paragraphs = try readParagraphs(lines, from: 0, file: file)
    guard paragraphs.contains(where: { if case .content = $0 { true } else { false } }) else {
      throw .noContent(file: file)
    }
  }
}

private func readParagraphs(
  _ lines: [Substring], from first: Int, file: String
) throws(MailTemplateError) -> [MailParagraph] {
  var paragraphs: [MailParagraph] = []
  var start = first
  while start < lines.count {
    let end = lines[start...].firstIndex(where: \.isEmpty) ?? lines.count
    if start < end { paragraphs.append(try readParagraph(lines[start..<end], file: file)) }
    start = end + 1
  }
  return paragraphs
}

private func readParagraph(
  _ lines: ArraySlice<Substring>, file: String
) throws(MailTemplateError) -> MailParagraph {
  let number = lines.startIndex + 1
  if let only = lines.first, lines.count == 1 {
    if only == "{{content}}" { return .content }
    let end = "]({{link}})"
    if only.hasPrefix("["), only.hasSuffix(end) {
      return .link(
        label: try MailLine(only.dropFirst().dropLast(end.count), file: file, line: number))
    }
  }
  var read: [MailLine] = []
  for (index, line) in lines.enumerated() {
    read.append(try MailLine(line, file: file, line: number + index))
  }
  return .lines(read)
}
