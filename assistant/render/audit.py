"""An audit for the terminal, as JSON and as CSV; what differs between two texts, for showing it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.quantities import Number, numbers
from assistant.render import citation_json, hop_json, page_name, place, plain, provenance_json, work_state_json
from assistant.render.lines import cell_said, columns_said, fill, quoted
from assistant.render.spreadsheets import csv_file, page_column
from assistant.text import STOPWORDS, language_of, tokens
from assistant.types import Audit, AuditLine, Citation, Language, Span, Support

WORST_FIRST: tuple[Support, ...] = ("contradicted", "unsupported", "partial", "unchecked", "supported")
"""The order in which a reader wants to see an audit's lines: what may be wrong before what stands."""
VERDICTS: dict[Support, str] = {
    "contradicted": "differs from the source",
    "unsupported": "not found in the source",
    "partial": "partly supported",
    "unchecked": "could not be checked",
    "supported": "supported",
}
_COUNTED: dict[Support, tuple[str, str]] = {
    "contradicted": ("differs", "differ"),
    "unsupported": ("not found", "not found"),
    "partial": ("partly supported", "partly supported"),
    "unchecked": ("could not be checked", "could not be checked"),
    "supported": ("supported", "supported"),
}


def compared(line: AuditLine) -> bool:
    """Whether the source of a line is held, so that there was something to compare with."""
    return line.work.document is not None


@dataclass(frozen=True, slots=True)
class Summary:
    """What an audit came to. `compared` counts a sentence once for each held source that its notes name, `not_held` the
    sentences that rest on others."""

    compared: int
    sources: int
    verdicts: dict[Support, int]
    not_held: int
    works_not_held: int


def summary(audit: Audit) -> Summary:
    held = [line for line in audit.lines if compared(line)]
    others = [line for line in audit.lines if not compared(line)]
    counted = Counter(line.verdict.support for line in held)
    return Summary(
        compared=len(held),
        sources=len({line.work.document for line in held}),
        verdicts={v: counted[v] for v in WORST_FIRST},
        not_held=len({line.citation.span for line in others}),
        works_not_held=len({line.work.id or line.work.title for line in others}),
    )


def chosen(audit: Audit, verdicts: Collection[Support] = (), every: bool = False) -> tuple[AuditLine, ...]:
    """The lines to show, in the order of the text: those that were compared, of these verdicts where any are named;
    with `every` also those whose source is not held.
    """
    return tuple(
        line for line in audit.lines if (every or compared(line)) and (not verdicts or line.verdict.support in verdicts)
    )


def worst_first(lines: Iterable[AuditLine]) -> tuple[AuditLine, ...]:
    """The same lines, what may be wrong first; among equals in the order of the text."""
    return tuple(sorted(lines, key=lambda line: (not compared(line), WORST_FIRST.index(line.verdict.support))))


def summary_text(s: Summary) -> list[str]:
    """One or two sentences that say what an audit came to."""
    if not s.compared and not s.not_held:
        return ["No sentence of it rests on a note that names a work: there is nothing to compare."]
    said = []
    if s.compared:
        counts = ", ".join(f"{n} {_COUNTED[v][n != 1]}" for v, n in s.verdicts.items() if n)
        said.append(
            f"{_of(s.compared, 'comparison')} of sentences and table rows with {_of(s.sources, 'held source')}: {counts}. "
            "“Not found” is not “wrong”: the author may have judged, summed up or read another edition."
        )
    if s.not_held:
        works = _of(s.works_not_held, "work that is not held", "works that are not held")
        said.append(f"{_of(s.not_held, 'sentence')} {'rests' if s.not_held == 1 else 'rest'} on {works}.")
    return said


def _of(n: int, one: str, many: str | None = None) -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


def audit_text(audit: Audit, lines: Sequence[AuditLine], width: int = 96) -> str:
    """An audit for the terminal: the sum, then the lines, the worst first."""
    out = fill(f"Audit of {plain(audit.title)} ({audit.document})", width)
    for sentence in summary_text(summary(audit)):
        out += ["", *fill(sentence, width)]
    heading, language = "", audit_language(audit)
    for n, line in enumerate(worst_first(lines), start=1):
        said = VERDICTS[line.verdict.support] if compared(line) else "source not held"
        if said != heading:
            count = sum((VERDICTS[x.verdict.support] if compared(x) else "source not held") == said for x in lines)
            out += ["", f"── {said.capitalize()} ({count}) ".ljust(min(width, 96), "─")]
            heading = said
        out += ["", *_line_text(n, line, width, language)]
    if len(lines) < len(audit.lines) and not all(map(compared, audit.lines)):
        out += [
            "",
            *fill(
                "--all also lists the sentences whose source is not held; `assistant sources` says how it can be had.",
                width,
            ),
        ]
    return "\n".join(out)


def audit_language(audit: Audit) -> Language:
    """The language of the document's sentences: its reasons are shown in it."""
    return language_of(" ".join(line.citation.quote for line in audit.lines) or audit.title)


def _line_text(n: int, line: AuditLine, width: int, language: Language) -> list[str]:
    from assistant.stance.reasons import in_language  # here: a question loads no judge

    rests = rests_on(line, "note {}", "named in the text")
    place_of = where(line.citation)
    head = place_of if place_of.endswith(rests) else f"{place_of}, {rests}"  # a note's own words stand in it
    out = fill(f"{n}. {head} → {plain(line.work.title) or line.work.id}", width, "", "   ")
    rest = " " * 11
    out += quoted(line.citation, width, "   paper   ", rest)
    if line.hop is not None:
        out += quoted(line.hop.citation, width, "   nearest " if only_near(line) else "   source  ", rest)
        out += fill(f"({standing(line.hop.citation)})", width, rest)
    if line.verdict.why:
        out += fill(plain(in_language(line.verdict.why, language)), width, "   why     ", rest)
    return out


def only_near(line: AuditLine) -> bool:
    """Whether the source's words that are shown are only the nearest that it says, and bear nothing."""
    return line.verdict.support in ("unsupported", "unchecked")


def rests_on(line: AuditLine, note: str, text: str) -> str:
    """What leads from a line to its source: a note, a table's source line, or words of the text."""
    return (note.format(plain(line.note)) if line.note[:1].isdigit() else plain(line.note)) if line.note else text


def standing(c: Citation) -> str:
    """The place of a citation; of rows, with the caption of their table."""
    return place(c) + (f", {plain(c.headers[0])}" if c.headers and not c.cell else "")


def where(c: Citation) -> str:
    """The page of a citation, else its section, without the title: for lines of one document. Of a note, that too."""
    page = [page_name(c.page_index, c.page_label)] if c.page_index is not None else []
    if c.section and (not page or c.section[-1].startswith("note ")):
        page.append(plain(" › ".join(c.section[-1:] if page else c.section)))
    return ", ".join(page) or f"character {c.span.start}"


def audit_json(audit: Audit, lines: Sequence[AuditLine]) -> dict[str, Any]:
    """The audit with these of its lines, in the order of the text; the summary is of all."""
    s = summary(audit)
    return {
        "document": audit.document,
        "title": audit.title,
        "summary": {
            "compared": s.compared,
            "sources": s.sources,
            **s.verdicts,
            "not_held": s.not_held,
            "works_not_held": s.works_not_held,
        },
        "lines": [line_json(line) for line in lines],
        "provenance": provenance_json(audit.provenance),
    }


def line_json(line: AuditLine) -> dict[str, Any]:
    own = {k: v for k, v in citation_json(line.citation).items() if k not in ("hop", "hops", "notes", "score")}
    return {
        **own,
        "note": line.note,
        "work": work_state_json(line.work),
        "verdict": line.verdict.support,
        "why": line.verdict.why,
        "hop": hop_json(line.hop) if line.hop else None,
    }


COLUMNS = (
    "document", "page", "sentence", "note", "work", "state", "source document", "source page", "source words",
    "verdict", "why", "start", "end", "source start", "source end", "columns", "source cell",
)  # fmt: skip


def audit_csv(lines: Iterable[AuditLine]) -> bytes:
    """The lines as CSV for a spreadsheet."""
    rows: list[tuple[object, ...]] = [COLUMNS]
    for line in lines:
        c, source = line.citation, line.hop.citation if line.hop else None
        rows.append(
            (
                c.document, page_column(c), c.quote, line.note, line.work.title or line.work.id, line.work.state,
                line.work.document or "", page_column(source) if source else "", source.quote if source else "",
                VERDICTS[line.verdict.support], line.verdict.why or "", c.span.start, c.span.end,
                source.span.start if source else "", source.span.end if source else "",
                columns_said(c), (cell_said(source) or columns_said(source)) if source else "",
            )
        )  # fmt: skip
    return csv_file(rows)


def differences(words: str, others: str, why: str | None) -> tuple[Span, ...]:
    """Where `words` say something else than `others`: the figures and quoted words that the verdict names and only one of
    the two has, else other words that it names so, else the numbers that do not stand there.
    """
    row = "\t" in words or "\t" in others
    why = _FOUND.sub("", why) if why else why  # what agrees is not marked
    if row and not why:
        return ()  # the other figures of a row are of other columns

    def key(n: Number) -> tuple[Decimal, Decimal]:
        """A row's scale stands in its table's head."""
        return n.value, Decimal(1) if row else n.scale

    offered = {key(n) for n in numbers(others)}
    unit = bool(why and "another unit" in why)  # the figure is the same then
    mine = [n for n in numbers(words) if unit or key(n) not in offered]
    if why is None:
        return tuple(_whole(words, n.span) for n in mine)
    figures = {key(n) for n in numbers(why)}
    found = [_whole(words, n.span) for n in mine if key(n) in figures]
    quoted = " ".join(m[1] for m in _QUOTED.finditer(why))
    found += _named(words, others, quoted if found or quoted else why)
    if row and not found:
        return ()
    return tuple(sorted(found)) or tuple(_whole(words, n.span) for n in mine)


_FOUND = re.compile("(?:^|; )(?:found|in part): [^;]*")
_QUOTED = re.compile("\u201c([^\u201d]*)\u201d")
_CURRENCY = re.compile(r"(?:US\$|USD|KRW|EUR|JPY|CNY|[$\u20ac\u20a9\u00a3\u00a5])\s?$")
_UNIT = re.compile(r"\s?(?:percentage points?|%p|basis points?)", re.IGNORECASE)


def _whole(text: str, span: Span) -> Span:
    """A number with its currency before it and its unit behind it."""
    before = _CURRENCY.search(text, max(0, span.start - 5), span.start)
    behind = _UNIT.match(text, span.end)
    return Span(before.start() if before else span.start, behind.end() if behind else span.end)


def _named(words: str, others: str, why: str) -> list[Span]:
    """The words, numbers apart, that are named and of which only one of the two texts has them."""
    counted = [n.span for n in numbers(words)]
    named = {t.text for t in tokens(why)} - STOPWORDS
    there = {t.text for t in tokens(others)}
    found = []
    for t in tokens(words):
        if t.text in there or any(t.span.overlaps(n) for n in counted):
            continue
        if t.text in named:
            found.append(t.span)
        elif t.kind == "hangul":  # a particle or an ending follows
            stems = [w for w in named if t.text.startswith(w) and w not in there]
            found += [Span(t.span.start, t.span.start + max(map(len, stems)))] if stems else []
    return found
