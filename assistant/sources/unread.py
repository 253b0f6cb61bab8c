"""What looks like a citation, and is none that the parser can take apart: kept with its words, and said to be unsure, so
that no note vanishes silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.sources.dates import DATE, iso
from assistant.sources.draft import Draft
from assistant.sources.fields import PAGES, pages
from assistant.sources.scan import Scan, parts
from assistant.sources.tails import VERB
from assistant.types import Span

_LONGEST = 300
_YEAR = re.compile(rf"(?:[\s,.(\[]|^){DATE}(?=\s*[),.;:\]]|\s*$|\s+pp?\.|\s+[–—|-]\s)")
_PAGE = re.compile(
    rf"\bpp?\. ?(?P<a>{PAGES})|(?P<b>\d+(?:[-–~]\d+)?)\s?(?:쪽|면)(?=[\s.,;)]|$)|[,:] (?P<c>(?!(?:1[6-9]|20)\d\d\b)\d{{1,4}}(?:[-–]\d{{1,4}})?)\.?$"
)
_ACTS = re.compile(
    r"\b(?:I|we|our|us|this|these|those|it|there|not|because|although|however|when|while|if|than|only|also|since|here|about|between)\b",
    re.IGNORECASE,
)
"""Words of a sentence, and of no citation."""
_KOREAN_ENDING = re.compile(r"(?:다|요|음|임|됨|함)[.\s]*$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def citations_unread(found: Scan, comment: Span) -> Iterator[Draft]:
    """The pieces of a comment that look like citations: names and titles with a year, a page or a quotation, two of
    these at least, and no sentence."""
    for piece in parts(found, comment):
        said, mask = piece.slice(found.text), piece.slice(found.mask)
        page, year = _PAGE.search(mask), _YEAR.search(mask)
        quoted = [q for q in found.quotes_in(piece) if len(_WORD.findall(q.inner.slice(found.text))) > 1]
        if sum(map(bool, (page, year, quoted))) < 2 or not _names(said, mask):
            continue
        draft = Draft(found, piece)
        if year and (date := re.search(DATE, year.group())):
            start = piece.start + year.start() + date.start()
            draft.put("issued", Span(start, start + len(date.group())), iso(date.group()))
        if page and "issued" not in [n for n, s in draft.where if s.start >= piece.start + page.start()]:
            group = next(g for g in ("a", "b", "c") if page[g])
            span = Span(piece.start + page.start(group), piece.start + page.end(group))
            draft.put("locator", span, pages(page[group]))
        draft.doubt("work", "type", "authors", "title")
        yield draft


def _names(said: str, mask: str) -> bool:
    """Whether words name something rather than tell it: most of the longer ones are capitalised, none is a sentence's."""
    if len(said) > _LONGEST or VERB.search(mask) or _ACTS.search(mask) or _KOREAN_ENDING.search(said):
        return False
    outside = [w for w in _WORD.findall(mask) if len(w) > 3 and set(w.casefold()) - set("qu")]
    if not outside or re.match(r"[a-zà-ÿ]", said):
        return False
    telling: int = sum(w[0].isupper() or "가" <= w[0] <= "힣" for w in outside)
    return telling * 5 >= len(outside) * 3
