// Why the templates of mails cannot be read, or one of them not be filled in.

/// A template that is not as it must be, or a mail that none fits.
package enum MailTemplateError: Error, Hashable, CustomStringConvertible {
  /// A tag of Mustache that mails do not use: one that would not be escaped, a partial, a comment.
  case tagRefused(file: String, line: Int, tag: String)
  case unknownVariable(file: String, line: Int, name: String)
  /// A section that does not end in its line, or a tag that is not closed.
  case unreadable(file: String, line: Int)
  /// No first line, or no blank line after it.
  case noSubject(file: String)
  /// A frame without a paragraph `{{content}}`.
  case noContent(file: String)
  case missing(file: String)
  case unknownKind(String)
  /// What the template fills in was not among the mail's facts.
  case noValue(kind: String, variable: String)
  case addressRefused(kind: String)

  package var description: String {
    switch self {
    case .tagRefused(let file, let line, let tag):
      "\(file):\(line): {{\(tag)}} is no tag for mails"
    case .unknownVariable(let file, let line, let name):
      "\(file):\(line): {{\(name)}} is no value of mails"
    case .unreadable(let file, let line):
      "\(file):\(line): a tag or a section does not end in its line"
    case .noSubject(let file): "\(file): does not begin with a subject and a blank line"
    case .noContent(let file): "\(file): has no paragraph {{content}}"
    case .missing(let file): "\(file) is missing"
    case .unknownKind(let kind): "there is no template of the kind \(kind)"
    case .noValue(let kind, let variable): "a mail of the kind \(kind) came without \(variable)"
    case .addressRefused(let kind): "a mail of the kind \(kind) goes to no plain address"
    }
  }
}
