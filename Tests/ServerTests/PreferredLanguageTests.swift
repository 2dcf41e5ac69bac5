// `Accept-Language` and what is chosen by it: RFC 9110, section 12.5.4; and the refresh cookie.

import Testing

@testable import Server

struct PreferredLanguageTests {
  @Test(arguments: [
    (nil, "es"), ("", "es"), ("en", "en"), ("en-US", "en"), ("EN-us", "en"), ("pt-BR,en", "pt"),
    ("de", "es"), ("de,en;q=0.1", "en"), ("en;q=0.5,pt;q=0.9", "pt"), ("en;q=0", "es"),
    ("en;q=0,pt;q=0.1", "pt"), ("*", "es"), (" en ; q=0.8 , pt ; q=0.9 ", "pt"),
    ("en;q=2", "es"), ("en;q=nan", "es"), ("en,pt", "en"), (",,;;,=,pt", "pt"), ("english", "es"),
    ("en;q=0.5,es;q=0.5", "en"), ("zh-Hant-TW, pt-PT;q=0.3", "pt"),
  ])
  func `the language with the greatest weight is chosen`(header: String?, expected: String) {
    #expect(preferredLanguage(header, offered: ["es", "en", "pt"]) == expected)
  }

  @Test func `a header without end is cut`() {
    let header = String(repeating: "de,", count: 10_000) + "en"
    #expect(preferredLanguage(header, offered: ["es", "en"]) == "es")
  }
}

struct RefreshCookiesTests {
  private let plain = RefreshCookies(isSecure: false)

  @Test(
    arguments: [
      ([], nil), (["mi-alegra-refresh=t"], "t"), (["a=b; mi-alegra-refresh=t; c=d"], "t"),
      (["a=b", "mi-alegra-refresh=t"], "t"), (["mi-alegra-refresh=t=="], "t=="),
      (["mi-alegra-refresh="], ""), (["mi-alegra-refresh"], nil), (["xmi-alegra-refresh=t"], nil),
      (["mi-alegra-refresh2=t"], nil), (["MI-ALEGRA-REFRESH=t"], nil),
      // Two of one name: one of them may have been set by another site's page.
      (["mi-alegra-refresh=t; mi-alegra-refresh=u"], nil),
      (["mi-alegra-refresh=t", "mi-alegra-refresh=t"], nil),
      (["__Host-mi-alegra-refresh=t"], nil),
    ] as [([String], String?)])
  func `the token is read out of the fields`(fields: [String], token: String?) {
    #expect(plain.token(in: fields) == token)
  }

  @Test func `the cookie is set for the server alone, and cleared`() {
    #expect(
      plain.set("t", secondsMax: 9)
        == "mi-alegra-refresh=t; Path=/; Max-Age=9; HttpOnly; SameSite=Strict")
    #expect(
      plain.clear() == "mi-alegra-refresh=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
    let secure = RefreshCookies(isSecure: true)
    #expect(
      secure.set("t", secondsMax: 9)
        == "__Host-mi-alegra-refresh=t; Path=/; Max-Age=9; HttpOnly; SameSite=Strict; Secure")
    #expect(secure.token(in: ["__Host-mi-alegra-refresh=t"]) == "t")
  }
}
