// Names of people and companies, and what only looks like one: what a mail to strangers repeats.

import Testing

@testable import Delivery

struct RepeatableNameTests {
  @Test(
    "a name is repeated",
    arguments: [
      "Ana", "Comercializadora Ejemplar S.A.S.", "Distribuciones A.B.C. S.A. de C.V.",
      "J. R. R. Tolkien", "Ferretería Nº 1", "Ahorro 12.500,00", "Turno 24/7", "Peña & Hijos",
      "Versión 2.0", "Sra. Ana", "Ltda. Bogotá", "株式会社テスト", "Ñandú… y Cía", "50% menos",
      "Café: té", "A-1", "1.2.3", "10.20.30", "👩‍👩‍👧‍👦 Familia", "مؤسسة النور", "Fin.",
      "Tom & \"Co\" <script>", "¿Quién?",
    ])
  func repeated(name: String) {
    #expect(repeatableName(name) == name)
  }

  @Test(
    "what reads like a link or an address is not",
    arguments: [
      "http://evil.example", "HTTPS://x", "ftp://x", "h\u{FF1A}\u{FF0F}\u{FF0F}x", "javascript://x",
      "www.evil", "WWW.Evil.Example", "Gana en evil.example ya", "evil.co", "evil.example/x",
      "evil.example.", "(evil.example)", "«evil.example»", "evil.example,", "xn--pea-8ma.xn--p1ai",
      "peña.example", "пример.рф", "例子.中国", "例子\u{3002}中国", "evil\u{3002}com",
      "evil\u{FF0E}com", "evil\u{FF61}com", "evil\u{2024}com", "evil\u{FE52}com",
      "ｅｖｉｌ．ｃｏｍ", "𝐞𝐯𝐢𝐥.𝐜𝐨𝐦", "ⓔⓥⓘⓛ.ⓒⓞⓜ", "i❤.ws", "evil.\u{200B}com", "evil\u{200D}.com",
      "evil.\u{2060}c\u{AD}om", "e\u{301}vil.com", "ana@evil.example", "ana @ evil",
      "ana\u{FF20}evil", "ana\u{FE6B}evil", "mailto:ana@x", "@evil", "Llama a 192.0.2.1",
      "192.0.2.1:80", "a.b.evil.example", "sub-dom.evil-site.com.co", "1evil.com", "مثال.إختبار",
      "\u{202E}moc.live", "x:\u{200B}//y", "x:/\u{AD}/y",
    ])
  func refused(name: String) {
    #expect(repeatableName(name) == nil)
  }

  @Test("a name is cut where it becomes a message, and stays on its line")
  func bounded() {
    let long = String(repeating: "ñ", count: 81)
    #expect(repeatableName(long) == String(repeating: "ñ", count: 79) + "…")
    #expect(repeatableName(String(long.dropLast())) == String(long.dropLast()))
    #expect(repeatableName("Ana\r\nBcc: x") == "Ana Bcc: x")
    // What is cut off is looked at all the same.
    #expect(repeatableName(long + " evil.example") == nil)
    #expect(repeatableName("") == "")
  }
}
