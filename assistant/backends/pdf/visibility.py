"""What of a page's text a reader sees.

Text is hidden if taking it off the page leaves the page's picture as it is. Drawing costs tens of milliseconds a
page, so a look at what is drawn first finds the suspects: texts that something covers, that have nearly the colour
of what lies behind them, are transparent, cut by a clip or part of a layer. A page without suspects is never drawn.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.backends.pdf.chars import CharReader, PageRead, Run
from assistant.backends.pdf.objects import Survey, TextObject
from assistant.backends.pdf.picture import Change, Picture, contrast, draw, luminance
from assistant.reading.chars import Char, PageChars
from assistant.types import Box

SMALLEST = 1.5
"""Points: what is set smaller cannot be read."""
_ALIKE = 1.35
"""Contrast of two colours below which the picture has to tell whether a reader can part them."""
_MOST_ROUNDS = 12
_MOST_PAIRS = 20_000_000
"""Of texts and covers that are compared; beyond that the picture decides for all."""
_MOST_NAMED = 1_000
"""Covers that are looked at to say why a text is hidden."""
_CELL = 10.0
"""Points: texts are sought near one another in squares of this size."""
_SLIM = frozenset("1Iijlftr\u0131ㅣ一ー")
"""Letters that are a stroke by nature."""
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_PAGE_PICTURE = 0.5
"""Part of the page that the picture of a scan covers at least."""


@dataclass(slots=True)
class Verdicts:
    """Which characters are not seen, by the reason, and which are the text layer of a scan."""

    reason_of: dict[int, str] = field(default_factory=dict)
    """Ids of characters that are not seen -> why."""
    counts: Counter[str] = field(default_factory=Counter)
    layer: set[int] = field(default_factory=set)
    """Ids of characters that an earlier OCR laid over, or under, the picture of the page."""

    def hide(self, why: str, chars: Iterable[Char]) -> None:
        for char in chars:
            self.reason_of[id(char)] = why
            self.counts[why] += not char.text.isspace()

    @property
    def gone(self) -> set[int]:
        return set(self.reason_of)


class Judge:
    """Looks at the texts of one page."""

    def __init__(
        self, page: pdfium.PdfPage, survey: Survey, read: PageRead, reader: CharReader, size: tuple[float, float]
    ) -> None:
        self._page = page
        self._survey = survey
        self._runs = read.runs
        self._blank = read.blank
        self._reader = reader
        self._width, self._height = size
        self._verdicts = Verdicts()
        least = _PAGE_PICTURE * self._width * self._height
        self._page_pictures = [c for c in survey.covers if c.picture and _area(c.box) >= least][:100]

    def judge(self) -> Verdicts:
        suspects: dict[int, TextObject] = {}
        unpainted: list[int] = []
        texts = self._survey.texts
        seen = [key for key, run in self._runs.items() if run.chars]
        backed = self._suspects_by_place([key for key in seen if key in texts])
        for key in seen:
            run, text = self._runs[key], texts.get(key)
            if self._is_tiny(run):
                self._verdicts.hide("tiny", run.chars)
            elif text is None:
                suspects[key] = _unknown(run, self._width, self._height)
            elif text.mode in _INVISIBLE or self._is_blank(run):
                unpainted.append(key)
            elif key in backed or run.font.drawn or _may_be_off(text) or _is_cut(text):
                suspects[key] = text
            if self._blank and not self._is_blank(run):
                self._verdicts.hide("blank glyphs", [c for c in run.chars if id(c) in self._blank])
        if unpainted:
            self._judge_unpainted(unpainted)
        if suspects:
            self._judge_suspects(suspects)
        return self._verdicts

    # ------------------------------------------------------------ suspects

    def _suspects_by_place(self, keys: Sequence[int]) -> set[int]:
        """The texts that stand under something, or on something of nearly their colour."""
        texts = [self._survey.texts[key] for key in keys]
        covers = self._survey.covers
        plain = {key for key, t in zip(keys, texts, strict=True) if t.color and contrast(t.color, (255,) * 3) < _ALIKE}
        if not self._survey.whole or len(covers) * len(texts) > _MOST_PAIRS:
            return set(keys)
        if not covers or not texts:
            return plain
        boxes = np.array([(t.box.left, t.box.top, t.box.right, t.box.bottom) for t in texts], dtype=np.float32)
        orders = np.array([t.order for t in texts])
        light = np.array([luminance(t.color) if t.color else -1.0 for t in texts], dtype=np.float32)
        slim = np.maximum(np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]), 0.1)
        room = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 0.1)
        covered = np.zeros(len(texts), dtype=np.float32)
        found = np.zeros(len(texts), dtype=bool)
        for cover in covers:
            box = cover.box
            wide = np.minimum(boxes[:, 2], box.right) - np.maximum(boxes[:, 0], box.left)
            high = np.minimum(boxes[:, 3], box.bottom) - np.maximum(boxes[:, 1], box.top)
            touched = (wide > 0) & (high > 0)
            if not touched.any():
                continue
            later = touched & (orders < cover.order)
            covered += np.where(later, wide * high, 0)
            found |= later & (wide > 0.3 * slim) & (high > 0.3 * slim)
            before = touched & (orders > cover.order)
            if cover.color is None:
                found |= before
            else:
                shade = luminance(cover.color)
                ratio = (np.maximum(light, shade) + 0.05) / (np.minimum(light, shade) + 0.05)
                found |= before & (ratio < _ALIKE)
        found |= covered > 0.2 * room
        return plain | {key for key, is_suspect in zip(keys, found, strict=True) if is_suspect}

    def _is_blank(self, run: Run) -> bool:
        return bool(self._blank) and all(id(c) in self._blank or c.text.isspace() for c in run.chars)

    def _is_tiny(self, run: Run) -> bool:
        if run.size >= SMALLEST:
            # Set large and pressed together: a reader sees a stroke.
            letters = [c for c in run.chars if not c.text.isspace()]
            if len(letters) < 4 or abs(letters[-1].right - letters[0].left) > 0.1 * run.size * len(letters):
                return False
        inks = [ink for n in run.numbers[:12] if n >= 0 and (ink := self._reader.ink(n)) is not None]
        if self._is_pressed_flat(run):
            return True
        # The size of a font that brings its own drawings says nothing: what is drawn does.
        return all(min(i.right - i.left, i.bottom - i.top) < 0.5 * SMALLEST for i in inks) and all(
            max(i.right - i.left, i.bottom - i.top) < SMALLEST or run.size >= SMALLEST for i in inks
        )

    def _is_pressed_flat(self, run: Run) -> bool:
        """Whether letters that have two dimensions are drawn with hardly more than one."""
        drawn = [(n, c.text) for n, c in zip(run.numbers, run.chars, strict=True) if n >= 0 and c.text.isalnum()][:12]
        if len(drawn) < 2 and not any(text not in _SLIM for _, text in drawn):
            return False
        inks = [ink for n, _ in drawn if (ink := self._reader.ink(n)) is not None]
        if not inks:
            return False
        wide = max(i.right for i in inks) - min(i.left for i in inks)
        high = max(i.bottom for i in inks) - min(i.top for i in inks)
        return min(wide, high) < min(0.5 * SMALLEST, 0.2 * max(wide, high))

    # ------------------------------------------------------------ the picture

    def _judge_suspects(self, suspects: dict[int, TextObject]) -> None:
        frame = around([text.box for text in suspects.values()], self._width, self._height)
        if frame is None:
            for key, text in suspects.items():
                self._verdicts.hide(self._why(text), self._runs[key].chars)
            return
        smallest = min(self._runs[key].size for key in suspects)
        full = draw(self._page, frame, smallest)
        rounds, stacked = _rounds(suspects)
        for key in stacked:
            self._verdicts.hide("covered", self._runs[key].chars)
        kept_off: list[int] = []
        try:
            for group in rounds:
                for key in group:
                    raw.FPDFPageObj_SetIsActive(suspects[key].handle, False)
                changed = full.changed(draw(self._page, frame, smallest))
                for key in group:
                    gone = self._unchanged(key, changed)
                    if gone and self._draws_nothing(key, suspects[key], full):
                        gone = []
                    self._hide(suspects[key], gone, full)
                    # What is hidden as a whole stays away: of a text that is drawn twice, one is seen.
                    if gone and len(gone) == len(self._runs[key].chars):
                        kept_off.append(key)
                    else:
                        raw.FPDFPageObj_SetIsActive(suspects[key].handle, True)
        finally:
            for key in kept_off:
                raw.FPDFPageObj_SetIsActive(suspects[key].handle, True)

    def _unchanged(self, key: int, changed: Change) -> list[Char]:
        """The characters that can be taken away without a reader's noticing; spaces go with the letter before."""
        run = self._runs[key]
        gone: list[Char] = []
        leading: list[Char] = []
        was_seen: bool | None = None
        for number, char in zip(run.numbers, run.chars, strict=True):
            if number >= 0 and not char.text.isspace():
                ink = self._reader.ink(number)
                was_seen = ink is not None and changed.shows(ink)
            if was_seen is None:
                leading.append(char)
            elif not was_seen:
                gone.append(char)
        if was_seen is not None and len(gone) + len(leading) == len(run.chars):
            gone = leading + gone
        return gone

    def _draws_nothing(self, key: int, text: TextObject, picture: Picture) -> bool:
        """Whether the picture cannot tell, since this machine lacks the letters of a font that the file does not
        bring along. Then a colour unlike what lies behind speaks for the text."""
        if self._runs[key].font.embedded or text.color is None or text.color[3] < 30:
            return False
        if text.layered or text.blended or text.clip is not None:
            return False
        bitmap = raw.FPDFTextObj_GetRenderedBitmap(self._page.pdf.raw, self._page.raw, text.handle, 2.0)
        if bitmap:
            try:
                size = raw.FPDFBitmap_GetStride(bitmap) * raw.FPDFBitmap_GetHeight(bitmap)
                buffer = raw.FPDFBitmap_GetBuffer(bitmap)
                if buffer and size and any(ctypes.string_at(buffer, size)):
                    return False
            finally:
                raw.FPDFBitmap_Destroy(bitmap)
        behind = picture.median(text.box)
        return behind is not None and contrast(text.color, behind) >= _ALIKE

    def _hide(self, text: TextObject, chars: Sequence[Char], picture: Picture) -> None:
        if not chars:
            return
        under = any(c.order > text.order and _holds(c.box, text.box, 2.0) for c in self._page_pictures)
        if under and picture.has_ink(text.box):
            # The words of a scan, laid under its picture: they are seen there.
            self._verdicts.layer.update(id(c) for c in chars)
            return
        self._verdicts.hide(self._why(text), chars)

    def _why(self, text: TextObject) -> str:
        if text.layered:
            return "layer off"
        if text.color is not None and text.color[3] < 30:
            return "transparent"
        if _is_cut(text):
            return "clipped"
        if any(c.order > text.order and _meets(c.box, text.box) for c in self._survey.covers[-_MOST_NAMED:]):
            return "covered"
        if text.blended:
            return "transparent"
        return "white" if text.color is not None and luminance(text.color) > 0.8 else "colour of the ground"

    # ------------------------------------------------------------ scans

    def _judge_unpainted(self, keys: Sequence[int]) -> None:
        """Invisible text: the layer of a scan where the picture of the page has ink at its place."""
        # The font of a text layer may have no shapes: where its letters would stand is told by their places.
        places = {key: self._place_of(self._runs[key]) for key in keys}
        pictures = [c.box for c in self._survey.covers if c.picture]
        inked: set[int] = set()
        frame = around(list(places.values()), self._width, self._height)
        if frame and _filled(pictures, self._width, self._height) >= _PAGE_PICTURE:
            picture = draw(self._page, frame)
            inked = {
                key
                for key, place in places.items()
                if any(_meets(p, place) for p in pictures) and picture.has_ink(place)
            }
        letters = {key: sum(not c.text.isspace() for c in self._runs[key].chars) for key in keys}
        if sum(letters[key] for key in inked) < 0.6 * sum(letters.values()):
            inked = set()
        for key in keys:
            if key in inked:
                self._verdicts.layer.update(id(c) for c in self._runs[key].chars)
            else:
                painted = self._survey.texts[key].mode not in _INVISIBLE
                self._verdicts.hide("blank glyphs" if painted else "invisible", self._runs[key].chars)

    def _place_of(self, run: Run) -> Box:
        """Where the characters of a run stand on the page as shown."""
        upright = Box(
            min(c.left for c in run.chars),
            min(c.baseline - 0.8 * c.size for c in run.chars),
            max(c.right for c in run.chars),
            max(c.baseline + 0.2 * c.size for c in run.chars),
        )
        return PageChars(0, self._width, self._height, turned=run.turned or 0).as_shown(upright)


def _may_be_off(text: TextObject) -> bool:
    return text.layered or text.blended or text.color is None or text.color[3] < 230


def _is_cut(text: TextObject) -> bool:
    return text.clip is not None and not _holds(text.clip, text.box, 1.0)


def _unknown(run: Run, width: float, height: float) -> TextObject:
    """A text that the walk over the page did not reach."""
    return TextObject(run.pointer, 0, Box(0, 0, width, height), (0, 0, 0, 255), 0, False, False, None)


def _rounds(suspects: dict[int, TextObject]) -> tuple[list[list[int]], list[int]]:
    """The suspects in groups that do not lie on one another, what is drawn first in the first; and those that
    lie under more layers of text than any honest page has."""
    rounds: list[list[int]] = []
    stacked: list[int] = []
    cells: dict[tuple[int, int], list[tuple[Box, int]]] = {}
    for key in sorted(suspects, key=lambda key: suspects[key].order):
        box = suspects[key].box
        mine = [
            (x, y)
            for x in range(int(box.left // _CELL), min(int(box.right // _CELL), int(box.left // _CELL) + 500) + 1)
            for y in range(int(box.top // _CELL), min(int(box.bottom // _CELL), int(box.top // _CELL) + 500) + 1)
        ]
        taken = {which for cell in mine for other, which in cells.get(cell, ()) if _on_one_another(box, other)}
        free = next(n for n in range(len(taken) + 1) if n not in taken)
        if free >= _MOST_ROUNDS:
            stacked.append(key)
            continue
        if free == len(rounds):
            rounds.append([])
        rounds[free].append(key)
        for cell in mine:
            cells.setdefault(cell, []).append((box, free))
    return rounds, stacked


def _on_one_another(one: Box, other: Box) -> bool:
    """Whether two texts share more than the air between lines."""
    least = 0.2 * min(one.right - one.left, one.bottom - one.top, other.right - other.left, other.bottom - other.top)
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > least and high > least


def around(boxes: Sequence[Box], width: float, height: float) -> Box | None:
    """What of the page the boxes take up, or None where they lie beside it."""
    left, top = max(min(b.left for b in boxes) - 1, 0.0), max(min(b.top for b in boxes) - 1, 0.0)
    right, bottom = min(max(b.right for b in boxes) + 1, width), min(max(b.bottom for b in boxes) + 1, height)
    return Box(left, top, right, bottom) if right > left and bottom > top else None


def _area(box: Box) -> float:
    return max(box.right - box.left, 0.0) * max(box.bottom - box.top, 0.0)


def _filled(pictures: Sequence[Box], width: float, height: float) -> float:
    """The part of the page that pictures take up together; a scan may be cut into strips."""
    seen = [Box(max(p.left, 0), max(p.top, 0), min(p.right, width), min(p.bottom, height)) for p in pictures]
    return sum(_area(box) for box in seen) / max(width * height, 1.0)


def _holds(outer: Box, inner: Box, slack: float) -> bool:
    return (
        outer.left <= inner.left + slack
        and outer.top <= inner.top + slack
        and outer.right >= inner.right - slack
        and outer.bottom >= inner.bottom - slack
    )


def _meets(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
