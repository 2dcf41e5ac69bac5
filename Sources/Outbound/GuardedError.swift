// Why a request that an outsider asked us for was not sent, or was not answered: cases with facts,
// each with a word that does not change.

/// Says no address, header or text of the other side: it may be shown to whoever asked.
package enum GuardedError: Error, Sendable, Hashable {
  case url(OutboundURLError)
  /// http, which is for this machine alone, and only where the server allows that.
  case notEncrypted
  /// The name leads, or one of its addresses is, where nobody from outside may send us.
  case addressRefused(AddressKind)
  case nameNotFound
  /// A header field that could be taken for two, or that is the connection's own.
  case headerRefused
  case bodyTooLarge(bytesMax: Int)
  /// So many requests are under way already.
  case busy(requestsMax: Int)
  case timedOut(seconds: Int)
  case answerTooLarge(bytesMax: Int)
  /// The other side sends us somewhere else, where nobody has checked anything.
  case redirected(status: Int)
  /// No connection, no TLS, or one that broke; the kind of failure alone.
  case failed(String)

  /// Stable: for records, webhooks' logs and the people who read them.
  package var reason: String {
    switch self {
    case .url(.malformed): "URL_MALFORMED"
    case .url(.schemeNotAllowed), .notEncrypted: "URL_NOT_HTTPS"
    case .url(.carriesLogin): "URL_CARRIES_LOGIN"
    case .url(.localName), .addressRefused: "ADDRESS_NOT_PUBLIC"
    case .url(.portNotAllowed): "PORT_NOT_ALLOWED"
    case .nameNotFound: "NAME_NOT_FOUND"
    case .headerRefused: "HEADER_REFUSED"
    case .bodyTooLarge: "BODY_TOO_LARGE"
    case .busy: "BUSY"
    case .timedOut: "TIMED_OUT"
    case .answerTooLarge: "ANSWER_TOO_LARGE"
    case .redirected: "REDIRECTED"
    case .failed: "NO_CONNECTION"
    }
  }
}
