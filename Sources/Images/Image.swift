// The bytes of an uploaded file enter, an image of the same pixels and nothing beside them leaves.
// Refused here: what is neither PNG, JPEG nor WebP by its bytes, what is damaged, what moves, and
// more pixels than the bounds allow, as the header says them. Nothing is ever decoded.

/// A kind of image that every browser shows, told by its first bytes.
package enum ImageFormat: String, CaseIterable, Sendable {
  case png, jpeg, webp

  package var mediaType: String { "image/\(rawValue)" }

  /// The ending of a file's name.
  package var fileExtension: String {
    switch self {
    case .png: "png"
    case .jpeg: "jpg"
    case .webp: "webp"
    }
  }

  /// What the first bytes say; a media type that came along is never asked.
  package init?(of bytes: [UInt8]) {
    if bytes.starts(with: pngSignature) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }
}

/// How much an image may be. What it is made of is bounded as well: a viewer works on each part.
package struct ImageBounds: Sendable, Hashable {
  /// Pixels of the longer side.
  package var sideMax: Int
  /// Width times height.
  package var pixelsMax: Int
  /// Chunks of a PNG or WebP, segments of a JPEG.
  package var partsMax = 20_000
  /// Scans of a progressive JPEG: each costs a viewer as much as the whole picture.
  package var scansMax = 100

  package init(sideMax: Int, pixelsMax: Int) {
    self.sideMax = sideMax
    self.pixelsMax = pixelsMax
  }

  /// Holds what a header says against the bounds, before anything behind it is looked at.
  func check(width: Int, height: Int) throws(ImageRefusal) {
    guard width > 0, height > 0 else { throw .damaged(.size) }
    guard width <= sideMax, height <= sideMax else { throw .sideTooLong(sideMax: sideMax) }
    guard width <= pixelsMax / height else { throw .tooManyPixels(pixelsMax: pixelsMax) }
  }
}

/// An image without metadata. Only `plainImage` makes one.
package struct PlainImage: Sendable, Hashable {
  package let format: ImageFormat
  package let width: Int
  package let height: Int
  package let bytes: [UInt8]
}

/// Why a file is not taken.
package enum ImageRefusal: Error, Sendable, Hashable {
  /// No PNG, JPEG or WebP, or a variety of one that browsers do not show.
  case notSupported
  case damaged(ImageFault)
  /// Frames that follow each other.
  case animated
  case sideTooLong(sideMax: Int)
  case tooManyPixels(pixelsMax: Int)
}

/// What is wrong with a damaged file, for tests and logs.
package enum ImageFault: String, Sendable, Hashable {
  /// It ends before its end.
  case truncated
  /// A width or height of nothing, or two that contradict each other.
  case size
  /// A checksum that does not fit.
  case checksum
  /// A part that is missing, doubled or out of order.
  case order
  /// A part whose content is not what its kind has.
  case content
  /// More parts, or more scans, than any picture needs.
  case tooManyParts
}

/// The same picture without anything that is no picture: no EXIF (where, when and by whom it was
/// taken), no comments, no thumbnails, no profiles, nothing behind its end. Of EXIF one thing is
/// kept, how the camera was held, because the picture would lie on its side without it.
package func plainImage(
  _ bytes: [UInt8], within bounds: ImageBounds
) throws(ImageRefusal) -> PlainImage {
  switch ImageFormat(of: bytes) {
  case .png: try plainPNG(bytes, within: bounds)
  case .jpeg: try plainJPEG(bytes, within: bounds)
  case .webp: try plainWebP(bytes, within: bounds)
  case nil: throw .notSupported
  }
}
