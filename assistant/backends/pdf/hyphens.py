"""Hyphens at the end of a line: what the file itself says of them."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from typing import Any

import pypdf

from assistant.reading.chars import Hyphen, PageChars


def settle_hyphens(pages: Sequence[PageChars], data: bytes) -> None:
    """Says of each hyphen whether the file means a soft or a real one, where the file knows.

    pdfium shows both alike at the end of a line. A file tells them apart by /ActualText (read
    already) or by mapping the glyph to U+00AD, which only pypdf's text still shows.
    """
    hyphens = [c for page in pages for c in page.chars if c.text == "-"]
    known = {c.hyphen for c in hyphens if c.hyphen}
    unknown = [c for c in hyphens if c.hyphen is None]
    if not unknown:
        return
    if not known and b"/ToUnicode" not in data:
        return
    if known == {"hard"}:
        # The file names its real hyphens: the glyph by itself is the soft one.
        rest: Hyphen = "soft"
    elif known:
        rest = "hard"
    else:
        _settle_by_code_points(pages, data)
        return
    for char in unknown:
        char.hyphen = rest


def _settle_by_code_points(pages: Sequence[PageChars], data: bytes) -> None:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        mapped = [p for p in pages if any(c.text == "-" for c in p.chars) and _maps_soft_hyphen(reader.pages[p.index])]
        if not mapped:
            return
        for page in mapped:
            found = re.findall("[-\u00ad\u2010]", reader.pages[page.index].extract_text())
            chars = [c for c in page.chars if c.text == "-"]
            if len(found) != len(chars) or "\u00ad" not in found:
                continue  # the two readings do not run side by side: leave it to the words
            for char, code in zip(chars, found, strict=True):
                char.hyphen = "soft" if code == "\u00ad" else "hard"
    except Exception:  # pypdf is only a second witness here
        return


def _maps_soft_hyphen(page: Any) -> bool:
    fonts = page.get("/Resources", {}).get("/Font", {})
    for reference in fonts.values():
        table = reference.get_object().get("/ToUnicode")
        if table is not None:
            try:
                if b"00ad" in table.get_object().get_data().lower():
                    return True
            except (AttributeError, zlib.error):
                continue
    return False
