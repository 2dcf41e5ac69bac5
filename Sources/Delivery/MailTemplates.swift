// The embedded template files enter, a mail's subject, text and HTML leave. Refused: templates that
// cannot be read, a kind that there is none of, a mail without a value that its template needs.

internal import MailFiles
internal import Mustache

/// One template file, by its name within the folder: `es/password_changed.mustache`.
package struct MailTemplateFile: Sendable {
  package let name: String
  package let text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Those of the folder `mails/`.
  package static let embedded: [MailTemplateFile] = (0..<mail_file_count()).map { index in
    let file = mail_file(index)
    return MailTemplateFile(
      name: String(cString: file.name),
      text: String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self))
  }
}

/// A mail in words.
package struct MailContent: Sendable, Hashable {
  package let subject: String
  package let text: String
  package let html: String
}

/// All mails that the house can write.
package struct MailTemplates: Sendable {
  /// By language, then by kind.
  private var templates: [String: [String: MailTemplate]] = [:]
  private var frames: [String: MailTemplate] = [:]
  private let layout: MustacheTemplate

  package init(_ files: [MailTemplateFile]) throws(MailTemplateError) {
    var page: MustacheTemplate?
    for file in files {
      let parts = file.name.split(separator: "/")
      let kind = String(parts.last?.prefix { $0 != "." } ?? "")
      guard parts.count == 2 else {
        page = try? MustacheTemplate(string: file.text)
        continue
      }
      let language = String(parts[0])
      if kind == "frame" {
        frames[language] = try MailTemplate(frame: file.text, file: file.name)
      } else {
        templates[language, default: [:]][kind] = try MailTemplate(
          kind: file.text, file: file.name)
      }
    }
    guard let page else { throw .missing(file: "layout.mustache") }
    layout = page
    guard frames["es"] != nil else { throw .missing(file: "es/frame.mustache") }
  }

  /// The kinds that there are templates of, by language.
  package var kinds: [String: Set<String>] { templates.mapValues { Set($0.keys) } }

  /// Writes a mail.
  /// - Parameters:
  ///   - language: such as `es-AR`; what it has no words of its own for is said in `es`.
  ///   - values: by the names of `MailVariable`, each on one line; what is empty is none.
  package func content(
    of kind: String, language: String, values: [String: String]
  ) throws(MailTemplateError) -> MailContent {
    let languages = templateLanguages(language)
    guard let spoken = languages.first(where: { templates[$0]?[kind] != nil }),
      let template = templates[spoken]?[kind], let subject = template.subject,
      let frame = languages.lazy.compactMap({ frames[$0] }).first
    else { throw .unknownKind(kind) }
    let paragraphs = frame.paragraphs.flatMap { paragraph in
      if case .content = paragraph { template.paragraphs } else { [paragraph] }
    }
    let values = values.filter { !$0.value.isEmpty }
    let needed = paragraphs.needed.union(subject.needed).subtracting(values.keys)
    if let missing = needed.sorted().first { throw .noValue(kind: kind, variable: missing) }
    let title = subject.text(values)
    return MailContent(
      subject: title, text: paragraphs.text(values),
      html: layout.render([
        "language": spoken, "subject": title, "content": paragraphs.html(values),
      ]))
  }
}
