"""Rows of text as CSV for a spreadsheet, in which nothing foreign acts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from assistant.render import plain
from assistant.types import Citation

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212", "|", "%")
_INNER = re.compile(rf"(;\s*)(?=[{re.escape(''.join(_FORMULA))}])")
"""Where a spreadsheet that parts cells by semicolons would begin one."""
_NUMBER = re.compile(r"-\d+(?:\.\d+)?")


def csv_file(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark in front, by which Excel knows Korean. No cell can be taken for a formula: all are quoted, and
    where one begins as such (behind a semicolon too), an apostrophe stands in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([spreadsheet_cell(str(value)) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def spreadsheet_cell(text: str) -> str:
    """One line that a spreadsheet takes for text; a negative number stays one.

    >>> spreadsheet_cell("=1+1"), spreadsheet_cell("-3.5"), spreadsheet_cell("a; =b")
    ("'=1+1", '-3.5', "a; '=b")
    """
    text = _INNER.sub(r"\1'", " ".join(plain(text).split()))
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def page_column(c: Citation) -> str:
    """The page of a citation as printed, else its number in the file; '' where there are no pages."""
    return "" if c.page_index is None else c.page_label or f"{c.page_index + 1} of the file"
