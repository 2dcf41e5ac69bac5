// The embedded templates, and made-up ones: what each kind must have, what is refused when they are
// read, how values are filled in.

import Foundation
import TestSupport
import Testing

@testable import Delivery

struct MailTemplatesTests {
  private let languages = ["es", "en", "pt"]

  @Test("the templates can be read, and each kind is there in each language")
  func everyLanguage() throws {
    let kinds = try MailTemplates(MailTemplateFile.embedded).kinds
    let all = kinds.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    #expect(all.count > 1)
    for language in languages { #expect(kinds[language] == all, "\(language)") }
    #expect(Set(kinds.keys).subtracting(languages) == ["es-AR"])
  }

  @Test("each kind that a migration asks for has a template")
  func everyKindOfMigrations() throws {
    let kinds = try MailTemplates(MailTemplateFile.embedded).kinds["es"] ?? []
    let asked = try Repository.files(in: "Migrations", ending: ".sql").reduce(into: Set<String>()) {
      $0.formUnion(askedKinds(in: try Repository.text(of: $1)))
    }
    #expect(asked.isSuperset(of: ["password_changed", "new_device"]))
    #expect(asked.subtracting(kinds) == [])
  }

  @Test(
    "a kind is found however the migration asks for it",
    arguments: [
      "perform ask_mail('one_kind', person.id, null);",
      "select ask_mail(\n    'one_kind', a.id, a.email) from account a",
      "ask_mail(kind => 'one_kind', account => x, address => null)",
      "insert into mail (kind, address, name, language)\n  values ('one_kind', x, '', 'es')",
      "insert into mail (kind, address)\n  select 'one_kind', a.email from account a",
    ])
  func kindsAreFound(sql: String) {
    #expect(askedKinds(in: sql) == ["one_kind"])
  }

  @Test("where vos changes nothing, an Argentine reads Spanish; where it does, vos")
  func voseo() throws {
    let templates = try templates([
      "es/plain.mustache": "Hola\n\nLa contraseña cambió.\n",
      "es/tu.mustache": "Hola\n\nSi fuiste tú.\n", "es-AR/tu.mustache": "Hola\n\nSi fuiste vos.\n",
    ])
    func text(_ kind: String, _ language: String) throws -> String {
      try templates.content(of: kind, language: language, values: [:]).text
    }
    #expect(try text("plain", "es-AR").contains("La contraseña cambió."))
    #expect(try text("tu", "es-AR").contains("fuiste vos"))
    #expect(try text("tu", "es-MX").contains("fuiste tú"))
    #expect(try text("tu", "fr").contains("fuiste tú"))
  }

  @Test(
    "what is no template for mails is refused with its place",
    arguments: [
      ("Asunto\n\n{{{device}}}\n", "es/kind.mustache:3: {{{device}} is no tag for mails"),
      ("Asunto\n\n{{&device}}\n", "es/kind.mustache:3: {{&device}} is no tag for mails"),
      ("Asunto\n\n{{>frame}}\n", "es/kind.mustache:3: {{>frame}} is no tag for mails"),
      ("Asunto\n\n{{! no}}\n", "es/kind.mustache:3: {{! no}} is no tag for mails"),
      ("Asunto\n\nuno\n{{devise}}\n", "es/kind.mustache:4: {{devise}} is no value of mails"),
      ("{{devise}}\n\nuno\n", "es/kind.mustache:1: {{devise}} is no value of mails"),
      ("Asunto\n\n[Ir {{x}}]({{link}})\n", "es/kind.mustache:3: {{x}} is no value of mails"),
      (
        "Asunto\n\n{{#device}}\nuno\n{{/device}}\n",
        "es/kind.mustache:3: a tag or a section does not end in its line"
      ),
      ("Asunto\n\n{{device\n", "es/kind.mustache:3: a tag or a section does not end in its line"),
      (
        "Asunto\n\n{{#name}}{{#device}}{{/name}}{{/device}}\n",
        "es/kind.mustache:3: a tag or a section does not end in its line"
      ),
      ("Asunto\nuno\n", "es/kind.mustache: does not begin with a subject and a blank line"),
      ("\n\nuno\n", "es/kind.mustache: does not begin with a subject and a blank line"),
    ])
  func refused(text: String, complaint: String) throws {
    let error = #expect(throws: MailTemplateError.self) {
      _ = try templates(["es/kind.mustache": text])
    }
    #expect(error?.description == complaint)
  }

  @Test("a value is escaped in HTML and as it is in plain text; so is what the author wrote")
  func escaping() throws {
    let content = try templates([
      "es/kind.mustache": "Entró {{device}}\n\nDesde {{device}} & «otro» <b>.\n"
    ]).content(
      of: "kind", language: "es",
      values: ["device": "<script>alert('1')</script>", "name": "<b>Ana & Cía</b>"])
    #expect(content.subject == "Entró <script>alert('1')</script>")
    #expect(content.text.contains("Desde <script>alert('1')</script> & «otro» <b>."))
    #expect(content.text.hasPrefix("Hola, <b>Ana & Cía</b>:\n\n"))
    #expect(
      content.html.contains("Desde &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; «otro»"))
    #expect(content.html.contains("Hola, &lt;b&gt;Ana &amp; Cía&lt;/b&gt;:"))
    #expect(content.html.contains("<title>Entró &lt;script&gt;"))
    #expect(!content.html.contains("<script>") && !content.html.contains("<b>"))
  }

  @Test("a section without its value leaves neither a line nor a paragraph")
  func sections() throws {
    let templates = try templates([
      "es/kind.mustache": """
      Asunto

      Antes
      {{#device}}Desde {{device}}{{/device}}
      Después

      {{#address_range}}Red {{address_range}}{{/address_range}}

      {{^device}}Nadie sabe desde dónde.{{/device}}

      """
    ])
    let without = try templates.content(of: "kind", language: "es", values: ["device": ""])
    #expect(
      without.text == "Hola:\n\nAntes\nDespués\n\nNadie sabe desde dónde.\n\nMi Alegra\n")
    #expect(without.html.contains("<p>Antes<br>\nDespués</p>\n<p>Nadie sabe"))
    let with = try templates.content(of: "kind", language: "es", values: ["device": "Firefox"])
    #expect(with.text == "Hola:\n\nAntes\nDesde Firefox\nDespués\n\nMi Alegra\n")
  }

  @Test("a link is a button in HTML and stands under its words in plain text")
  func link() throws {
    let content = try templates(["es/kind.mustache": "Asunto\n\n[Ir & ver]({{link}})\n"]).content(
      of: "kind", language: "es", values: ["link": "https://hub.example/account/x#lt_1"])
    #expect(content.text.contains("Ir & ver:\nhttps://hub.example/account/x#lt_1\n"))
    #expect(
      content.html.contains(
        "<a class=\"action\" href=\"https://hub.example/account/x#lt_1\">Ir &amp; ver</a>"))
  }

  @Test("a mail without a value that its template needs, or of no kind, is refused")
  func missing() throws {
    let templates = try templates([
      "es/device.mustache": "Asunto\n\nDesde {{device}}.\n",
      "es/subject.mustache": "Desde {{device}}\n\nuno\n",
      "es/link.mustache": "Asunto\n\n[Ir]({{link}})\n",
    ])
    func refusal(_ kind: String) -> String? {
      do throws(MailTemplateError) {
        _ = try templates.content(of: kind, language: "es", values: ["device": ""])
        return nil
      } catch { return error.description }
    }
    #expect(refusal("device") == "a mail of the kind device came without device")
    #expect(refusal("subject") == "a mail of the kind subject came without device")
    #expect(refusal("link") == "a mail of the kind link came without link")
    #expect(refusal("other") == "there is no template of the kind other")
  }

  /// Templates with a frame and a layout around those given.
  private func templates(_ files: [String: String]) throws -> MailTemplates {
    let around = [
      "layout.mustache": "<title>{{subject}}</title>{{{content}}}",
      "es/frame.mustache": "Hola{{#name}}, {{name}}{{/name}}:\n\n{{content}}\n\nMi Alegra\n",
    ]
    return try MailTemplates(
      around.merging(files) { $1 }.map { MailTemplateFile(name: $0.key, text: $0.value) })
  }
}

/// The kinds of mails that a migration's text asks for.
private func askedKinds(in sql: String) -> Set<String> {
  let calls = #/ask_mail\(\s*(?:kind\s*=>\s*)?'([a-z_]+)'/#
  let inserts = #/insert into mail \(kind[^;]*?\)\s+(?:values\s*\(|select)\s*'([a-z_]+)'/#
  return Set(sql.matches(of: calls).map { String($0.output.1) })
    .union(sql.matches(of: inserts).map { String($0.output.1) })
}
