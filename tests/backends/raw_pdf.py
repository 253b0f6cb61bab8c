"""PDFs written object by object, for what no program would write."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

PICTURE_SIDE = 40


def line(words: str, x: float = 72, y: float = 600, size: float = 12, font: str = "F1", mode: int = 0) -> str:
    """Operators that show words with their baseline at (x, y)."""
    return f"BT {mode} Tr /{font} {size} Tf {x} {y} Td ({words}) Tj ET\n"


def stream(content: str | bytes, entries: str = "") -> bytes:
    data = content.encode("latin-1") if isinstance(content, str) else content
    return b"<<%s/Length %d>>stream\n" % (entries.encode(), len(data)) + data + b"\nendstream"


def picture(*colors: tuple[int, int, int]) -> bytes:
    """An image of bands of colours, one below the other."""
    rows = b"".join(bytes(colors[k * len(colors) // PICTURE_SIDE]) * PICTURE_SIDE for k in range(PICTURE_SIDE))
    side = f"/Width {PICTURE_SIDE}/Height {PICTURE_SIDE}/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode"
    return stream(zlib.compress(rows), f"/Type/XObject/Subtype/Image{side}")


def raw_pdf(
    content: str,
    *,
    objects: Mapping[int, str | bytes] | None = None,
    resources: str = "",
    page: str = "",
    catalog: str = "",
    trailer: str = "",
    more_pages: Sequence[str] = (),
) -> bytes:
    """A file of one page of 612 by 792 points (and `more_pages` of other content).

    `objects` are numbered from 20 on; `resources`, `page`, `catalog` and `trailer` are further entries.
    """
    contents = [content, *more_pages]
    kids = " ".join(f"{100 + 2 * k} 0 R" for k in range(len(contents)))
    all_objects: dict[int, str | bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}/MediaBox[0 0 612 792]>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        **(objects or {}),
    }
    for k, words in enumerate(contents):
        entries = page if k == 0 else ""
        all_objects[100 + 2 * k] = (
            f"<</Type/Page/Parent 2 0 R/Contents {101 + 2 * k} 0 R"
            f"/Resources<</Font<</F1 3 0 R{_part(resources, 'Font')}>>{_rest(resources, 'Font')}>>{entries}>>"
        )
        all_objects[101 + 2 * k] = stream(words)
    out = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number in sorted(all_objects):
        body = all_objects[number]
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + (body.encode("latin-1") if isinstance(body, str) else body) + b"\nendobj\n"
    top = max(places) + 1
    start = len(out)
    out += b"xref\n0 %d\n" % top
    for number in range(top):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (top, trailer.encode(), start)


def _part(resources: str, name: str) -> str:
    _, found, tail = resources.partition(f"/{name}<<")
    return tail.partition(">>")[0] if found else ""


def _rest(resources: str, name: str) -> str:
    head, found, tail = resources.partition(f"/{name}<<")
    return head + tail.partition(">>")[2] if found else head
