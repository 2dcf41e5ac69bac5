// An uploaded file comes in, and the picture that is kept of it leaves, without what was told
// beside it. Refused here, in the words of the person who chose it: what is no image.

import Credentials
package import Images

/// The image of a person or a company as it stands after a change.
package struct StoredImage: Sendable {
  /// Below the server's public address; nil where there is none.
  package let path: String?
  /// The revision of what it belongs to.
  package let revision: Int
}

/// A file that is not taken.
package struct RefusedImage: Error, Sendable {
  package let refusal: ImageRefusal
  package let message: String
}

func takenImage(
  _ file: [UInt8], within bounds: ImageBounds, _ language: String
) throws(RefusedImage) -> PlainImage {
  do throws(ImageRefusal) {
    return try plainImage(file, within: bounds)
  } catch {
    throw RefusedImage(refusal: error, message: text(for: error).text(in: language))
  }
}

/// A name that nobody guesses: 128 random bits, new with every upload.
func imageName(_ format: ImageFormat) -> String {
  hexadecimal(randomBytes(count: 16)[...]) + "." + format.fileExtension
}
