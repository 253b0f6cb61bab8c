"""Which paragraphs are headings: by size and weight; by italics, capitals, number or place where these recur; and by
the file's own outline, which is believed before all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.reading.assembly import Heading
from assistant.reading.pages.layout import Para
from assistant.reading.pages.signs import Sign, is_only_sign, sign_of
from assistant.reading.roles import (
    begins_inside,
    bullet_of,
    caption_of,
    heads_notes,
    is_finished,
    is_source,
    note_number,
)

LARGER = 1.06
"""A heading by size is larger than this part of the body."""
_LONGEST = 250
_LONGEST_WEAK = 120
_DATE = re.compile(
    r"(?:\d{1,2}\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b[\s\d,–-]*|"
    r"\d{4}\s?[.년]\s?\d{1,2}\s?[.월]?(?:\s?\d{1,2}\s?[.일]?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading is set; headings of one look and kind of number are of one level."""

    size: float
    bold: bool
    italic: bool
    capitals: bool
    centred: bool
    family: str
    depth: int


@dataclass(frozen=True, slots=True)
class Headed:
    """A paragraph that is a heading. `level` where the file's outline says it."""

    look: Look
    level: int | None = None


@dataclass(eq=False)
class _Spot:
    """A paragraph with what stands around it."""

    para: Para
    before: Para | None
    after: Para | None
    body: float
    gap: float
    """The usual distance of two paragraphs."""

    @property
    def text(self) -> str:
        return self.para.text

    @property
    def same_zone_before(self) -> bool:
        return self.before is not None and self.before.zone is self.para.zone and self.before.page == self.para.page

    @property
    def room_above(self) -> float:
        """How far the paragraph before it stands; much where there is none in its zone."""
        if not self.same_zone_before or self.before is None:
            return 100.0
        return self.para.top - self.before.bottom

    @property
    def sign(self) -> Sign | None:
        return sign_of(self.text)


def outlined(sheets: Sequence[Sequence[Para]], outline: Sequence[Heading]) -> tuple[list[list[Para]], dict[int, int]]:
    """The paragraphs with those parted whose first lines the outline names, and the level of each that it names."""
    levels: dict[int, int] = {}
    parted = [list(sheet) for sheet in sheets]
    wanted: dict[int, list[Heading]] = {}
    for heading in outline:
        if heading.page is not None and _bare(heading.title):
            wanted.setdefault(heading.page, []).append(heading)
    for sheet in parted:
        if not sheet:
            continue
        for heading in wanted.get(sheet[0].page, ()):
            found = _named(sheet, heading, levels)
            if found is None:
                continue
            at, first, end = found
            lines, zone = sheet[at].lines, sheet[at].zone
            named = Para(lines[first:end], zone) if end - first < len(lines) else sheet[at]
            around = [Para(part, zone) if part else None for part in (lines[:first], lines[end:])]
            sheet[at : at + 1] = [p for p in (around[0], named, around[1]) if p is not None]
            levels[id(named)] = heading.level
    return parted, levels


def _named(sheet: Sequence[Para], heading: Heading, taken: dict[int, int]) -> tuple[int, int, int] | None:
    """Which paragraph an entry of the outline names, and from which to which of its lines."""
    title = _bare(heading.title)
    words = _bare(_unnumbered(heading.title))
    found: list[tuple[float, int, int, int]] = []
    for at, para in enumerate(sheet):
        if para.lines[0].grid is not None or para.zone.contents or id(para) in taken:
            continue
        for first, start in enumerate(para.lines):
            so_far = ""
            for end, line in enumerate(para.lines[first : first + 4], first + 1):
                so_far += line.text
                bare = _bare(so_far)
                if bare and (bare in (title, words) or (words and _bare(_unnumbered(so_far)) == words)):
                    distance = abs(start.top - heading.top) if heading.top is not None else float(at)
                    found.append((distance, at, first, end))
                if len(bare) > len(title) + 12:
                    break
    return min(found)[1:] if found else None


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _unnumbered(text: str) -> str:
    sign = sign_of(text.strip())
    return text.strip()[sign.end :] if sign else text


def headings_of(sheets: Sequence[Sequence[Para]], body: float, levels: dict[int, int]) -> dict[int, Headed]:
    """By the id of its paragraph every heading. `levels`: those that the outline names."""
    spots = list(_spots(sheets, body))
    found: dict[int, Headed] = {}
    for spot in spots:
        if id(spot.para) in levels:
            found[id(spot.para)] = Headed(_look(spot), levels[id(spot.para)])
        elif _may_head(spot) and _is_strong(spot):
            found[id(spot.para)] = Headed(_look(spot))
    weak = [s for s in spots if id(s.para) not in found and _may_head(s) and _is_weak(s)]
    looks = Counter(_look(s) for s in weak)
    counted = _counted(weak)
    most = 0.4 * len(spots)
    chosen: dict[int, Headed] = {}
    for spot in reversed(weak):  # a heading may be followed by another one: the inner is known first
        look = _look(spot)
        if _leads(spot, found, chosen) and _recurs(spot, look, looks, counted, most):
            chosen[id(spot.para)] = Headed(look)
    return found | chosen


def _spots(sheets: Sequence[Sequence[Para]], body: float) -> Iterator[_Spot]:
    every = [para for sheet in sheets for para in sheet]
    gaps = [
        below.top - above.bottom
        for above, below in pairwise(every)
        if above.zone is below.zone and len(above.lines) > 1 and len(below.lines) > 1 and _is_prose(below, body)
    ]
    # The lower quarter: lists and quotes stand farther apart than the paragraphs do.
    gap = sorted(gaps)[len(gaps) // 4] if gaps else 0.3 * body
    for position, para in enumerate(every):
        if para.lines[0].grid is None:
            before = every[position - 1] if position else None
            after = every[position + 1] if position + 1 < len(every) else None
            yield _Spot(para, before, after, body, gap)


def _is_prose(para: Para, body: float) -> bool:
    return para.lines[0].grid is None and abs(para.size - body) < 0.1 * body and len(para.text) > 60


def _is_ended(text: str) -> bool:
    """Whether the paragraph ends as a sentence does, note marks apart."""
    return is_finished(text.rstrip("0123456789¹²³⁴⁵⁶⁷⁸⁹⁰,)]*† "))


def _may_head(spot: _Spot) -> bool:
    para, text = spot.para, spot.text
    if (
        para.zone.contents
        or para.lines[0].starts_raised
        or len(para.lines) > 4
        or len(text) > _LONGEST
        or not any(c.isalpha() for c in text)
    ):
        return False
    if text[-1] in ",;" or caption_of(text, para.bold) is not None or is_source(text):
        return False
    return any(len(word) > 1 for word in re.findall(r"[^\W\d_]+", text))


def _is_strong(spot: _Spot) -> bool:
    para, text, body = spot.para, spot.text, spot.body
    larger = para.size > LARGER * body
    if not larger and not (para.bold and para.size > 0.94 * body):
        return False
    if not larger and text[-1] == "." and len(text) > 60:
        return False
    if larger and not para.bold and len(text) > 60 and text.rstrip("”\"’')")[-1:] in ".!?" and spot.sign is None:
        return False  # a pull quote, or a paragraph that leads in the text
    if larger and not para.bold and text[-1] in ".!" and len(text.split()) > 4 and spot.sign is None:
        return False
    if para.zone.apart and len(para.lines) > 1 and larger:
        return False
    return larger or not bullet_of(text) or (len(text) < 60 and text[0] in "□■◆◇▣" and not is_finished(text))


def _is_weak(spot: _Spot) -> bool:
    """Set as the text is, or nearly: what tells is italics, capitals, a number or the room around it."""
    para, text = spot.para, spot.text
    if not 0.8 * spot.body < para.size <= LARGER * spot.body or len(para.lines) > 2 or len(text) > _LONGEST_WEAK:
        return False
    if para.zone.apart or begins_inside(text) or bullet_of(text) or text[-1] in ".:!?。" or _DATE.fullmatch(text):
        return False
    if re.search(r"[가-힣]다$", text) or "@" in text or "://" in text:
        return False
    if len(para.lines) > 1 and para.lines[0].starts[1:]:
        return False
    if spot.before is not None and spot.same_zone_before and not _is_ended(spot.before.text):
        runs_on = _is_prose(spot.before, spot.body) and spot.before.fills_last_line
        if runs_on and spot.room_above < spot.gap + 0.5 * spot.body:
            return False
    return True


def _leads(spot: _Spot, found: dict[int, Headed], chosen: dict[int, Headed]) -> bool:
    """Whether running text or another heading, of another kind, comes behind it."""
    after, before = spot.after, spot.before
    if after is None or after.lines[0].grid is not None:
        return False
    if heads_notes(spot.text) and note_number(after.text) is not None:
        return True
    if spot.sign is not None and before is not None and len(before.text) < _LONGEST_WEAK:
        other = sign_of(before.text)
        if other is not None and (other.family, other.depth) == (spot.sign.family, spot.sign.depth):
            return False  # the last item of a list
    if id(after) in found or id(after) in chosen:
        mine, below = _look(spot), (found.get(id(after)) or chosen[id(after)]).look
        outer = below.size > mine.size + 0.4 or (below.bold and not mine.bold and not mine.family)
        return mine != below and not outer
    if bullet_of(after.text):
        return len(after.text) > 20
    return len(after.text) > 60 or (len(after.lines) > 1 and len(after.text) > 40)


def _counted(weak: Sequence[_Spot]) -> set[Look]:
    """The looks whose numbers count up from one heading to the next."""
    counts: dict[Look, list[int]] = {}
    for spot in weak:
        sign = spot.sign
        if sign is not None and sign.count is not None:
            counts.setdefault(_look(spot), []).append(sign.count)
    found = set()
    for look, numbers in counts.items():
        steps = sum(b in (a + 1, 1) for a, b in pairwise(numbers))
        if len(numbers) > 1 and numbers[0] <= 2 and steps >= 0.8 * (len(numbers) - 1):
            found.add(look)
    return found


def _recurs(spot: _Spot, look: Look, looks: Counter[Look], counted: set[Look], most: float) -> bool:
    room = spot.room_above > spot.gap + 0.3 * spot.body
    narrow = spot.para.right - spot.para.left < 0.75 * (spot.para.zone.right - spot.para.zone.left)
    if heads_notes(spot.text):
        return True
    if look.family:
        # A number by itself may begin an item of a list: it needs room, or brothers with which it counts.
        known = looks[look] > 1 or look.depth > 1 or look.capitals or look.italic
        return known and (room or look.depth > 1 or look in counted)
    if look.capitals:
        return room or looks[look] > 1
    if look.italic:
        return (room and narrow) or looks[look] > 1
    if looks[look] < 2 or not room or not narrow or not (look.centred or spot.same_zone_before):
        return False
    wide_room = spot.room_above > spot.gap + (0.3 if look.centred else 0.7) * spot.body
    titled = spot.text[0].isupper() or "가" <= spot.text[0] <= "힣"
    return wide_room and titled and len(spot.text) < 80 and looks[look] <= max(3, most)


def _look(spot: _Spot) -> Look:
    para = spot.para
    sign = spot.sign
    letters = [c for c in spot.text if c.isalpha() and c.lower() != c.upper()]
    capitals = len(letters) > 3 and all(c.isupper() for c in letters)
    middle = (para.left + para.right) / 2 - (para.zone.left + para.zone.right) / 2
    wide = para.zone.right - para.zone.left
    centred = abs(middle) < 0.02 * wide and para.left - para.zone.left > 0.05 * wide
    return Look(
        round(para.size * 2) / 2,
        para.bold,
        para.italic,
        capitals,
        centred,
        sign.family if sign else "",
        sign.depth if sign else 0,
    )


def levelled(headings: Sequence[Headed]) -> list[int]:
    """The level of each heading, 1 the outermost: by the depth of its number, by the outline, then by how it is set."""
    looks = list(dict.fromkeys(h.look for h in headings))
    rank = _ranks(looks, Counter(h.look for h in headings))
    outline: dict[Look, Counter[int]] = {}
    for h in headings:
        if h.level is not None:
            outline.setdefault(h.look, Counter())[h.level] += 1
    if outline and sum(h.level is not None for h in headings) >= 0.5 * len(headings):
        deepest = max(level for counts in outline.values() for level in counts)
        usual = {look: counts.most_common(1)[0][0] for look, counts in outline.items()}
        levels = []
        for h in headings:
            known = h.level or usual.get(h.look)
            if known is None:
                outer = [usual[o] for o in usual if rank[o] < rank[h.look]]
                known = max(outer, default=0) + 1 if outer else min(deepest + 1, 1)
            levels.append(known)
        return levels
    return [rank[h.look] for h in headings]


def _ranks(looks: Sequence[Look], often: Counter[Look]) -> dict[Look, int]:
    """Larger is outer; of one size: by the kind of number in the order in which they come, capitals before bold before
    italics. A decimal number's depth overrules all of it."""
    families: dict[tuple[float, bool, str], int] = {}
    first = {look: i for i, look in enumerate(looks)}
    cases: dict[tuple[float, bool, bool], Counter[bool]] = {}
    for look in looks:
        cases.setdefault((look.size, look.bold, look.italic), Counter())[look.capitals] += often[look]
    for look in looks:
        if look.family:
            families.setdefault((look.size, look.bold, look.family), len(families))

    def weight(look: Look) -> tuple[float, int, int, int, int]:
        family = families.get((look.size, look.bold, look.family), 0)
        depth = look.depth if look.family == "decimal" else 1
        upper = cases[look.size, look.bold, look.italic]
        # A heading that is but an abbreviation is not of another kind than its brothers.
        capitals = look.capitals and upper[True] > 1
        style = 0 if capitals else 1 if look.bold and not look.italic else 2 if look.bold else 3
        plain = int(look.italic) if not look.bold else 0
        return (-look.size, depth, style, family, plain)

    ordered = sorted(looks, key=lambda look: (weight(look), first[look]))
    ranks: dict[Look, int] = {}
    level = 0
    last: tuple[float, int, int, int, int] | None = None
    for look in ordered:
        if weight(look) != last:
            level += 1
            last = weight(look)
        ranks[look] = level
    return _by_depth(ranks)


def _by_depth(ranks: dict[Look, int]) -> dict[Look, int]:
    """Decimal numbers of one depth are of one level, deeper ones farther in."""
    depths = sorted({look.depth for look in ranks if look.family == "decimal"})
    if len(depths) < 2:
        return ranks
    floor = 0
    for depth in depths:
        same = [look for look in ranks if look.family == "decimal" and look.depth == depth]
        level = max(min(ranks[look] for look in same), floor + 1)
        for look in same:
            ranks[look] = level
        floor = level
    return ranks


def is_label(text: str) -> bool:
    """Whether a heading is only the number of the one below it ('Chapter 3')."""
    return is_only_sign(text.strip())


def is_date(text: str) -> bool:
    return _DATE.fullmatch(text.strip()) is not None


_OPENING = re.compile(
    r"(?:abstract|(?:executive )?summary|introduction|overview|background|preface|foreword|contents|conclusions?|"
    r"서\s?론|서\s?문|머리말|들어가며|개\s?요|요\s?약|초\s?록|결\s?론|맺음말|목\s?차)\s*:?",
    re.IGNORECASE,
)


def heads_text(text: str) -> bool:
    """Whether a short line opens a text by its number or by its very words, and so names no author."""
    return sign_of(text) is not None or _OPENING.fullmatch(text.strip()) is not None


def headed_by_words(text: str) -> Headed:
    """A heading of a file that shows no look: only its number tells its level."""
    sign = sign_of(text)
    return Headed(Look(1.0, False, False, False, False, sign.family if sign else "", sign.depth if sign else 0))
