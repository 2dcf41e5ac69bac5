"""Pictures as cameras and programs write them, made by Pillow: full of what nobody should be told.

`python Tests/EndToEnd/pictures.py FOLDER` writes each of them, for the tests in Swift.
"""

import io
import pathlib
import sys

from PIL import Image, ImageCms, PngImagePlugin

# Stands in everything that is no picture, and in nothing that is.
MARK = b"MARKED-SECRET"
TEXT = MARK.decode()
WIDTH, HEIGHT = 24, 16


def picture(mode="RGB"):
    """Colours that differ everywhere, with transparent places where the mode has them."""
    image = Image.new("RGBA", (WIDTH, HEIGHT))
    image.putdata(
        [
            ((x * 10) % 256, (y * 15) % 256, (x * y) % 256, 255 if (x + y) % 3 else 60)
            for y in range(HEIGHT)
            for x in range(WIDTH)
        ]
    )
    return image.convert(mode)


def exif(orientation=None):
    """Where, when and by whom a picture was taken."""
    facts = Image.Exif()
    facts[0x010F] = f"{TEXT} camera"
    facts[0x013B] = f"{TEXT} artist"
    facts[0x9286] = f"{TEXT} comment"
    places = facts.get_ifd(0x8825)
    places[1], places[2] = "N", (4.0, 35.0, 53.0)
    places[3], places[4] = "W", (74.0, 4.0, 33.0)
    places[0x1B] = MARK + b" street"
    if orientation:
        facts[0x0112] = orientation
    return facts.tobytes()


def profile():
    """An ICC profile that tells whose screen it is of."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = made.index("copyright".encode("utf-16-be"))
    return made[:at] + MARK + made[at + len(MARK) :]


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{TEXT}</a></x:xmpmeta>'.encode()


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png(mode, orientation=None, **options):
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", TEXT)
    texts.add_text("Author", TEXT * 30, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    texts.add(b"prVt", MARK)
    return saved(
        picture(mode), "PNG", pnginfo=texts, exif=exif(orientation), icc_profile=profile(),
        dpi=(72, 72), **options,
    ) + MARK


def jpeg(mode="RGB", orientation=None, **options):
    return saved(
        picture(mode), "JPEG", exif=exif(orientation), icc_profile=profile(), comment=MARK,
        xmp=XMP, dpi=(72, 72), **options,
    ) + MARK


def webp(mode="RGB", orientation=None, **options):
    return saved(
        picture(mode), "WEBP", exif=exif(orientation), icc_profile=profile(), xmp=XMP, **options
    ) + MARK


def frames():
    return [picture("RGBA").rotate(turn) for turn in (90, 180)]


def palette():
    return picture("RGB").quantize(40)


TAKEN = {
    "rgb.png": lambda: png("RGB"),
    "rgba.png": lambda: png("RGBA"),
    "gray.png": lambda: png("L"),
    "gray-alpha.png": lambda: png("LA"),
    "one-bit.png": lambda: png("1"),
    "sixteen-bits.png": lambda: png("I;16"),
    "turned.png": lambda: png("RGB", orientation=6),
    "palette.png": lambda: saved(palette(), "PNG", transparency=7, exif=exif()),
    "plain.png": lambda: saved(picture("RGB"), "PNG"),
    "baseline.jpg": lambda: jpeg(),
    "turned.jpg": lambda: jpeg(orientation=6),
    "mirrored.jpg": lambda: jpeg(orientation=2),
    "upright.jpg": lambda: jpeg(orientation=1),
    "progressive.jpg": lambda: jpeg(progressive=True),
    "gray.jpg": lambda: jpeg("L"),
    "cmyk.jpg": lambda: jpeg("CMYK"),
    "restarts.jpg": lambda: jpeg(restart_marker_blocks=1),
    "full-colour.jpg": lambda: jpeg(subsampling=0, quality=95, optimize=True),
    "two-pictures.jpg": lambda: saved(
        picture(), "MPO", save_all=True, append_images=[picture().rotate(180)], exif=exif(),
    ),
    "plain.jpg": lambda: saved(picture(), "JPEG"),
    "lossy.webp": lambda: webp(),
    "lossy-alpha.webp": lambda: webp("RGBA"),
    "lossless.webp": lambda: webp(lossless=True),
    "lossless-alpha.webp": lambda: webp("RGBA", lossless=True),
    "turned.webp": lambda: webp(orientation=8),
    "turned-alpha.webp": lambda: webp("RGBA", orientation=3, lossless=True),
    "plain.webp": lambda: saved(picture(), "WEBP"),
    "plain-lossless.webp": lambda: saved(picture(), "WEBP", lossless=True),
}

# By the code of the refusal.
REFUSED = {
    "animated.png": (
        "IMAGE_ANIMATED",
        lambda: saved(picture("RGBA"), "PNG", save_all=True, append_images=frames()),
    ),
    "animated.webp": (
        "IMAGE_ANIMATED",
        lambda: saved(picture("RGBA"), "WEBP", save_all=True, append_images=frames()),
    ),
    "still.gif": ("IMAGE_NOT_SUPPORTED", lambda: saved(picture(), "GIF")),
    "still.bmp": ("IMAGE_NOT_SUPPORTED", lambda: saved(picture(), "BMP")),
    "still.tiff": ("IMAGE_NOT_SUPPORTED", lambda: saved(picture(), "TIFF")),
    "still.ico": ("IMAGE_NOT_SUPPORTED", lambda: saved(picture(), "ICO")),
    "script.svg": (
        "IMAGE_NOT_SUPPORTED",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n',
    ),
    "page.html": ("IMAGE_NOT_SUPPORTED", lambda: b"<!doctype html><script>alert(1)</script>\n"),
    "empty": ("IMAGE_NOT_SUPPORTED", lambda: b""),
}


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name, make in TAKEN.items():
        (folder / name).write_bytes(make())
    for name, (_, make) in REFUSED.items():
        (folder / name).write_bytes(make())
