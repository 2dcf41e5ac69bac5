// Paragraphs and the values to fill in enter; the plain text and the HTML of a mail leave. A line
// whose sections left nothing of it is no line, a paragraph without lines none.

extension [MailParagraph] {
  func text(_ values: [String: String]) -> String {
    let paragraphs = compactMap { paragraph in
      switch paragraph {
      case .lines(let lines): filled(lines.map { $0.text(values) })?.joined(separator: "\n")
      case .link(let label): "\(label.text(values)):\n\(values["link"] ?? "")"
      case .content: nil
      }
    }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  func html(_ values: [String: String]) -> String {
    let paragraphs = compactMap { paragraph in
      switch paragraph {
      case .lines(let lines):
        filled(lines.map { $0.html(values) }).map {
          "<p>" + $0.joined(separator: "<br>\n") + "</p>"
        }
      case .link(let label):
        // The link is the house's own: scheme, host, path and a token of base64url.
        "<p><a class=\"action\" href=\"\(values["link"] ?? "")\">\(label.html(values))</a></p>"
      case .content: nil
      }
    }
    return paragraphs.joined(separator: "\n")
  }

  /// What must have a value.
  var needed: Set<String> {
    reduce(into: []) { needed, paragraph in
      switch paragraph {
      case .lines(let lines): for line in lines { needed.formUnion(line.needed) }
      case .link(let label): needed.formUnion(label.needed.union(["link"]))
      case .content: break
      }
    }
  }
}

private func filled(_ lines: [String]) -> [String]? {
  let filled = lines.filter { !$0.allSatisfy(\.isWhitespace) }
  return filled.isEmpty ? nil : filled
}
