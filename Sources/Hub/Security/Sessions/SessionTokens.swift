// A session in the database comes in; the tokens that a client goes on with leave, in the body or
// in a cookie.

import Credentials
import Execution
import JSON

/// An open session of a member.
struct OpenSession {
  let account: UniqueID
  let tenant: UniqueID
  let session: UniqueID
}

/// Where the refresh token goes.
enum TokenDelivery {
  case body
  case cookie
}

extension HubServices {
  /// The payload of a sign-in that succeeded.
  /// - Parameters:
  ///   - refreshToken: nil where the client keeps the one it has.
  ///   - device: given to whoever has just proved who they are.
  func signedIn(
    _ open: OpenSession, refreshToken: RefreshToken?, device: DeviceToken? = nil,
    _ delivery: TokenDelivery, now: Int
  ) -> ActionOutcome {
    let claims = tokens.claims(
      account: open.account, tenant: open.tenant, session: open.session, now: now,
      lifetimeSeconds: lifetimes.accessTokenSeconds)
    var inBody = JSONValue.null
    var deviceInBody = JSONValue.null
    var facts: [ResponseFact] = []
    if let refreshToken {
      switch delivery {
      case .body: inBody = .string(refreshToken.text)
      case .cookie:
        facts.append(
          .setRefreshCookie(token: refreshToken.text, secondsMax: lifetimes.idleSeconds))
      }
    }
    if let device {
      switch delivery {
      case .body: deviceInBody = .string(device.text)
      case .cookie:
        facts.append(.setDeviceCookie(token: device.text, secondsMax: lifetimes.deviceSeconds))
      }
    }
    let session = JSONValue.object([
      JSONMember(name: "accessToken", value: .string(tokens.sign(claims))),
      JSONMember(name: "refreshToken", value: inBody),
      JSONMember(name: "deviceToken", value: deviceInBody),
      JSONMember(name: "expiresAt", value: .string(instant(claims.expiresAt))),
    ])
    return ActionOutcome(payload: ["session": session, "companies": .array([])], facts: facts)
  }
}

/// A sign-in that did not open a session.
func notSignedIn(
  _ violation: RuleViolation, field: [String], language: String, companies: [JSONValue] = [],
  facts: [ResponseFact] = []
) -> ActionOutcome {
  ActionOutcome(
    payload: ["companies": .array(companies)],
    userErrors: [UserError(violation, field: field, language: language)], facts: facts)
}

extension UserError {
  init(
    _ violation: RuleViolation, field: [String], language: String, obstacles: [JSONValue] = []
  ) {
    self.init(
      code: violation.code, message: Hub.message(for: violation, language: language), field: field,
      obstacles: obstacles)
  }
}

/// Seconds since 1970 as RFC 3339 in UTC, with microseconds as everywhere in the schema.
func instant(_ seconds: Int) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  let second = seconds - days * 86_400
  // The civil date of a day number, counted in eras of 400 years that begin on 1 March.
  let shifted = days + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra =
    (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return "\(year)-\(two(month))-\(two(day))"
    + "T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)).000000Z"
}

extension UniqueID {
  /// The company that the database says a session is in; null is none: all zero, as in the access
  /// token. Nil for what is no uuid.
  init?(ofTenant text: String?) {
    guard let text else {
      self = .zero
      return
    }
    self.init(text)
  }
}
