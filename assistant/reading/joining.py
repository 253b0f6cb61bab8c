"""Halves of a sentence that a page, a column or a figure cut apart become one paragraph again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.drafts import Draft
from assistant.reading.lineends import Habits, junction
from assistant.reading.roles import begins_inside, is_finished
from assistant.reading.tables.units import is_unit

_ASIDE_KINDS = ("caption", "source", "table", "aside", "note")
_TAIL = 400
"""Characters at the end of a text that tell whether it goes on; joined over many pages it is long."""
_REACH = 14
"""How many blocks may stand between the halves of a sentence."""


def join_cut_sentences(drafts: list[Draft], habits: Habits, unmarked_asides: bool) -> None:
    """Makes one paragraph of the halves of a sentence; what stood between them follows it."""
    i = 0
    while i < len(drafts):
        draft = drafts[i]
        if draft.kind in ("paragraph", "list", "quote"):
            other = _other_half(drafts, i, unmarked_asides)
            if other is not None:
                second = drafts.pop(other)
                for between in drafts[i + 1 : other]:
                    if between.kind == "paragraph":
                        between.kind = "aside"
                join_drafts(draft, second, habits)
                continue  # the joined paragraph may be cut once more
        elif _goes_on_aside(drafts, i):
            join_drafts(draft, drafts.pop(i + 1), habits)
            continue
        i += 1


def _goes_on_aside(drafts: Sequence[Draft], i: int) -> bool:
    """Whether a note beside the text, such as the one on the authors, goes on behind a gap."""
    here, after = drafts[i], drafts[i + 1] if i + 1 < len(drafts) else None
    if after is None or here.kind != "aside" or after.kind != "aside":
        return False
    return begins_inside(after.text) and not is_finished(here.text)


_CONTINUED = re.compile(r"[\[(](?:continued|cont[’'.]?d)[^)\]]{0,30}[)\]]", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\s(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|as|that|than|which|is|are|was|were|be|its|their|our|this|these|such)$"
)
"""Words that no paragraph and no item of a list ends with."""
_INITIALS = re.compile(r"(?:^|[\s(])(?:[A-Z]\.){2,}$")


def _other_half(drafts: Sequence[Draft], i: int, unmarked_asides: bool) -> int | None:
    first = drafts[i]
    tail = first.text[-_TAIL:]  # a paragraph that many pages went into is long
    initials = first.breaks_after and _INITIALS.search(tail) is not None
    if tail.rstrip("”\"’')]")[-1:] in (".", "!", "?", "…") and not initials:
        return None
    passed: list[int] = []
    for j in range(i + 1, min(len(drafts), i + 1 + _REACH)):
        second = drafts[j]
        if first.apart and not second.apart and second.kind not in _ASIDE_KINDS:
            break  # a box goes on in the next column, not behind the running text
        if second.kind in _ASIDE_KINDS or second.apart != first.apart:
            continue  # what stands in a box or beside the text does not part its sentences
        if _is_label_of_figure(drafts, j):
            continue
        if second.kind != "paragraph" and not (
            second.indented and (second.kind == first.kind or begins_inside(second.text))
        ):
            break
        if begins_inside(second.text):
            if passed and is_finished(tail):
                return None  # 'the following:' is no half; what was passed may be
            return j if first.breaks_after or j > i + 1 else None
        if first.kind == second.kind == "list" and _is_rest_of_item(first, second) and not passed:
            return j
        passed.append(j)
        # Only what can stand by itself may stand between the halves: whole sentences where the file does not
        # mark its asides, else a stray line such as a date.
        stray = len(second.text) < 80 and not is_finished(second.text)
        if len(passed) > 4 or not (stray or (unmarked_asides and is_finished(second.text))):
            break
    if not passed or (is_finished(tail) and not initials):
        return None
    if first.breaks_after and len(first.text) > 20 and _OPEN_END.search(tail):
        return passed[0]
    if len(first.text) < 60 or first.kind == "list":
        return None
    # A paragraph that stops without a full stop goes on even where nothing but a gap cuts it.
    cut = first.breaks_after or passed[0] > i + 1 or len(first.text) > 150
    end = first.text[-1:]
    return passed[0] if cut and (end.isalnum() or end in ",-–—)’”" or initials) else None


def _is_label_of_figure(drafts: Sequence[Draft], j: int) -> bool:
    """Whether a line gives the unit of a figure or table, or says that one goes on."""
    text = drafts[j].text
    if len(text) > 70:
        return False
    unit = (text.startswith(("(", "[", "（")) or drafts[j - 1].kind == "caption") and is_unit(text)
    return unit or _CONTINUED.fullmatch(text) is not None


def _is_rest_of_item(first: Draft, second: Draft) -> bool:
    """Whether an item without a bullet goes on with one that has a bullet and was cut."""
    long = not first.indented or len(first.text) > 60
    cut = first.breaks_after and long and (first.text[-1:].isalnum() or first.text[-1:] in ",-–—")
    return cut and second.indented


def join_drafts(first: Draft, second: Draft, habits: Habits) -> None:
    drop, glue = junction(first.text[-_TAIL:], second.text, first.hyphen, first.trailing_space, habits)
    if any(at == len(first.text) for at, _ in first.marks):
        drop, glue = 0, " "
    if drop:
        first.text = first.text[:-drop]
        del first.places[-drop:]
    first.append(second, glue)
