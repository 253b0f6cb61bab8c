"""Figures as tables and as JSON: all of them, those that a query may mean side by side, and those that clash."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assistant.labels import ASPECTS, FLOWS, MEASURES
from assistant.render import citation_json, part_json, plain
from assistant.render.grid import Grid, GridCell
from assistant.types import Language
from assistant.types.policy import Candidate, Conflict, Figure, Part, Unlike

_HEADS: dict[Language, tuple[str, ...]] = {
    "en": ("Figure", "Of what", "Whose, where, of which sector", "When", "Kind", "Whose figure", "Where it stands"),
    "ko": ("수치", "무엇의", "주체·지역·부문", "시기", "종류", "출처", "위치"),
}  # fmt: skip
_SIDE: dict[Language, tuple[str, ...]] = {
    "en": ("Figure", "Of what", "Scope", "When", "Kind", "Differs from the first in", "The query names, this does not say", "Source"),
    "ko": ("수치", "무엇의", "범위", "시기", "종류", "첫 수치와 다른 점", "질의에 있으나 여기 없는 것", "출처"),
}  # fmt: skip
_CLASH: dict[Language, tuple[str, ...]] = {
    "en": ("What is the same", "Figures"),
    "ko": ("같은 것", "수치"),
}
_BOUNDS: dict[str, dict[Language, str]] = {
    "about": {"en": "about", "ko": "약"},
    "over": {"en": "more than", "ko": "초과"},
    "under": {"en": "less than", "ko": "미만"},
}
_WORDS: dict[str, dict[Language, str]] = {
    "not_said": {"en": "not said", "ko": "명시 없음"},
    "own": {"en": "the document's own", "ko": "문서 자체"},
    "relayed": {"en": "relayed", "ko": "인용"},
    "projected": {"en": "planned or expected", "ko": "계획·전망"},
    "period": {"en": "when", "ko": "시기"},
    "measure": {"en": "kind", "ko": "종류"},
    "flow": {"en": "flow or stock", "ko": "유량·저량"},
    "unit": {"en": "unit", "ko": "단위"},
    "quantity": {"en": "of what", "ko": "무엇의"},
    "text": {"en": "text", "ko": "본문"},
    "note": {"en": "note", "ko": "주"},
    "table": {"en": "table", "ko": "표"},
    "total": {"en": "whole number", "ko": "수치"},
    "yes": {"en": "yes", "ko": "예"},
}
_NONE: dict[Language, str] = {
    "en": "No figure was found that says this.",
    "ko": "해당하는 수치를 찾지 못했습니다.",
}
_NEAR: dict[Language, str] = {
    "en": "No figure fits. These come nearest, and say another: {}. They do not answer.",
    "ko": "맞는 수치가 없습니다. 아래는 가장 가까우나 다른 것({})을 말하며, 답이 아닙니다.",
}
_SEVERAL: dict[Language, str] = {
    "en": "{} figures can be meant. They differ in what each counts: read the scope before you quote one.",
    "ko": "{}개의 수치가 해당할 수 있습니다. 세는 대상이 서로 다르므로 인용 전에 범위를 확인하십시오.",
}
_NO_CLASH: dict[Language, str] = {
    "en": "No two figures of the same quantity, period and scope differ by more than rounding. Figures without a period or a named quantity were not compared.",
    "ko": "같은 수량·시기·범위에서 반올림을 넘어 다른 수치는 없습니다. 시기나 수량이 밝혀지지 않은 수치는 비교하지 않았습니다.",
}
_ORIGIN: dict[Language, str] = {
    "en": "Read from the documents' own sentences and tables by their words, without a language model. A field that is empty is not said there.",
    "ko": "언어 모형 없이 문서의 문장과 표에서 낱말로 읽어 낸 것입니다. 빈칸은 그 자리에 없다는 뜻입니다.",
}


def figures_grid(title: str, figures: Sequence[Figure], language: Language = "en", several: bool = False) -> Grid:
    """Every figure, in the order of the text."""
    heads = (*_HEADS[language], "Document" if language == "en" else "문서") if several else _HEADS[language]
    rows = tuple(_row(f, language, several) for f in figures)
    return Grid(title, heads, rows, () if rows else (_NONE[language],), language, _ORIGIN[language])


def asked_grid(query: str, candidates: Sequence[Candidate], language: Language = "en", several: bool = False) -> Grid:
    """What a query may mean, side by side; a column says in what each differs from the first."""
    heads = (*_SIDE[language], "Document" if language == "en" else "문서") if several else _SIDE[language]
    rows = tuple(_beside(c, language, several) for c in candidates)
    notices = []
    if not candidates:
        notices.append(_NONE[language])
    elif candidates[0].near:
        other = ", ".join(dict.fromkeys(_flat(o) for c in candidates for o in c.other))
        notices.append(_NEAR[language].format(other))
    elif len(candidates) > 1:
        notices.append(_SEVERAL[language].format(len(candidates)))
    lacking = heads.index(_SIDE[language][6])
    if not any(row[lacking].text for row in rows):
        heads = (*heads[:lacking], *heads[lacking + 1 :])
        rows = tuple((*row[:lacking], *row[lacking + 1 :]) for row in rows)
    return Grid(query, heads, rows, tuple(notices), language, _ORIGIN[language])


def conflicts_grid(title: str, conflicts: Sequence[Conflict], language: Language = "en") -> Grid:
    """Figures that clash, one conflict a row."""
    rows = tuple(
        (
            GridCell(_flat(c.why)),
            GridCell(
                " ≠ ".join(dict.fromkeys(said(f, language) for f in c.figures)), tuple(f.citation for f in c.figures)
            ),
        )
        for c in conflicts
    )
    return Grid(title, _CLASH[language], rows, () if rows else (_NO_CLASH[language],), language, _ORIGIN[language])


def _row(f: Figure, language: Language, several: bool) -> tuple[GridCell, ...]:
    row = (
        GridCell(said(f, language), (f.citation,)),
        GridCell(_part(f.quantity)),
        GridCell(scope_said(f, language)),
        GridCell(_part(f.period)),
        GridCell(kind_said(f, language)),
        GridCell(origin_said(f, language)),
        GridCell(_WORDS[f.where][language]),
    )
    return (*row, GridCell(plain(f.citation.title))) if several else row


def _beside(c: Candidate, language: Language, several: bool) -> tuple[GridCell, ...]:
    f = c.figure
    row = (
        GridCell(said(f, language), (f.citation,)),
        GridCell(_part(f.quantity) or _WORDS["not_said"][language]),
        GridCell(scope_said(f, language) or _WORDS["not_said"][language]),
        GridCell(_part(f.period) or _WORDS["not_said"][language]),
        GridCell(kind_said(f, language)),
        GridCell("; ".join(unlike_said(u, language) for u in c.unlike)),
        GridCell("; ".join(_flat(x) for x in c.lacks)),
        GridCell(origin_said(f, language)),
    )
    return (*row, GridCell(plain(f.citation.title))) if several else row


def unlike_said(u: Unlike, language: Language) -> str:
    """`whose: conglomerates / not said`: this figure's word first, then that of the first figure."""
    aspect = next((words for name, words in ASPECTS.items() if name == u.what), None)
    name = aspect[language] if aspect is not None else _WORDS[u.what][language]
    if u.what == "projected":
        return _WORDS["projected"][language] + ("" if u.own else f": {_WORDS['not_said'][language]}")
    own, first = (_flat(x) or _WORDS["not_said"][language] for x in (u.own, u.first))
    return f"{name}: {own} / {first}"


def said(f: Figure, language: Language = "en") -> str:
    """A figure as its document writes it; a bare number of a table with its unit."""
    words = _flat(f.surface)
    bare = all(c.isdigit() or c in ",.-\u2212" for c in words)
    if bare and f.unit not in ("count", "rank"):
        scaled = _scaled(f)
        words = f"{words} ({scaled})" if f.currency else f"{words} {f.unit}"
    if f.bound in _BOUNDS:
        words = (
            f"{_BOUNDS[f.bound][language]} {words}" if language == "en" else f"{words} ({_BOUNDS[f.bound][language]})"
        )
    return words


def _scaled(f: Figure) -> str:
    """A whole value in billions or millions with its currency."""
    for scale, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(f.low) >= scale:
            return f"{f.unit} {_plain(f.low / Decimal(scale))} {name}"
    return f"{f.unit} {_plain(f.low)}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scope_said(f: Figure, language: Language = "en") -> str:
    """What narrows a figure: `whose: conglomerates; sector: electrical equipment`."""
    return "; ".join(f"{ASPECTS[s.aspect][language]}: {_flat(s.part.text)}" for s in f.scope)


def kind_said(f: Figure, language: Language = "en") -> str:
    """Level, share, …; flow or stock; whether it is only planned."""
    words = [MEASURES[f.measure][language]]
    if f.flow is not None:
        words.append(FLOWS[f.flow][language])
    if f.projected:
        words.append(_WORDS["projected"][language])
    return ", ".join(words)


def origin_said(f: Figure, language: Language = "en") -> str:
    """The document's own, or relayed and from where."""
    name = _WORDS[f.origin][language]
    return f"{name}: {_flat(f.source)}" if f.source else name


def _part(part: Part | None) -> str:
    if part is None:
        return ""
    return f"{_flat(part.text)} ({_flat(part.why)})" if part.why and part.span is None else _flat(part.text)


def _flat(text: str) -> str:
    return " ".join(plain(text).split())


def figures_json(figures: Sequence[Figure]) -> dict[str, Any]:
    return {"figures": [figure_json(f) for f in figures], "count": len(figures)}


def asked_json(query: str, candidates: Sequence[Candidate]) -> dict[str, Any]:
    """Candidates best first; `fits` is false where none answers and the nearest are shown."""
    return {
        "query": query,
        "fits": bool(candidates) and not candidates[0].near,
        "candidates": [
            {
                **figure_json(c.figure),
                "lacks": list(c.lacks),
                "other": list(c.other),
                "near": c.near,
                "unlike": [{"what": u.what, "first": u.first or None, "own": u.own or None} for u in c.unlike],
            }
            for c in candidates
        ],
    }


def conflicts_json(conflicts: Sequence[Conflict]) -> dict[str, Any]:
    return {
        "conflicts": [{"why": c.why, "figures": [figure_json(f) for f in c.figures]} for c in conflicts],
        "count": len(conflicts),
    }


def figure_json(f: Figure) -> dict[str, Any]:
    """The citation's fields, and all that says what the figure is of. Values are decimal numbers in strings."""
    return {
        **citation_json(f.citation),
        "where": f.where,
        "surface": {"text": f.surface, "start": f.span.start, "end": f.span.end},
        "value": _plain(f.low),
        "high": _plain(f.high) if f.high != f.low else None,
        "unit": f.unit,
        "currency": f.currency,
        "bound": f.bound,
        "measure": f.measure,
        "flow": f.flow,
        "quantity": part_json(f.quantity),
        "scope": [{"aspect": s.aspect, **(part_json(s.part) or {})} for s in f.scope],
        "period": part_json(f.period),
        "first": f.first,
        "last": f.last,
        "projected": f.projected,
        "source": f.source or None,
    }
