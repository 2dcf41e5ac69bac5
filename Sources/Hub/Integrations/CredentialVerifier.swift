// Credentials come in, the request leaves by which an integration's maker says whether they are
// good; and what its answer says of them. How it is asked is data of the catalogue.

import Credentials
import JSON

/// A text with `{name}` where the value of that credential goes.
struct Template: Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  /// Puts the values in; nil where one is missing. What a value holds is never read as a template.
  func filled(
    _ values: [String: String], _ encode: (String) -> String = { $0 }
  ) -> String? {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      guard let value = values[String(rest[rest.index(after: open)..<close])] else { return nil }
      filled += rest[..<open] + encode(value)
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }
}

/// How credentials are verified: the request, and what a good answer looks like.
struct CredentialVerifier: Sendable {
  enum Body: Sendable {
    /// Each text in it is a template.
    case json(JSONValue)
    case form([JSONMember])
  }

  let method: GatewayRequest.Method
  let url: Template
  let headers: [(name: String, value: Template)]
  let basic: (user: Template, password: Template)?
  let body: Body?
  let goodStatuses: Set<Int>
  let refusedStatuses: Set<Int>
  /// Where in the answer which text stands if they are good.
  let expected: (path: [String], value: String)?

  /// The request; nil where a credential is missing that it is made of.
  func request(_ values: [String: String]) -> GatewayRequest? {
    guard let url = url.filled(values, percentEncodedComponent) else { return nil }
    var request = GatewayRequest(method: method, url: url)
    request.headers = [("Accept", "application/json")]
    for (name, template) in headers {
      guard let value = template.filled(values) else { return nil }
      request.headers.removeAll { $0.name.lowercased() == name.lowercased() }
      request.headers.append((name, value))
    }
    if let basic {
      guard let user = basic.user.filled(values), let password = basic.password.filled(values)
      else { return nil }
      request.headers.append(
        ("Authorization", "Basic " + encodePaddedBase64(Array("\(user):\(password)".utf8))))
    }
    switch body {
    case nil: break
    case .json(let value):
      guard let filled = value.filled(values) else { return nil }
      request.headers.append(("Content-Type", "application/json"))
      request.body = filled.jsonBytes
    case .form(let members):
      var fields: [String] = []
      for member in members {
        guard let value = Template(member.value.stringValue ?? "").filled(values) else {
          return nil
        }
        fields.append(
          percentEncodedComponent(member.name) + "=" + percentEncodedComponent(value))
      }
      request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
      request.body = Array(fields.joined(separator: "&").utf8)
    }
    return request
  }

  /// What an answer says of the credentials.
  func verdict(_ answer: GatewayAnswer) -> CredentialVerdict {
    if refusedStatuses.contains(answer.status) { return .refused }
    guard goodStatuses.contains(answer.status) else { return .unknown }
    guard let expected else { return .good }
    guard var found = try? parseJSON(answer.body, limits: answerLimits) else { return .unknown }
    for name in expected.path {
      guard let next = found[name] else { return .unknown }
      found = next
    }
    return found.stringValue == expected.value ? .good : .refused
  }
}

/// What is known of credentials once their maker was asked.
enum CredentialVerdict: Sendable, Hashable {
  case good
  case refused
  /// Nobody answered, or not what tells of them.
  case unknown
}

private let answerLimits = JSONLimits(depthMax: 32, bytesMax: 256 * 1024, valuesMax: 8192)

extension JSONValue {
  /// Each text filled in as a template; nil where a value is missing.
  fileprivate func filled(_ values: [String: String]) -> JSONValue? {
    switch self {
    case .null, .bool, .number: return self
    case .string(let text): return Template(text).filled(values).map(JSONValue.string)
    case .array(let elements):
      let filled = elements.compactMap { $0.filled(values) }
      return filled.count == elements.count ? .array(filled) : nil
    case .object(let members):
      let filled = members.compactMap { member in
        member.value.filled(values).map { JSONMember(name: member.name, value: $0) }
      }
      return filled.count == members.count ? .object(filled) : nil
    }
  }
}

/// Everything but the unreserved characters of RFC 3986, section 2.3; a dot too, so that no value
/// is a step up.
private func percentEncodedComponent(_ text: String) -> String {
  text.utf8.map { byte in
    let isPlain =
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_~".utf8.contains(byte)
    let digits = String(byte, radix: 16, uppercase: true)
    return isPlain
      ? String(UnicodeScalar(byte)) : "%" + (digits.utf8.count == 1 ? "0" : "") + digits
  }.joined()
}
