// An uploaded file comes in, and the company has it as its logo, without what it told beside the
// picture; or it has none any more.

import Credentials
package import Execution
package import Images
package import Postgres
import SQL

private let keep = PreparedStatement("SELECT logo_url, revision FROM keep_logo($1, $2, $3, $4)")
private let remove = PreparedStatement("SELECT revision FROM remove_logo($1)")

/// Where logos are served.
package let logoFolder = "/logos/"
/// Whether there is a logo of the name $1: its length as text, or null.
package let logoLength = PreparedStatement("SELECT logo_length($1)")
/// The logo of the name $1, or null.
package let logoBytes = PreparedStatement("SELECT logo_bytes($1)", answersBinary: true)

/// Gives the member's company another logo. One that is the same without its metadata changes
/// nothing.
/// - Throws: `RefusedImage`, and what the database throws.
package func keepLogo(
  _ file: [UInt8], within bounds: ImageBounds, _ context: ActionContext
) async throws -> StoredImage {
  let member = try context.member()
  let image = try takenImage(file, within: bounds, member.language)
  let kept = try await context.write([
    Query(
      keep,
      [
        member.scope.tenant, .text(imageName(image.format)), .binary(sha256(image.bytes)),
        .binary(image.bytes),
      ])
  ])[0]
  return StoredImage(path: kept.string(0, 0), revision: kept.integer(0, 1) ?? 0)
}

/// Takes the company's logo away; without one nothing changes.
package func removeLogo(_ context: ActionContext) async throws -> StoredImage {
  let member = try context.member()
  let removed = try await context.write([Query(remove, [member.scope.tenant])])[0]
  return StoredImage(path: nil, revision: removed.integer(0, 0) ?? 0)
}
