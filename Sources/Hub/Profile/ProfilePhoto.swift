// An uploaded file comes in, and the person has it as their photo, without what it told beside the
// picture; or they have none any more. Refused here, in their language: what is no image.

import Credentials
package import Execution
package import Images
package import Postgres
import SQL

private let keep = PreparedStatement("SELECT photo_url, revision FROM keep_photo($1, $2, $3, $4)")
private let remove = PreparedStatement("SELECT revision FROM remove_photo($1)")

/// Where photos are served.
package let photoFolder = "/photos/"
/// Whether there is a photo of the name $1: its length as text, or null.
package let photoLength = PreparedStatement("SELECT photo_length($1)")
/// The photo of the name $1, or null.
package let photoBytes = PreparedStatement("SELECT photo_bytes($1)", answersBinary: true)

/// Gives the person another photo. One that is the same without its metadata changes nothing.
/// - Throws: `RefusedImage`, and what the database throws.
package func keepPhoto(
  _ file: [UInt8], within bounds: ImageBounds, _ context: ActionContext
) async throws -> StoredImage {
  let member = try context.member()
  let image = try takenImage(file, within: bounds, member.language)
  let kept = try await context.write([
    Query(
      keep,
      [
        member.scope.account, .text(imageName(image.format)), .binary(sha256(image.bytes)),
        .binary(image.bytes),
      ])
  ])[0]
  return StoredImage(path: kept.string(0, 0), revision: kept.integer(0, 1) ?? 0)
}

/// Takes the person's photo away; without one nothing changes.
package func removePhoto(_ context: ActionContext) async throws -> StoredImage {
  let member = try context.member()
  let removed = try await context.write([Query(remove, [member.scope.account])])[0]
  return StoredImage(path: nil, revision: removed.integer(0, 0) ?? 0)
}
