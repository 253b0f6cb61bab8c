"""Recommendations as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.labels import STRENGTHS, VOICES
from assistant.render import citation_json, part_json, plain
from assistant.render.grid import Grid, GridCell
from assistant.types import Language
from assistant.types.policy import Part, Recommendation, Voice

_HEADS: dict[Language, tuple[str, ...]] = {
    "en": ("Who", "What is to be done", "How strongly", "By which instrument", "For whom", "In which case", "Pillar or section", "Voice"),
    "ko": ("주체", "할 일", "강도", "수단", "대상", "조건", "축·절", "누구의 말"),
}  # fmt: skip
_TITLE: dict[Language, str] = {"en": "Recommendations", "ko": "제언"}
_NOBODY: dict[Language, str] = {"en": "not said", "ko": "명시되지 않음"}
_ALSO: dict[Language, str] = {
    "en": "Beside these: {}. --voice shows them.",
    "ko": "이 밖에: {}. --voice 로 볼 수 있습니다.",
}
_NONE: dict[Language, str] = {"en": "Nothing was found that recommends this.", "ko": "해당하는 제언을 찾지 못했습니다."}
_ORIGIN: dict[Language, str] = {
    "en": "Read from the documents' own sentences by their words, without a language model. A field that is empty is not said there.",
    "ko": "언어 모형 없이 문서의 문장에서 낱말로 읽어 낸 것입니다. 빈칸은 그 문장에 없다는 뜻입니다.",
}


def recommendations_grid(
    title: str,
    shown: Sequence[Recommendation],
    every: Sequence[Recommendation] = (),
    language: Language = "en",
    grouped: bool = True,
    several: bool = False,
) -> Grid:
    """The table: what an actor is to do stands together where it is `grouped`, actors in the order in which the documents
    name them. `every` are those before voices were chosen: the notice counts what is left out. `several` documents
    are told apart by their titles.
    """
    heads = _HEADS[language]
    if several:
        heads = (*heads, "Title" if language == "en" else "제목")
    rows = tuple(_row(r, language, several) for r in (by_actor(shown) if grouped else shown))
    voices = {r.voice for r in shown}
    voice = heads.index(_HEADS[language][-1])
    if voices <= {"own"}:  # a column that says the same in every row
        heads = (*heads[:voice], *heads[voice + 1 :])
        rows = tuple((*row[:voice], *row[voice + 1 :]) for row in rows)
    title = f"{_TITLE[language]}: {title}" if title else _TITLE[language]
    notices = [_NONE[language]] if not shown else []
    left = {v: sum(r.voice == v for r in every) for v in VOICES if v not in voices}
    told = ", ".join(f"{VOICES[v][language]} ({n})" for v, n in left.items() if n)
    if told:
        notices.append(_ALSO[language].format(told))
    return Grid(title, heads, rows, tuple(notices), language, _ORIGIN[language])


def by_actor(found: Sequence[Recommendation]) -> list[Recommendation]:
    """Each actor's together, in the order in which actors are first named; at the end those of nobody."""
    order: dict[str, int] = {}
    for r in found:
        order.setdefault(actor_key(r), len(order))
    return sorted(found, key=lambda r: (r.actor is None, order[actor_key(r)]))


def actor_key(r: Recommendation) -> str:
    """One name for spellings of an actor that differ in case and space only."""
    return " ".join(r.actor.text.casefold().split()) if r.actor else ""


def _row(r: Recommendation, language: Language, several: bool) -> tuple[GridCell, ...]:
    flat = [
        GridCell(_said(r.actor) if r.actor else _NOBODY[language]),
        GridCell(_said(r.action), (r.citation,), quoted=True),
        GridCell(STRENGTHS[r.strength][language]),
        GridCell("; ".join(map(_said, r.instruments))),
        GridCell("; ".join(map(_said, r.beneficiaries))),
        GridCell(_said(r.condition) if r.condition else ""),
        GridCell(_said(r.pillar) if r.pillar else ""),
        GridCell(_voice(r.voice, r.said_by, language)),
    ]
    return (*flat, GridCell(plain(r.citation.title))) if several else tuple(flat)


def _voice(voice: Voice, said_by: str, language: Language) -> str:
    said = VOICES[voice][language]
    return f"{said}: {plain(' '.join(said_by.split()))}" if said_by else said


def _said(part: Part) -> str:
    return " ".join(plain(part.text).split())


def recommendations_json(shown: Sequence[Recommendation]) -> dict[str, Any]:
    """All of them, in the order of the text."""
    return {"recommendations": [recommendation_json(r) for r in shown], "count": len(shown)}


def recommendation_json(r: Recommendation) -> dict[str, Any]:
    """The citation's fields, and what is recommended."""
    return {
        **citation_json(r.citation),
        "strength": r.strength,
        "voice": r.voice,
        "said_by": r.said_by or None,
        "sign": part_json(r.sign),
        "action": part_json(r.action),
        "actor": part_json(r.actor) if r.actor else None,
        "instruments": [part_json(p) for p in r.instruments],
        "beneficiaries": [part_json(p) for p in r.beneficiaries],
        "condition": part_json(r.condition) if r.condition else None,
        "pillar": part_json(r.pillar) if r.pillar else None,
        "opened_by": citation_json(r.opened_by) if r.opened_by else None,
    }
