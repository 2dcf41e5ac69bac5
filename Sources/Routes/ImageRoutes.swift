// Files of images come in and go out: the routes to give one, to take it away and to look at it.
// Whose image it is and where it is kept, the domain says.

package import Execution
import Hub
package import Images
import NIOCore
import NIOHTTP1
package import Postgres
import SQL
package import Server

/// What may be uploaded, with the names of the limits.
package struct ImageLimits: Sendable {
  package let body: BodyLimit
  package let bounds: ImageBounds
  package let sideLimit: LimitName
  package let pixelsLimit: LimitName

  package init(
    body: BodyLimit, bounds: ImageBounds, sideLimit: LimitName, pixelsLimit: LimitName
  ) {
    self.body = body
    self.bounds = bounds
    self.sideLimit = sideLimit
    self.pixelsLimit = pixelsLimit
  }
}

/// PUT takes a file in place of the image that is there, DELETE takes that away. Both answer with
/// what then stands. The file is the body itself, whatever `Content-Type` says of it.
package func imageRoutes(
  at path: String, _ actions: ActionRoutes, limits: ImageLimits, cors: CORS?,
  keep: @escaping @Sendable ([UInt8], ActionContext) async throws -> HTTPResponse,
  remove: @escaping @Sendable (ActionContext) async throws -> HTTPResponse
) -> [Route] {
  [
    actions.route(
      .PUT, path, access: accessOfEndpoint("PUT \(path)"), body: limits.body, cors: cors
    ) { request, context in
      if let encoding = request.headers.first(name: "content-encoding"),
        encoding.lowercased() != "identity"
      {
        throw Server.Refusal(.unsupportedMediaType, "The body is sent as it is, not compressed.")
      }
      do {
        return try await keep(Array(request.body.readableBytesView), context)
      } catch let refused as RefusedImage {
        throw refusal(of: refused, limits)
      }
    },
    actions.route(
      .DELETE, path, access: accessOfEndpoint("DELETE \(path)"), cors: cors
    ) { _, context in
      try await remove(context)
    },
  ]
}

private func refusal(of refused: RefusedImage, _ limits: ImageLimits) -> Server.Refusal {
  switch refused.refusal {
  case .notSupported: Server.Refusal(.imageNotSupported, refused.message)
  case .damaged: Server.Refusal(.imageDamaged, refused.message)
  case .animated: Server.Refusal(.imageAnimated, refused.message)
  case .sideTooLong: Server.Refusal(.imageTooLarge, refused.message, limit: limits.sideLimit)
  case .tooManyPixels: Server.Refusal(.imageTooLarge, refused.message, limit: limits.pixelsLimit)
  }
}

/// Serves images by their names, which are never used again for another one: so a name is a tag,
/// and caches may keep what it names for good. The server itself knows at once what is gone.
/// - Parameters:
///   - folder: such as `/photos/`.
///   - length: a statement that answers whether there is an image of the name $1, by its length
///     as text.
///   - bytes: a statement that answers the image itself, in binary.
package func servedImages(
  below folder: String, _ reads: ReadPool, length: PreparedStatement, bytes: PreparedStatement,
  cors: CORS?
) -> Route {
  Route(.GET, folder + "*", cors: cors) { request, responder in
    let name = String(request.path.dropFirst(folder.count))
    guard let format = imageFormat(ofName: name) else { return responder.refuse(.notFound) }
    let tag = "\"\(name)\""
    let isHeld = isHeld(tag, by: request.headers["if-none-match"])
    let batch = Batch([Query(isHeld ? length : bytes, [.text(name)])])
    reads.submit(batch) { result in
      switch result {
      case .failure(let error):
        let failure = Failure(error)
        responder.refuse(failure.refusal, privateDetail: failure.privateDetail)
      case .success(let rows):
        guard let found = rows.first, !found.isEmpty, !found.isNull(0, 0) else {
          return responder.refuse(.notFound)
        }
        var response = HTTPResponse(status: isHeld ? .notModified : .ok)
        response.addImageFields(tag)
        if !isHeld {
          response.contentType = format.mediaType
          response.body = .buffer(image(found))
        }
        responder.respond(response)
      }
    }
  }
}

/// The one copy that is made of an image on its way from libpq's memory to the socket.
private func image(_ rows: Rows) -> ByteBuffer {
  rows.withBytes(0, 0) { bytes in bytes.map { ByteBuffer(bytes: $0) } ?? ByteBuffer() }
}

/// The kind that a name ends in; nil where no image can have such a name.
private func imageFormat(ofName name: String) -> ImageFormat? {
  let parts = name.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count == 2, parts[0].utf8.count == 32,
    parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
  else { return nil }
  return ImageFormat.allCases.first { $0.fileExtension == parts[1] }
}

extension HTTPResponse {
  /// Whatever the bytes are, a browser takes them for an image of this kind and for nothing else;
  /// pages of other sites may show it.
  fileprivate mutating func addImageFields(_ tag: String) {
    add("etag", tag)
    add("cache-control", "public, max-age=31536000, immutable")
    add("x-content-type-options", "nosniff")
    add("content-security-policy", "default-src 'none'; sandbox")
    add("cross-origin-resource-policy", "cross-origin")
  }
}
