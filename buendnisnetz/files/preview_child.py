"""Draws a small picture of a foreign file, in a process of its own that may be killed.

Run as ``python -m buendnisnetz.files.preview_child SOURCE TARGET SECONDS MEGABYTES``. It imports
nothing of ours, limits itself before it opens anything, and writes a fresh picture: nothing of the
foreign file but its pixels comes out. Exit code 0: drawn; anything else: not.
"""

import resource
import sys
import warnings
from pathlib import Path

EDGE = 480
# A picture that says it is larger than this is a bomb, or of no use as a preview.
LARGEST_PIXELS = 60_000_000
_PICTURES = ("PNG", "JPEG", "WEBP", "GIF")


def main(source: str, target: str, seconds: str, megabytes: str) -> int:
    _limit(int(seconds), int(megabytes))
    # Only after the limits: loading and opening count as well.
    from PIL import Image, ImageOps  # noqa: PLC0415 -- see above

    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    if Path(source).read_bytes()[:5] == b"%PDF-":
        picture = _first_page(source)
    else:
        picture = ImageOps.exif_transpose(Image.open(source, formats=_PICTURES))
    picture.thumbnail((EDGE, EDGE))
    # Pixels only: no place, no camera, no comment.
    clean = Image.new("RGB", picture.size, "white")
    shown = picture.convert("RGBA")
    clean.paste(shown, mask=shown.getchannel("A"))
    clean.save(target, "WEBP", quality=75)
    return 0


def _limit(seconds: int, megabytes: int) -> None:
    memory = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    # Core dumps of foreign content would lie around.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _first_page(source: str):  # type: ignore[no-untyped-def]  # neither library is typed
    # Only for PDF, and only within the limits.
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    document = pypdfium2.PdfDocument(source)
    page = document[0]
    width, height = page.get_size()
    # A page may claim to be a mile wide; what is drawn stays small whatever it claims.
    return page.render(scale=EDGE / max(width, height, 1)).to_pil()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
