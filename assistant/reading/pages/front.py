"""The title of a paper and the lines on its authors below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.reading.drafts import Draft
from assistant.reading.pages.headings import Headed, is_date
from assistant.reading.pages.signs import sign_of
from assistant.reading.roles import is_byline, is_finished, names_of

_LARGER = 1.12
"""A title is larger than this part of the body."""
_LINES = 10
_NUMBERED = ("decimal", "roman", "letter", "chapter", "section")
_AFFILIATION = re.compile(
    r"@|\b(?:universit|institut|ministry|department of|school of|college|academy|research cent|bank of|연구원|연구소|대학교|위원회)|\b(?:inc|ltd|gmbh)\b|[‡†]",
    re.IGNORECASE,
)


def name_front(
    drafts: list[Draft], headed: Sequence[tuple[Draft, Headed]], body: float, page_of: Callable[[Draft], int]
) -> list[tuple[Draft, Headed]]:
    """Finds the title, the largest lines at the top of the first page that has text; what follows up to the running
    text, in short lines, is the byline. Gives the headings without them."""
    if not headed:
        return []
    first_page = min(page_of(d) for d, _ in headed)
    if not drafts or page_of(drafts[0]) != first_page:
        return list(headed)
    families = Counter(h.look.family for _, h in headed)
    head = [(d, h.look.size) for d, h in headed if page_of(d) == first_page and not _is_counted(d.text, h, families)]
    largest = max((size for _, size in head), default=0)
    if largest < _LARGER * body:
        return list(headed)
    title = next(d for d, size in head if size == largest)
    at = next(i for i, d in enumerate(drafts) if d is title)
    if sum(len(d.text) for d in drafts[:at] if d.kind == "paragraph") > 600:
        return list(headed)
    title.kind = "title"
    looks = {id(d): h for d, h in headed}
    gone = {id(title)}
    while at + 1 < len(drafts) and id(drafts[at + 1]) in looks and looks[id(drafts[at + 1])].look.size == largest:
        more = drafts.pop(at + 1)
        gone.add(id(more))
        title.append(more, " ")
    front = drafts[at + 1 : at + 1 + _LINES]
    often = Counter(h.look for _, h in headed)
    here = Counter(looks[id(d)].look for d in front if id(d) in looks)
    for draft in front:
        if draft.kind == "heading":
            look = looks[id(draft)].look
            alone = often[look] == here[look]  # no heading of the text is set like it
            names = len(names_of(draft.text))
            told = is_byline(draft.text) or is_date(draft.text) or _AFFILIATION.search(draft.text) is not None
            if not (told or names > 1 or (alone and names)):
                break
            gone.add(id(draft))
        elif draft.kind != "paragraph" or len(draft.text) > 200 or is_finished(draft.text):
            break
        draft.kind = "byline"
    return [(d, h) for d, h in headed if id(d) not in gone]


def _is_counted(text: str, headed: Headed, families: Counter[str]) -> bool:
    """Whether a heading is the first of its number or one of several, and so no title; 'Section 122' alone may be one."""
    family = headed.look.family
    sign = sign_of(text)
    if family.startswith("ko "):
        return sign is not None and sign.count is not None and (sign.count == 1 or families[family] > 1)
    return family in _NUMBERED and (families[family] > 1 or sign is None or sign.count in (1, None))
