"""/ActualText: the words that a file says some glyphs stand for, which need not be the ones they show.

pdfium puts them in place of the glyphs' own. Here the glyphs' own words come out, and what the file says is
believed where it cannot say other words than a reader sees: of glyphs that the font gives no letters for, of a
hyphen, and of the same letters written in another way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pypdfium2.raw as raw

from assistant.backends.pdf.chars import Run, is_unsaid
from assistant.backends.pdf.file import address_of
from assistant.backends.pdf.objects import Survey, actual_text, mark_name
from assistant.reading.chars import Char, Hyphen

_REORDERED = re.compile(r"[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Scripts whose glyphs may stand in another order than their letters."""
_PER_GLYPH = 4
"""Letters that one glyph may stand for."""


def unveil(survey: Survey) -> None:
    """Takes the marks off, so that pdfium gives the glyphs' own letters; `Survey` keeps what they said."""
    for text in survey.texts.values():
        if text.actual is None:
            continue
        for k in range(raw.FPDFPageObj_CountMarks(text.handle) - 1, -1, -1):
            mark = raw.FPDFPageObj_GetMark(text.handle, k)
            if actual_text(mark) is None:
                continue
            if mark_name(mark) == "OC":  # this mark also says whether the text is shown
                raw.FPDFPageObjMark_RemoveParam(text.handle, mark, b"ActualText")
            else:
                raw.FPDFPageObj_RemoveMark(text.handle, mark)


def settle_actual(survey: Survey, runs: dict[int, Run]) -> int:
    """Gives the characters the letters that their file says, where it may say so.

    Returns how many characters it says beyond what is seen.
    """
    groups: dict[int, list[Run]] = {}
    words: dict[int, str] = {}
    for text in survey.texts.values():
        run = runs.get(address_of(text.handle)) if text.actual is not None else None
        if run is not None and text.actual is not None:
            groups.setdefault(text.group, []).append(run)
            words[text.group] = text.actual
    unseen = 0
    for group, members in groups.items():
        chars = [c for run in members for c in run.chars if not c.generated]
        inked = [c for c in chars if not c.text.isspace()]
        said = words[group].strip("\0")
        if len(inked) == 1 and inked[0].text == "-":
            inked[0].hyphen = _hyphen_of(said)
            if inked[0].hyphen:
                continue
        if not inked or not said.strip():
            continue
        if _may_say(inked, said):
            _spread(chars, inked, said)
        else:
            # Leaders and signs that are told in another way hide nothing.
            beyond = Counter(_words(said)) - Counter(_words("".join(c.text for c in inked)))
            unseen += len(_words(said)) if beyond else 0
    return unseen


def _hyphen_of(said: str) -> Hyphen | None:
    if said == "\u00ad":
        return "soft"
    return "hard" if said in ("-", "\u2010", "\u2011") else None


def _letters(words: str) -> str:
    return "".join(unicodedata.normalize("NFKD", words).split())


def _words(words: str) -> list[str]:
    return [c for c in _letters(words).casefold() if c.isalnum()]


def _may_say(inked: Sequence[Char], said: str) -> bool:
    letters = _letters(said)
    unsaid = [is_unsaid(c.text) for c in inked]
    if any(unsaid):
        pattern = "".join(
            f".{{1,{_PER_GLYPH}}}" if blank else re.escape(_letters(c.text))
            for c, blank in zip(inked, unsaid, strict=True)
        )
        return len(inked) < 500 and re.fullmatch(pattern, letters) is not None
    own = _letters("".join(c.text for c in inked))
    return bool(_REORDERED.search(own)) and Counter(own) == Counter(letters)


def _spread(chars: Sequence[Char], inked: Sequence[Char], said: str) -> None:
    """Lays the words over the glyphs, in order; what is left over goes to the last."""
    letters = "".join(said.split())
    given = {id(c): "" for c in inked}
    for k, letter in enumerate(letters):
        given[id(inked[k * len(inked) // max(len(letters), 1)])] += letter
    for char in chars:
        if id(char) in given:
            char.text = given[id(char)]
