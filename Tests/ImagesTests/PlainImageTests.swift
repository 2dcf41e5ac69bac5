// Real pictures with everything that cameras and programs write beside them: what is left is the
// picture's alone, and what is no whole picture is refused.

import FuzzSupport
import Testing

@testable import Images

struct PlainImageTests {
  @Test(arguments: takenPictures)
  func `what is left holds no word of the metadata, and is taken again as it is`(
    name: String
  ) throws {
    let file = try picture(name)
    let image = try plainImage(file, within: wide)
    #expect((image.width, image.height) == (24, 16))
    #expect(name.hasSuffix(image.format.fileExtension))
    #expect(!image.bytes.contains(run: mark))
    #expect(try plainImage(image.bytes, within: wide) == image)
    #expect(file.contains(run: mark) != name.hasPrefix("plain"), "the file has what is taken out")
  }

  /// What is left of each, by its parts.
  private static let partsLeft: [(String, [String])] = [
    ("rgb.png", ["IHDR", "pHYs", "IDAT", "IEND"]),
    ("turned.png", ["IHDR", "pHYs", "eXIf", "IDAT", "IEND"]),
    ("palette.png", ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]),
    (
      "baseline.jpg",
      ["D8", "E0", "DB", "DB", "C0", "C4", "C4", "C4", "C4", "DA", "D9"]
    ),
    (
      "turned.jpg",
      ["D8", "E0", "E1", "DB", "DB", "C0", "C4", "C4", "C4", "C4", "DA", "D9"]
    ),
    (
      "upright.jpg",
      ["D8", "E0", "DB", "DB", "C0", "C4", "C4", "C4", "C4", "DA", "D9"]
    ),
    ("lossy.webp", ["VP8 "]), ("lossless.webp", ["VP8L"]), ("lossless-alpha.webp", ["VP8L"]),
    ("lossy-alpha.webp", ["VP8X", "ALPH", "VP8 "]), ("turned.webp", ["VP8X", "VP8 ", "EXIF"]),
    ("turned-alpha.webp", ["VP8X", "VP8L", "EXIF"]),
  ]

  @Test(arguments: partsLeft)
  func `its own parts are left`(name: String, left: [String]) throws {
    #expect(parts(of: try plainImage(picture(name), within: wide).bytes) == left)
  }

  @Test func `Adobe's segment stays where the colours hang on it`() throws {
    let left = parts(of: try plainImage(picture("cmyk.jpg"), within: wide).bytes)
    #expect(left.contains("EE"))
    #expect(!left.contains("E2"))
    #expect(!left.contains("FE"))
  }

  @Test func `a progressive JPEG keeps all of its scans`() throws {
    let file = try picture("progressive.jpg")
    let left = parts(of: try plainImage(file, within: wide).bytes)
    #expect(left.count { $0 == "DA" } == 10)
    #expect(left.last == "D9")
  }

  @Test func `what stands behind the end is gone, a second picture too`() throws {
    let image = try plainImage(picture("two-pictures.jpg"), within: wide)
    #expect(parts(of: image.bytes).count { $0 == "D9" } == 1)
    for name in ["plain.png", "plain.jpg", "plain.webp"] {
      let file = try picture(name)
      #expect(try plainImage(file + mark, within: wide) == plainImage(file, within: wide))
    }
  }

  private static let refused: [(String, ImageRefusal)] = [
    ("animated.png", .animated), ("animated.webp", .animated), ("still.gif", .notSupported),
    ("still.bmp", .notSupported), ("still.tiff", .notSupported), ("still.ico", .notSupported),
    ("script.svg", .notSupported), ("page.html", .notSupported), ("empty", .notSupported),
  ]

  @Test(arguments: refused)
  func `what is no still PNG, JPEG or WebP is refused`(name: String, refusal: ImageRefusal) throws {
    let file = try picture(name)
    #expect(throws: refusal) { try plainImage(file, within: wide) }
  }

  @Test(arguments: takenPictures)
  func `wherever it is cut off, it is refused`(name: String) throws {
    let whole = try plainImage(picture(name), within: wide).bytes
    for count in whole.indices {
      #expect(throws: ImageRefusal.self, "\(count)") {
        try plainImage(Array(whole.prefix(count)), within: wide)
      }
    }
  }

  @Test(arguments: takenPictures)
  func `its size is bounded by its header`(name: String) throws {
    let file = try picture(name)
    func bounds(_ side: Int, _ pixels: Int) -> ImageBounds {
      ImageBounds(sideMax: side, pixelsMax: pixels)
    }
    #expect(throws: Never.self) { try plainImage(file, within: bounds(24, 384)) }
    #expect(throws: ImageRefusal.sideTooLong(sideMax: 23)) {
      try plainImage(file, within: bounds(23, 384))
    }
    #expect(throws: ImageRefusal.tooManyPixels(pixelsMax: 383)) {
      try plainImage(file, within: bounds(24, 383))
    }
  }

  @Test(arguments: 0..<8)
  func `whatever the bytes are, what is taken keeps its properties`(seed: UInt64) {
    var taken = 0
    for input in 0..<400 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, input: input)
      let bytes = FuzzTarget.images.input(&generator)
      #expect(FuzzTarget.images.complaints(about: bytes) == [], "\(seed) \(input)")
      if (try? plainImage(bytes, within: wide)) != nil { taken += 1 }
    }
    #expect(taken > 20, "the inputs are not far from pictures")
  }
}
