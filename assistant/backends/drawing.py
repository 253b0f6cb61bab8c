"""Pages as pictures: what a reader sees, with places marked on it."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from assistant.backends.pdf import one_line, open_pdf
from assistant.errors import ParseError
from assistant.types import Box

MAX_RENDER_SIDE = 4_000
"""Pixels: a hostile page box must not ask for a picture of gigabytes."""


def render_page(data: bytes, index: int, scale: float = 1.5, boxes: Sequence[Box] = ()) -> bytes:
    """The page as a PNG, `boxes` (points from its top left) marked as with a highlighter."""
    pdf = open_pdf(data, "the file")
    try:
        if not 0 <= index < len(pdf):
            raise ParseError(f"the file has no page {index + 1}: it has {len(pdf)}")
        page = pdf[index]
        width, height = page.get_size()
        scale = min(scale, MAX_RENDER_SIDE / max(width, height, 1.0))
        image = page.render(scale=scale).to_pil().convert("RGB")
    except ParseError:
        raise
    except Exception as exc:
        raise ParseError(f"page {index + 1} cannot be drawn ({one_line(exc)})") from exc
    finally:
        pdf.close()
    if boxes:
        marker = Image.new("RGB", image.size, "white")
        draw = ImageDraw.Draw(marker)
        for box in boxes:
            corners = (box.left * scale - 1, box.top * scale - 1, box.right * scale + 1, box.bottom * scale + 1)
            if corners[0] < corners[2] and corners[1] < corners[3]:
                draw.rectangle(corners, fill=(255, 232, 120))
        # Multiplying keeps the letters black under the colour, as a highlighter does.
        image = ImageChops.multiply(image, marker)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
