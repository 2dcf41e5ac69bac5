// The claims of an access token as a value, their JSON, and the way back. Refused: a claim that is
// missing or of another type.

internal import JSON

/// What an access token says (RFC 7519 section 4.1). Times are whole seconds since 1970.
package struct AccessTokenClaims: Sendable, Hashable {
  /// `iss`
  package var issuer: String
  /// `aud`, always one.
  package var audience: String
  /// `sub`: the person's account.
  package var account: UniqueID
  /// `tid`: the company.
  package var tenant: UniqueID
  /// `sid`: the session, whose row decides whether the token still counts.
  package var session: UniqueID
  /// `iat`
  package var issuedAt: Int
  /// `nbf`
  package var notBefore: Int
  /// `exp`
  package var expiresAt: Int

  package init(
    issuer: String, audience: String, account: UniqueID, tenant: UniqueID, session: UniqueID,
    issuedAt: Int, notBefore: Int, expiresAt: Int
  ) {
    self.issuer = issuer
    self.audience = audience
    self.account = account
    self.tenant = tenant
    self.session = session
    self.issuedAt = issuedAt
    self.notBefore = notBefore
    self.expiresAt = expiresAt
  }
}

extension AccessTokenClaims {
  /// The claims set as we write it, always in this order, which `ClaimsScanner` counts on.
  var json: [UInt8] {
    var writer = JSONWriter(capacity: 256)
    writer.raw(Self.jsonPrefix(issuer: issuer, audience: audience))
    writer.raw(account.textBytes)
    writer.raw(#"","tid":""#)
    writer.raw(tenant.textBytes)
    writer.raw(#"","sid":""#)
    writer.raw(session.textBytes)
    writer.raw(#"","iat":"#)
    writer.integer(issuedAt)
    writer.raw(#","nbf":"#)
    writer.integer(notBefore)
    writer.raw(#","exp":"#)
    writer.integer(expiresAt)
    writer.endObject()
    return writer.bytes
  }

  /// Everything up to the account's first character.
  static func jsonPrefix(issuer: String, audience: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.raw(#"{"iss":"#)
    writer.string(issuer)
    writer.raw(#","aud":"#)
    writer.string(audience)
    writer.raw(#","sub":""#)
    return writer.bytes
  }

  /// Reads a claims set in any spelling. Claims that are not ours are ignored (RFC 7519 section 4).
  init(parsing json: UnsafeBufferPointer<UInt8>) throws(TokenError) {
    guard let value = try? parseJSON(json, limits: Self.limits),
      let issuer = value["iss"]?.stringValue,
      let audience = value["aud"]?.stringValue,
      let account = value["sub"]?.stringValue.flatMap(UniqueID.init(_:)),
      let tenant = value["tid"]?.stringValue.flatMap(UniqueID.init(_:)),
      let session = value["sid"]?.stringValue.flatMap(UniqueID.init(_:)),
      let issuedAt = value["iat"].flatMap(secondsSince1970),
      let notBefore = value["nbf"].flatMap(secondsSince1970),
      let expiresAt = value["exp"].flatMap(secondsSince1970)
    else { throw .malformed }
    self.init(
      issuer: issuer, audience: audience, account: account, tenant: tenant, session: session,
      issuedAt: issuedAt, notBefore: notBefore, expiresAt: expiresAt)
  }

  private static let limits = JSONLimits(depthMax: 4, bytesMax: 1024, valuesMax: 64)
}

/// Bounded to 2^53, so that leeway and lifetimes can be added without overflow.
private func secondsSince1970(_ value: JSONValue) -> Int? {
  guard let seconds = value.intValue, (0...(1 << 53)).contains(seconds) else { return nil }
  return seconds
}

/// Reads a claims set spelled exactly as `AccessTokenClaims.json` spells it, without allocating.
/// Whatever else it meets, it answers nil and the JSON reader decides.
struct ClaimsScanner {
  private let text: UnsafeRawBufferPointer
  private var offset = 0

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// - Parameter prefix: `jsonPrefix` of the issuer and audience that are expected.
  mutating func claims(
    prefix: [UInt8], issuer: String, audience: String
  ) -> AccessTokenClaims? {
    guard prefix.withUnsafeBytes({ skip($0) }),
      let account = uniqueID(), skip(#"","tid":""#),
      let tenant = uniqueID(), skip(#"","sid":""#),
      let session = uniqueID(), skip(#"","iat":"#),
      let issuedAt = seconds(), skip(#","nbf":"#),
      let notBefore = seconds(), skip(#","exp":"#),
      let expiresAt = seconds(), skip("}"), offset == text.count
    else { return nil }
    return AccessTokenClaims(
      issuer: issuer, audience: audience, account: account, tenant: tenant, session: session,
      issuedAt: issuedAt, notBefore: notBefore, expiresAt: expiresAt)
  }

  private mutating func skip(_ piece: StaticString) -> Bool {
    skip(UnsafeRawBufferPointer(start: piece.utf8Start, count: piece.utf8CodeUnitCount))
  }

  private mutating func skip(_ piece: UnsafeRawBufferPointer) -> Bool {
    guard text.count - offset >= piece.count else { return false }
    for index in 0..<piece.count where text[offset + index] != piece[index] { return false }
    offset += piece.count
    return true
  }

  private mutating func uniqueID() -> UniqueID? {
    guard text.count - offset >= 36 else { return nil }
    defer { offset += 36 }
    return UniqueID(text: UnsafeRawBufferPointer(rebasing: text[offset..<offset + 36]))
  }

  /// One to fifteen digits without a leading zero: below 2^53 and past the year 30 million.
  private mutating func seconds() -> Int? {
    let start = offset
    var value = 0
    while offset < text.count, offset - start < 16,
      case let digit = Int(text[offset]) - Int(UInt8(ascii: "0")), (0...9).contains(digit)
    {
      value = value * 10 + digit
      offset += 1
    }
    guard (1...15).contains(offset - start), text[start] != UInt8(ascii: "0") else { return nil }
    return value
  }
}
