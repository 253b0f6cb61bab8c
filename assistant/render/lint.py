"""Questions to a document's author as a table and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.labels import DOUBTS
from assistant.render import citation_json, plain
from assistant.render.grid import Grid, GridCell
from assistant.types import Language
from assistant.types.policy import Doubtful

_COLUMNS: dict[Language, tuple[str, ...]] = {
    "en": ("About", "Note", "What was seen", "Question to the author", "Place"),
    "ko": ("항목", "주", "확인한 내용", "저자에게 묻는 말", "위치"),
}
_TITLES: dict[Language, str] = {"en": "Questions to the author of “{}”", "ko": "“{}” 저자에게 묻는 말"}
_NONE: dict[Language, str] = {
    "en": "Nothing to ask about its {} notes.",
    "ko": "주 {}개에서 물을 것이 없습니다.",
}
_NO_NOTES: dict[Language, str] = {
    "en": "It has no notes that could be read: only the addresses and source lines of its text were looked at.",
    "ko": "읽을 수 있는 주가 없어 본문의 주소와 자료 출처만 살폈습니다.",
}
_NOTICE: dict[Language, str] = {
    "en": "Each line is a question, not a verdict: what differs may be meant so.",
    "ko": "모두 질문이며 판정이 아닙니다. 다른 것이 의도한 것일 수 있습니다.",
}


def lint_grid(title: str, doubts: Sequence[Doubtful], notes: int, language: Language) -> Grid:
    """A row a doubt, in the order of the text; `notes`: how many notes with words the document has."""
    rows = tuple(_row(d, language) for d in doubts)
    counted = Counter(d.kind for d in doubts)
    sums = "; ".join(f"{DOUBTS[k][language]}: {counted[k]}" for k in DOUBTS if counted[k])
    if not doubts:
        notices: tuple[str, ...] = (_NONE[language].format(notes) if notes else _NO_NOTES[language],)
    else:
        notices = (f"{sums}.", _NOTICE[language])
    return Grid(_TITLES[language].format(plain(title)), _COLUMNS[language], rows, notices, language)


def _row(d: Doubtful, language: Language) -> tuple[GridCell, ...]:
    place = d.citation
    return (
        GridCell(DOUBTS[d.kind][language]),
        GridCell(plain(d.note)),
        GridCell(plain(d.found), d.beside),
        GridCell(plain(d.question)),
        GridCell(place.quote, (place,), quoted=True) if place is not None else GridCell(""),
    )


def lint_json(document: str, title: str, doubts: Sequence[Doubtful]) -> dict[str, Any]:
    """The doubts with their places; `citation` is null where nothing stands there."""
    return {
        "document": document,
        "title": title,
        "doubts": [
            {
                "kind": d.kind,
                "note": d.note,
                "found": d.found,
                "question": d.question,
                "citation": citation_json(d.citation) if d.citation is not None else None,
                "beside": [citation_json(c) for c in d.beside],
            }
            for d in doubts
        ],
    }
