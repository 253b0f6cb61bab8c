"""Two documents topic by topic: for the terminal, as JSON, and as a matrix for pages and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.labels import RELATIONS, TOPICS
from assistant.render import citation_json, page_name, plain, provenance_json
from assistant.render.grid import Grid, GridCell
from assistant.render.lines import columns, fill
from assistant.types import Citation, Language
from assistant.types.policy import Comparison, Relation, Row

_COLUMNS: dict[Language, tuple[str, str]] = {"en": ("Topic", "Relation"), "ko": ("주제", "관계")}
_TITLES: dict[Language, str] = {"en": "“{}” and “{}”, topic by topic", "ko": "“{}”, “{}”: 주제별 비교"}
_MORE: dict[Language, str] = {"en": "and {} more place(s)", "ko": "그 밖에 {}곳"}
_NOTHING: dict[Language, str] = {
    "en": "No topic was found that either document speaks of.",
    "ko": "어느 문서에서도 다루는 주제를 찾지 못했습니다.",
}
_MENTIONED: dict[Language, str] = {"en": "only mentions it", "ko": "언급만 함"}
_SILENT: dict[Language, str] = {"en": "does not speak of it", "ko": "다루지 않음"}
_HEADS: dict[Relation, dict[Language, str]] = {
    "differ": {"en": "They differ", "ko": "차이"},
    "agree": {"en": "They agree", "ko": "일치"},
    "both_speak": {"en": "Both speak of it; neither agreement nor difference was shown", "ko": "둘 다 언급: 일치나 차이는 보이지 않음"},
    "only_first": {"en": "Only the first speaks of it", "ko": "첫째 문서만"},
    "only_second": {"en": "Only the second speaks of it", "ko": "둘째 문서만"},
}  # fmt: skip
_QUOTES = 1
"""Sentences of each document that the terminal shows in full; the others are named by their pages."""


_PLACES = 2
"""Places that a cell of a file bears: its own and the next best."""


def positions_text(c: Comparison, rows: Sequence[Row], width: int = 96, language: Language = "en") -> str:
    """The rows under what they come to, each with what either document says."""
    titles = _told_apart(c)
    out = fill(f"1  {titles[0]} ({c.first})", width, "", "   ") + fill(f"2  {titles[1]} ({c.second})", width, "", "   ")
    counted = Counter(r.relation for r in rows)
    if rows:
        out += ["", *fill(", ".join(f"{RELATIONS[k][language]}: {n}" for k, n in counted.items()), width)]
    else:
        out += ["", *fill(_NOTHING[language], width)] if not c.notices else []
    last: Relation | None = None
    for row in rows:
        if row.relation != last:
            head = f"── {_HEADS[row.relation][language]} ({counted[row.relation]}) "
            out += ["", head + "─" * max(0, min(width, 96) - columns(head))]
            last = row.relation
        out += ["", *fill(f"{plain(row.topic)} ({TOPICS[row.kind][language]})", width, "", "   ")]
        for number, cited, silent in (("1", row.first, "only_second"), ("2", row.second, "only_first")):
            out += _side(number, cited, width, language, row.relation == silent)
        if row.why:
            out += fill(f"→ {plain(row.why)}", width, "   ", "     ")
    for notice in c.notices:
        out += ["", *fill(plain(notice), width)]
    return "\n".join(out)


def _told_apart(c: Comparison) -> tuple[str, str]:
    return plain(c.titles[0]) or c.first, plain(c.titles[1]) or c.second


def _side(number: str, cited: Sequence[Citation], width: int, language: Language, silent: bool) -> list[str]:
    if silent and not cited:
        return fill(f"{number}  –", width, "   ", "      ")
    out: list[str] = []
    for n, c in enumerate(cited[:_QUOTES]):
        said = f"“{plain(' '.join(c.quote.split()))}” ({_where(c, language)})"
        if silent:
            said = f"({_MENTIONED[language]}) {said}"
        out += fill(said, width, f"   {number}  " if not n else "      ", "      ")
    if rest := cited[_QUOTES:]:
        out += fill(
            f"{_MORE[language].format(len(rest))}: {'; '.join(dict.fromkeys(_where(c, language) for c in rest))}",
            width,
            "      ",
        )
    return out


def _where(c: Citation, language: Language) -> str:
    """The page, else the section, else the characters."""
    if c.page_index is not None:
        return page_name(c.page_index, c.page_label, language)
    if c.section:
        return plain(c.section[-1])
    return f"{c.span.start}–{c.span.end}"


def positions_grid(c: Comparison, rows: Sequence[Row], language: Language = "en", origin: str = "") -> Grid:
    """The matrix: topic, first, second, relation with its reason."""
    titles = _told_apart(c)
    topic, relation = _COLUMNS[language]
    return Grid(
        _TITLES[language].format(*titles),
        (topic, *(titles if titles[0] != titles[1] else (c.first, c.second)), relation),
        tuple(_grid_row(r, language) for r in rows),
        c.notices,
        language,
        origin,
    )


def _grid_row(row: Row, language: Language) -> tuple[GridCell, ...]:
    why = f": {row.why}" if row.why else ""
    return (
        GridCell(row.topic),
        _cell(row.first, row.relation == "only_second", language),
        _cell(row.second, row.relation == "only_first", language),
        GridCell(f"{RELATIONS[row.relation][language]}{why}"),
    )


def _cell(cited: Sequence[Citation], silent: bool, language: Language) -> GridCell:
    """The most telling sentence; the places of the others are the cell's too."""
    if not cited:
        return GridCell(_SILENT[language])
    if silent:
        return GridCell(_MENTIONED[language], tuple(cited))
    return GridCell(" ".join(cited[0].quote.split()), tuple(cited[:_PLACES]), quoted=True)


def positions_json(c: Comparison, rows: Sequence[Row], language: Language = "en") -> dict[str, Any]:
    return {
        "first": {"document": c.first, "title": c.titles[0]},
        "second": {"document": c.second, "title": c.titles[1]},
        "rows": [row_json(r, language) for r in rows],
        "notices": list(c.notices),
        "provenance": provenance_json(c.provenance),
    }


def row_json(row: Row, language: Language = "en") -> dict[str, Any]:
    return {
        "topic": row.topic,
        "kind": row.kind,
        "terms": list(row.terms),
        "relation": row.relation,
        "relation_label": RELATIONS[row.relation][language],
        "why": row.why,
        "first": [citation_json(c) for c in row.first],
        "second": [citation_json(c) for c in row.second],
    }
