// The photo of a profile and the logo of a company outside of GraphQL: bytes do not fit into JSON.
// What is asked for with a token is the person's own, or their company's; what is served is found
// by its name alone.

import Execution
import Hub
import Images
import JSON
package import Postgres
package import Server

/// `PUT /profile/photo`, `DELETE /profile/photo` and `GET /photos/*`.
/// - Parameter publicURL: the server's address as its clients know it.
package func photoRoutes(
  _ actions: ActionRoutes, _ reads: ReadPool, limits: Limits, cors: CORS?,
  publicURL: @escaping @Sendable () -> String
) -> [Route] {
  let allowed = ImageLimits(limits)
  return imageRoutes(
    at: "/profile/photo", actions, limits: allowed, cors: cors,
    keep: { file, context in
      let photo = try await keepPhoto(file, within: allowed.bounds, context)
      return answer("photoUrl", photo, publicURL())
    },
    remove: { context in answer("photoUrl", try await removePhoto(context), publicURL()) })
    + [
      servedImages(
        below: photoFolder, reads, length: photoLength, bytes: photoBytes, cors: cors)
    ]
}

/// `PUT /company/logo`, `DELETE /company/logo` and `GET /logos/*`.
/// - Parameter publicURL: the server's address as its clients know it.
package func logoRoutes(
  _ actions: ActionRoutes, _ reads: ReadPool, limits: Limits, cors: CORS?,
  publicURL: @escaping @Sendable () -> String
) -> [Route] {
  let allowed = ImageLimits(limits)
  return imageRoutes(
    at: "/company/logo", actions, limits: allowed, cors: cors,
    keep: { file, context in
      let logo = try await keepLogo(file, within: allowed.bounds, context)
      return answer("logoUrl", logo, publicURL())
    },
    remove: { context in answer("logoUrl", try await removeLogo(context), publicURL()) })
    + [
      servedImages(below: logoFolder, reads, length: logoLength, bytes: logoBytes, cors: cors)
    ]
}

extension ImageLimits {
  /// Photos and logos have the same.
  fileprivate init(_ limits: Limits) {
    self.init(
      body: BodyLimit(
        bytesMax: limits.photoBytesMax, .photoBytesMax, seconds: limits.photoTimeoutSeconds,
        .photoTimeoutSeconds),
      bounds: ImageBounds(sideMax: limits.photoSideMax, pixelsMax: limits.photoPixelsMax),
      sideLimit: .photoSideMax, pixelsLimit: .photoPixelsMax)
  }
}

/// The two fields of `Profile` or `Company` that have changed, under their names.
private func answer(
  _ field: StaticString, _ image: StoredImage, _ publicURL: String
) -> HTTPResponse {
  var writer = JSONWriter(capacity: 128)
  writer.beginObject()
  writer.key(field)
  if let path = image.path { writer.string(publicURL + path) } else { writer.null() }
  writer.key("revision")
  writer.integer(image.revision)
  writer.endObject()
  var response = HTTPResponse(
    contentType: "application/json; charset=utf-8", body: .bytes(writer.bytes))
  response.add("cache-control", "no-store")
  return response
}
