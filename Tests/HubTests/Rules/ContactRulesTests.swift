// Telephones, email addresses, sites, time zones and countries as people write them.

import Testing

@testable import Hub

@Suite("A telephone")
struct PhoneRulesTests {
  @Test(
    "becomes E.164",
    arguments: [
      ("+57 601 555 0101", "57", "+576015550101"), ("601 555 0101", "57", "+576015550101"),
      ("(601) 555-01.01", "57", "+576015550101"), ("0057 6015550101", "57", "+576015550101"),
      ("57 300 555 0101", "57", "+573005550101"), ("(+57) 300 5550101", "57", "+573005550101"),
      ("\u{202A}+57 300\u{2011}555\u{A0}0101\u{202C}", "52", "+573005550101"),
      ("+52 55 5555 0101", "57", "+525555550101"), ("55 5555 0101", "52", "+525555550101"),
      ("011 4555-0101", "54", "+541145550101"), ("+54 9 11 4555-0101", nil, "+5491145550101"),
      ("2222 0101", "506", "+50622220101"), ("1 212 555 0101", "1", "+12125550101"),
      ("011 57 300 555 0101", "1", "+573005550101"), ("912 345 678", "34", "+34912345678"),
      ("06 1234 5678", "39", "+390612345678"), ("809-555-0101", "1", "+18095550101"),
      ("51 1 234 5678", "51", "+5112345678"), ("987 654 321", "51", "+51987654321"),
      ("507 212-3456", "507", "+5072123456"), ("6123-4567", "507", "+50761234567"),
      ("+123456789012345", nil, "+123456789012345"),
    ])
  func accepted(typed: String, phoneCode: String?, expected: String) throws {
    #expect(try e164Phone(typed, phoneCode: phoneCode) == expected)
  }

  @Test(
    "with letters or of a length that no network dials is refused",
    arguments: [
      "601 CALL ANA", "555 0101 ext. 5", "+57+6015550101", "57+6015550101", "+", "()", "++57",
      "12345", "+1234567", "+1234567890123456", "+0576015550101", "٣٠٠٥٥٥٠١٠١", "300\u{0}5550101",
      "000000000000", "300/555/0101", "300\n5550101", String(repeating: "5", count: 100_000),
      "+" + String(repeating: " ", count: 1000),
    ])
  func refused(typed: String) {
    #expect(throws: RuleViolation.invalidFormat(expected: .phone)) {
      try e164Phone(typed, phoneCode: "57")
    }
  }

  @Test("needs its country's code where the version is no single country's")
  func international() throws {
    #expect(throws: RuleViolation.invalidFormat(expected: .phoneWithCountryCode)) {
      try e164Phone("601 555 0101", phoneCode: nil)
    }
    #expect(try e164Phone("00576015550101", phoneCode: nil) == "+576015550101")
    #expect(try e164Phone(" ", phoneCode: nil) == nil)
  }
}

@Suite("An email address")
struct EmailRulesTests {
  @Test(
    "keeps its display form and compares by its key",
    arguments: [
      (" ana@ejemplar.example\n", "ana@ejemplar.example", "ana@ejemplar.example"),
      (
        "Ana.Maria+x@Ejemplar.Example", "Ana.Maria+x@Ejemplar.Example",
        "ana.maria+x@ejemplar.example"
      ),
      ("o'higgins_{1}@a-b.co", "o'higgins_{1}@a-b.co", "o'higgins_{1}@a-b.co"),
      ("ana@Peña.Example", "ana@Peña.Example", "ana@xn--pea-8ma.example"),
      ("ana@pen\u{303}a.example", "ana@peña.example", "ana@xn--pea-8ma.example"),
      ("ana@例え.テスト", "ana@例え.テスト", "ana@xn--r8jz45g.xn--zckzah"),
      ("a@b.co", "a@b.co", "a@b.co"), ("1@1.1a", "1@1.1a", "1@1.1a"),
      (
        String(repeating: "a", count: 64) + "@b.co", String(repeating: "a", count: 64) + "@b.co",
        String(repeating: "a", count: 64) + "@b.co"
      ),
    ])
  func accepted(typed: String, display: String, key: String) throws {
    let address = try emailAddress(typed)
    #expect(address?.display == display)
    #expect(address?.key == key)
    #expect(emailKey(typed) == key)
    // What is kept is found by its lower case, and is the display form where that is ASCII.
    let stored = try #require(address?.stored)
    #expect(stored.lowercased() == key)
    if display.utf8.allSatisfy({ $0 < 0x80 }) { #expect(stored == display) }
  }

  @Test(
    "that mail could not be sent to is refused",
    arguments: [
      "ana", "@b.co", "ana@", "ana@b", "ana@.co", "ana@b..co", "ana@b.co.", "a@b@c.co", "a b@c.co",
      ".a@b.co", "a.@b.co", "a..b@c.co", "\"a b\"@c.co", "ana@[127.0.0.1]", "ana@127.0.0.1",
      "ana@-b.co", "ana@b-.co", "ana@b_c.co", "josé@b.co", "Ana <ana@b.co>", "a@b.co,c@d.co",
      "ana@b.co\u{200B}x@y", "ana@\u{301}a.co", "ana@a b.co", "ana@b.co/x",
      String(repeating: "a", count: 65) + "@b.co",
      "a@" + String(repeating: "b", count: 64) + ".co",
      "a@" + String(repeating: "ñ", count: 62) + ".co",
    ])
  func refused(typed: String) {
    #expect(throws: RuleViolation.invalidFormat(expected: .email)) { try emailAddress(typed) }
    #expect(emailKey(typed) == nil)
  }

  @Test("has bounds, and none is none")
  func bounds() throws {
    #expect(throws: RuleViolation.tooLong(charactersMax: 254)) {
      try emailAddress("a@" + String(repeating: "b.", count: 127) + "co")
    }
    #expect(throws: RuleViolation.invalidCharacters) { try emailAddress("ana@b.co\nBcc: x@y.co") }
    #expect(try emailAddress("  ") == nil)
    #expect(emailKey(String(repeating: "@", count: 1_000_000)) == nil)
  }

  @Test(
    "has the domain of other scripts in Punycode (RFC 3492, section 7.1)",
    arguments: [
      ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
      ("porquénopuedensimplementehablarenespañol", "porqunopuedensimplementehablarenespaol-fmd56a"),
      ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"), ("bücher", "bcher-kva"), ("ñ", "ida"),
    ])
  func encodes(label: String, expected: String) {
    #expect(punycode(Array(label.unicodeScalars)) == expected)
  }
}

@Suite("A site")
struct URLRulesTests {
  @Test(
    "becomes an absolute URL",
    arguments: [
      (" https://www.ejemplar.com ", "https://www.ejemplar.com"),
      ("HTTP://Ejemplar.COM/A?b=C#d", "http://ejemplar.com/A?b=C#d"),
      ("https://ejemplar.com:8443/", "https://ejemplar.com:8443/"),
      ("https://peña.example/año?q=ñ", "https://xn--pea-8ma.example/a%C3%B1o?q=%C3%B1"),
      ("https://a.co/%C3%B1?x=a@b.co:1", "https://a.co/%C3%B1?x=a@b.co:1"),
      ("https://a.co?b", "https://a.co?b"), ("https://a.co#b", "https://a.co#b"),
    ])
  func accepted(typed: String, expected: String) throws {
    #expect(try webURL(typed) == expected)
  }

  @Test(
    "that is none, or could fool people, is refused",
    arguments: [
      "ejemplar.com", "www.ejemplar.com", "ftp://a.co", "javascript:alert(1)", "//a.co", "https://",
      "https:///a", "https://localhost", "https://127.0.0.1/", "https://[::1]/", "https://a.co:0",
      "https://a.co:65536", "https://a.co:", "https://a.co:+80", "https://bank.com@evil.com/",
      "https://ana:x@a.co", "https://a.co/ b", "https://a.co/<b>", "https://a.co/\"b",
      "https://a.co/\\b",
      "https://a.co\\@b.co", "https://a.co/%zz", "https://a.co/%4", "https://a.co/%", "https:/a.co",
    ])
  func refused(typed: String) {
    #expect(throws: RuleViolation.invalidFormat(expected: .url)) { try webURL(typed) }
  }

  @Test("has bounds, and none is none")
  func bounds() throws {
    #expect(throws: RuleViolation.tooLong(charactersMax: 2048)) {
      try webURL("https://a.co/" + String(repeating: "ñ", count: 1000))
    }
    #expect(try webURL("\t") == nil)
  }
}

@Suite("A place")
struct PlaceRulesTests {
  @Test("has a time zone that the database knows and that is a place")
  func timezones() throws {
    let known: Set = ["America/Bogota", "UTC", "EST", "Etc/GMT+5", "posix/America/Bogota"]
    #expect(try timezone(" America/Bogota", known: known) == "America/Bogota")
    #expect(try timezone("UTC", known: known) == "UTC")
    #expect(try timezone("", known: known) == nil)
    for name in ["america/bogota", "America/Macondo", "EST", "Etc/GMT+5", "posix/America/Bogota"] {
      #expect(throws: RuleViolation.invalidFormat(expected: .timezone)) {
        try timezone(name, known: known)
      }
    }
  }

  @Test("is one of 249 countries, each with a code that E.164 could have")
  func countries() throws {
    #expect(countryCodes.count == 249)
    #expect(
      countryCodes.allSatisfy { code in
        code.utf8.count == 2 && code == code.uppercased()
          && (phoneCode(ofCountry: code).map { (1...3).contains($0.utf8.count) } ?? true)
      })
    #expect(countryCodes.filter { phoneCode(ofCountry: $0) == nil } == ["BV", "HM"])
    #expect(try countryCode(" co ") == "CO")
    #expect(try countryCode("") == nil)
    for typed in ["INTL", "XX", "COL", "C", "UK", "EU", "57", "ﬀ", "İT"] {
      #expect(throws: RuleViolation.invalidFormat(expected: .country)) { try countryCode(typed) }
    }
  }

  @Test(
    "has the telephone code of its country",
    arguments: [
      ("CO", "57"), ("MX", "52"), ("CR", "506"), ("DO", "1"), ("PE", "51"), ("PA", "507"),
      ("AR", "54"), ("CL", "56"), ("ES", "34"), ("US", "1"), ("BR", "55"), ("EC", "593"),
      ("VE", "58"), ("PT", "351"),
    ])
  func phoneCodes(country: String, expected: String) {
    #expect(phoneCode(ofCountry: country) == expected)
  }
}
