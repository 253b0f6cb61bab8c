"""Pictures of text as files of their own: PNG, JPEG and TIFF scans, each picture in them a page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Protocol

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from assistant.backends.ocr.tesseract import RecognisedChars, RecognitionError, Tesseract
from assistant.errors import ParseError
from assistant.reading import FileFacts, read_pages
from assistant.reading.chars import PageChars
from assistant.types import Document, Work

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff"}
MAX_PAGES = 300
MAX_PIXELS = 120_000_000
"""Of one picture: A3 at 600 dpi has 70 million."""
A4_WIDTH = 595.0
"""Points. What a picture that does not say its size is taken to be wide (or high, where it is broad)."""


class Recogniser(Protocol):
    """What reads a picture of a page: `Tesseract`, or what a test puts in its place."""

    def recognise(self, image: Image.Image, width: float, height: float) -> RecognisedChars: ...


class ImageParser:
    """Reads a picture of text, or a file of several, into a Document of recognised text."""

    def __init__(self, recogniser: Recogniser | Tesseract | None, max_pages: int = MAX_PAGES) -> None:
        self._recogniser = recogniser
        self._max_pages = max_pages

    def parse(self, data: bytes, work: Work) -> Document:
        name = work.id or "the file"
        if self._recogniser is None:
            raise ParseError(f"{name} is a picture: install tesseract-ocr (and tesseract-ocr-kor) to have it read")
        try:
            return self._parse(data, work, name, self._recogniser)
        except ParseError:
            raise
        except Image.DecompressionBombError as exc:
            raise ParseError(f"{name} is a picture too large to be read: make it smaller") from exc
        except UnidentifiedImageError as exc:
            raise ParseError(f"{name} is not a picture that can be read: save it anew as PNG, JPEG or TIFF") from exc
        except MemoryError as exc:
            raise ParseError(f"{name} asks for more memory than there is: make the picture smaller") from exc
        except Exception as exc:
            why = " ".join(str(exc).split())[:120] or type(exc).__name__
            raise ParseError(f"{name} cannot be read as a picture ({why}): save it anew") from exc

    def _parse(self, data: bytes, work: Work, name: str, recogniser: Recogniser) -> Document:
        pages: list[PageChars] = []
        notices: list[str] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own on large pictures: the bound here is ours
            with Image.open(io.BytesIO(data), formats=list(MEDIA_TYPES)) as file:
                media_type = MEDIA_TYPES.get(file.format or "", "image/png")
                total = int(getattr(file, "n_frames", 1))
                if total > self._max_pages:
                    notices.append(f"only the first {self._max_pages:,} of {total:,} pictures were read")
                for index, image in enumerate(_frames(file, self._max_pages, name)):
                    width, height = _points(image)
                    page = PageChars(index, width, height)
                    pages.append(page)
                    try:
                        chars = recogniser.recognise(image, width, height)
                    except RecognitionError as exc:
                        notices.append(f"page {index + 1} could not be read: {exc}")
                        continue
                    page.chars, page.turned, page.rulings = chars, chars.turned, chars.rulings
                    if not chars:
                        notices.append(f"page {index + 1} is a picture without text")
        if not any(page.chars for page in pages):
            raise ParseError(f"{name} has no text ({'; '.join(notices[:3])})")
        return read_pages(pages, work, FileFacts(media_type=media_type, warnings=tuple(notices)))


def page_image(data: bytes, index: int) -> tuple[Image.Image, float, float]:
    """One picture of a file, the right way up, with its width and height in points. Raises ParseError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=list(MEDIA_TYPES)) as file:
                for number, image in enumerate(_frames(file, MAX_PAGES, "the file")):
                    if number == index:
                        return image.convert("RGB"), *_points(image)
    except ParseError:
        raise
    except Exception as exc:
        why = " ".join(str(exc).split())[:120] or type(exc).__name__
        raise ParseError(f"page {index + 1} cannot be drawn ({why})") from exc
    raise ParseError(f"the file has no page {index + 1}")


def _frames(file: Image.Image, most: int, name: str) -> Iterator[Image.Image]:
    """The pictures of a file, the right way up, each within the bound before it is unpacked."""
    for index, frame in enumerate(ImageSequence.Iterator(file)):
        if index >= most:
            return
        if frame.width * frame.height > MAX_PIXELS:
            raise ParseError(
                f"{name} is a picture too large to be read ({frame.width:,} by {frame.height:,} pixels): make it smaller"
            )
        yield ImageOps.exif_transpose(frame)


def _points(image: Image.Image) -> tuple[float, float]:
    """Width and height in points: by the resolution that the file states, if that makes a sheet of paper."""
    told = image.info.get("dpi")
    try:
        across, down = (float(told[0]), float(told[1])) if told else (0.0, 0.0)
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        across = down = 0.0
    if across > 0 and down > 0:
        width, height = image.width * 72 / across, image.height * 72 / down
        if min(width, height) >= 200 and max(width, height) <= 2_000:
            return width, height
    short = min(image.width, image.height)
    scale = A4_WIDTH / short
    return image.width * scale, min(image.height * scale, 20_000.0)
