"""Dates as notes print them, in English and Korean, to 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'."""

from __future__ import annotations

import re

_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?:1[6-9]|20)\d\d"
SEASON = r"(?:Spring|Summer|Autumn|Fall|Winter)"
FULL_DATE = (
    rf"(?:{MONTH}(?:[-–/]{MONTH})? \d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?,? {_YEAR}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? {_YEAR}|"
    rf"{MONTH}(?:[-–/]{MONTH})?,? {_YEAR}|{SEASON} {_YEAR}|{_YEAR}-\d\d-\d\d|{_YEAR}, {MONTH}(?: \d{{1,2}})?|"
    rf"{_YEAR}년(?: ?\d{{1,2}}월(?: ?\d{{1,2}}일)?)?|{_YEAR}\. ?\d{{1,2}}\. ?\d{{1,2}}\.?|{_YEAR}\.\d{{1,2}}\b\.?|"
    rf"{_YEAR} {MONTH}(?: \d{{1,2}})?)"
)
"""A date with more than a year, the longer forms first."""
DATE = rf"(?:{FULL_DATE}|{_YEAR}[a-z]?\b(?![-–/]\d{{4}}))"


def iso(text: str) -> str | None:
    """The date in ISO form as far as it is given; of a range, its beginning.

    >>> iso("April 15, 2025"), iso("Sept. 2024"), iso("2025. 3. 4."), iso("2020a")
    ('2025-04-15', '2024-09', '2025-03-04', '2020')
    """
    year = re.search(_YEAR, text)
    if not year:
        return None
    if numbers := re.search(rf"({_YEAR})\s*[-.년]\s*(\d{{1,2}})(?:\s*[-.월]\s*(\d{{1,2}}))?", text):
        parts = [int(p) for p in numbers.groups() if p]
        if parts[1] <= 12 and (len(parts) < 3 or parts[2] <= 31):
            return "-".join([str(parts[0]), *(f"{p:02d}" for p in parts[1:])])
    month = re.search(MONTH, text)
    if not month:
        return year.group()
    number = _MONTHS[month.group()[:3].lower()]
    rest = text.replace(year.group(), " ", 1)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", rest)
    return f"{year.group()}-{number:02d}" + (f"-{int(day.group(1)):02d}" if day and int(day.group(1)) <= 31 else "")
