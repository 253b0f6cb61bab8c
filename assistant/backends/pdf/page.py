"""One page of a PDF: its characters as a reader sees them, with what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium

from assistant.backends.pdf.actual import settle_actual, unveil
from assistant.backends.pdf.chars import CharReader, PageRead, Run
from assistant.backends.pdf.file import affine_of
from assistant.backends.pdf.objects import Surveyor
from assistant.backends.pdf.visibility import Judge
from assistant.reading.chars import Char, PageChars, Ruling, upright
from assistant.reading.invisible import seen_places, visible
from assistant.types import Hidden

NOT_TOLD = 0.5
"""How sure a scan's own text layer is: some OCR made it and did not say."""
_SCATTER = 3.0
"""Points between the places at which a letter drawn twice is looked for."""


@dataclass(slots=True)
class ReadPage:
    """The sheets of a page, one for each reading direction, the main one first."""

    width: float
    height: float
    sheets: list[PageChars]
    hidden: list[Hidden] = field(default_factory=list)
    cut: bool = False
    picture: float = 0.0
    """The part of the page that pictures take up."""
    drawings: int = 0
    layered: bool = False
    """Its text, or some of it, is the layer of an earlier OCR."""
    unsaid: bool = False
    """Its fonts do not say which letters they draw."""

    @property
    def letters(self) -> int:
        return sum(not c.text.isspace() for sheet in self.sheets for c in sheet.chars)


def read_page(pdf: pdfium.PdfDocument, page: pdfium.PdfPage, index: int, has_layers: bool = True) -> ReadPage:
    width, height = page.get_size()
    affine = affine_of(page, width, height)
    survey = Surveyor(page, affine, has_layers).survey()
    unveil(survey)
    textpage = page.get_textpage()
    try:
        reader = CharReader(textpage.raw, affine, width, height)
        read = reader.read()
        counts: Counter[str] = Counter()
        counts["off the page"] += read.off_page
        counts["slanted"] += read.slanted
        counts["actual text"] += settle_actual(survey, read.runs)
        verdicts = Judge(page, survey, read, reader, (width, height)).judge()
    finally:
        textpage.close()
    for run in read.runs.values():
        for char in run.chars:
            if id(char) in verdicts.layer:
                char.confidence = NOT_TOLD
    twins, unseen_twins = _twins(list(read.runs.values()), verdicts.gone)
    counts.update(verdicts.counts)
    counts.subtract(verdicts.reason_of[twin] for twin in unseen_twins)
    gone = verdicts.gone | twins
    for turned, chars in read.by_turn.items():
        if gone:
            chars = _without(chars, gone)
        chars = _whole(chars)
        read.by_turn[turned], unseen = _without_unseen(chars)
        counts.update(unseen)
    order = sorted(read.by_turn, key=lambda t: (-len(read.by_turn[t]), t)) or [0]
    sheets = []
    for turned in order:
        sheet = PageChars(index, width, height, read.by_turn.get(turned, []), turned=turned)
        if turned == 0:
            sheet.rulings = survey.rulings
            sheet.pictures = survey.pictures
        else:
            sheet.rulings = [_turn_ruling(r, turned, width, height) for r in survey.rulings]
        sheets.append(sheet)
    seen = [p for p in survey.pictures if p.right > 0 and p.bottom > 0 and p.left < width and p.top < height]
    area = sum((min(p.right, width) - max(p.left, 0)) * (min(p.bottom, height) - max(p.top, 0)) for p in seen)
    return ReadPage(
        width,
        height,
        sheets,
        [Hidden(why, n, index) for why, n in sorted(counts.items()) if n > 0],
        read.cut,
        area / max(width * height, 1.0) if seen else 0.0,
        survey.drawings,
        bool(verdicts.layer),
        _is_unsaid(read),
    )


def _twins(runs: Sequence[Run], gone: set[int]) -> tuple[set[int], set[int]]:
    """Letters that are drawn a second time at nearly the same place, as a shadow or to look bold: those to leave
    out, and those of them that had been taken for hidden."""
    places: dict[tuple[str, int, int], list[Run]] = {}
    seen_twice: set[int] = set()
    hidden_twice: set[int] = set()
    for run in runs:
        first = next((c for c in run.chars if not c.text.isspace()), None)
        if first is None:
            continue
        x, y = int(first.left // _SCATTER), int(first.baseline // _SCATTER)
        for i in (x - 1, x, x + 1):
            for j in (y - 1, y, y + 1):
                for other in places.get((first.text, i, j), ()):
                    if other.turned == run.turned:
                        _match(other, run, gone, seen_twice, hidden_twice)
        places.setdefault((first.text, x, y), []).append(run)
    return seen_twice, hidden_twice


def _match(one: Run, two: Run, gone: set[int], seen_twice: set[int], hidden_twice: set[int]) -> None:
    reach = 0.25 * min(one.size, two.size)
    pairs = [
        (first, second)
        for first, second in zip(one.chars, two.chars, strict=False)
        if first.text == second.text
        and not first.text.isspace()
        and abs(first.left - second.left) <= reach
        and abs(first.baseline - second.baseline) <= reach
    ]
    if len({first.text for first, _ in pairs}) < 2:
        # One letter may stand beside itself: the second l of 'well' is no shadow of the first.
        pairs = [(a, b) for a, b in pairs if abs(a.left - b.left) <= 0.5 * (a.right - a.left)]
    for first, second in pairs:
        hidden = [id(c) in gone for c in (first, second)]
        if not any(hidden):
            if id(first) not in seen_twice:
                seen_twice.add(id(second))
        elif not all(hidden):
            hidden_twice.add(id(first) if hidden[0] else id(second))


def _without(chars: Sequence[Char], gone: set[int]) -> list[Char]:
    """What is left, and of the spaces that the backend put in only those that still part something."""
    left: list[Char] = []
    pending: Char | None = None
    cut = False
    for char in chars:
        if id(char) in gone:
            cut = True
            continue
        if char.generated:
            pending = pending or char
            continue
        if pending is not None:
            before = left[-1] if left else None
            near = before is not None and abs(before.baseline - char.baseline) < 0.3 * char.size
            if not (cut and near and before is not None and char.left - before.right < 0.1 * char.size):
                left.append(pending)
            pending = None
        cut = False
        left.append(char)
    return left


def _whole(chars: list[Char]) -> list[Char]:
    """Characters of one code point each."""
    if all(len(c.text) == 1 for c in chars):
        return chars
    found: list[Char] = []
    for char in chars:
        count = len(char.text)
        step = (char.right - char.left) / max(count, 1)
        found += [
            replace(char, text=letter, left=char.left + k * step, right=char.left + (k + 1) * step)
            for k, letter in enumerate(char.text)
        ]
    return found


def _without_unseen(chars: list[Char]) -> tuple[list[Char], dict[str, int]]:
    """Without zero-width signs and the like, and how many of which sort there were."""
    text = "".join(c.text for c in chars)
    if text.isascii():
        return chars, {}
    found = visible(text)
    if len(found.text) == len(text):
        return chars, {}
    return [chars[k] for k in seen_places(text)], {h.why: h.characters for h in found.hidden()}


def _is_unsaid(read: PageRead) -> bool:
    """Whether so many letters have no code that the text cannot be told from it."""
    letters = sum(not c.text.isspace() for chars in read.by_turn.values() for c in chars)
    if read.unsaid <= 0.3 * letters or not letters:
        return False
    # A font that names no letters may number them as ASCII does all the same: its figures are believed.
    words = "".join(read.unsaid_text)
    if words.count("\ufffd") > 0.3 * letters:
        return True
    lower = sum("a" <= c <= "z" for c in words)
    vowels = sum(c in "aeiou" for c in words)
    if not any(c.isalpha() for c in words):
        return False
    return not (lower > 0.5 * len(words) and 0.25 * lower < vowels < 0.6 * lower)


def _turn_ruling(ruling: Ruling, turned: int, width: float, height: float) -> Ruling:
    x0, y0 = upright(ruling.left, ruling.top, turned, width, height)
    x1, y1 = upright(ruling.right, ruling.bottom, turned, width, height)
    return Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
