// The photo of a profile outside of GraphQL: bytes do not fit into JSON. What is asked for with a
// token is the person's own; what is served is found by its name alone.

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
  let allowed = ImageLimits(
    body: BodyLimit(
      bytesMax: limits.photoBytesMax, .photoBytesMax, seconds: limits.photoTimeoutSeconds,
      .photoTimeoutSeconds),
    bounds: ImageBounds(sideMax: limits.photoSideMax, pixelsMax: limits.photoPixelsMax),
    sideLimit: .photoSideMax, pixelsLimit: .photoPixelsMax)
  return imageRoutes(
    at: "/profile/photo", actions, limits: allowed, cors: cors,
    keep: { file, context in
      answer(try await keepPhoto(file, within: allowed.bounds, context), publicURL())
    },
    remove: { context in answer(try await removePhoto(context), publicURL()) })
    + [
      servedImages(
        below: photoFolder, reads, length: photoLength, bytes: photoBytes, cors: cors)
    ]
}

/// The two fields of `Profile` that have changed, under their names.
private func answer(_ photo: ProfilePhoto, _ publicURL: String) -> HTTPResponse {
  var writer = JSONWriter(capacity: 128)
  writer.beginObject()
  writer.key("photoUrl")
  if let path = photo.path { writer.string(publicURL + path) } else { writer.null() }
  writer.key("revision")
  writer.integer(photo.revision)
  writer.endObject()
  var response = HTTPResponse(
    contentType: "application/json; charset=utf-8", body: .bytes(writer.bytes))
  response.add("cache-control", "no-store")
  return response
}
