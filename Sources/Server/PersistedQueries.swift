// Automatically persisted queries: a client sends a hash, and the text with it once; from then on
// the hash is enough. Refused here: a hash that is not kept, and one that is not its text's.

import Credentials
import Execution
import Synchronization

/// The texts that clients sent with their hash, for all event loops at once: a client may meet
/// another loop with its next request. Only documents that were found valid are kept. The lock is
/// held for one look into a dictionary, and not at all for a request without a hash.
final class PersistedQueries: Sendable {
  private let texts: Mutex<LeastRecentlyUsed<String, String>>

  init(limits: Limits) {
    texts = Mutex(
      LeastRecentlyUsed(
        entriesMax: limits.persistedQueriesMax, bytesMax: limits.persistedQueriesBytesMax))
  }

  /// The text, which becomes the most recently used.
  func text(under hash: String) -> String? {
    texts.withLock { $0.value(for: hash) }
  }

  /// - Precondition: the hash is the text's, and the text a valid document.
  func keep(_ text: String, under hash: String) {
    texts.withLock { $0.insert(text, for: hash, bytes: text.utf8.count + hash.utf8.count) }
  }
}

extension Engine {
  /// Puts the text of its document into a request that names it, and holds the one against the
  /// other where it has both. Without a name and without a manifest nothing is done.
  func resolve(_ request: inout GraphQLRequest) throws(RequestError) {
    if let trusted = documents.trusted { return try trusted.resolve(&request) }
    guard let reference = request.reference else { return }
    switch reference {
    case .id:
      // Only a manifest has names; the text is as good as without one.
      if !request.hasText { throw .refused(.persistedQueryNotFound) }
    case .sha256(let hash):
      guard let persistedQueries else { throw .refused(.persistedQueryNotSupported) }
      if request.hasText {
        guard sha256Hexadecimal(request.query) == hash else {
          throw .refused(.persistedQueryHashMismatch)
        }
        request.isKeptUnder = hash
      } else {
        guard let text = persistedQueries.text(under: hash) else {
          throw .refused(.persistedQueryNotFound)
        }
        request.query = text
      }
    }
  }
}

/// The SHA-256 of a text's UTF-8, in lower-case hexadecimal.
func sha256Hexadecimal(_ text: String) -> String {
  var text = text
  let digest = text.withUTF8 { sha256(UnsafeRawBufferPointer($0)) }
  return hexadecimal(digest[...])
}

extension Refusal {
  /// The message is the protocol's: clients look at it before they look at the code.
  static let persistedQueryNotFound = Refusal(.persistedQueryNotFound, "PersistedQueryNotFound")
  /// The same holds here.
  static let persistedQueryNotSupported = Refusal(
    .persistedQueryNotSupported, "PersistedQueryNotSupported")
  static let persistedQueryHashMismatch = Refusal(
    .persistedQueryHashMismatch, "The hash of the persisted query is not the SHA-256 of `query`.")
}
