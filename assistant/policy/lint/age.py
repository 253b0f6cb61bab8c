"""Sources that are older than what they stand behind: a statement on 2026 that rests on an outlook of 2022. Forecasts,
histories, laws and scholarship are not asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from assistant.marks import statements
from assistant.policy.dates.asof import as_of
from assistant.policy.lint.noted import Named, Reading, short
from assistant.policy.lint.wording import told
from assistant.quantities import years
from assistant.types import Reference, Span
from assistant.types.policy import Doubtful

_AHEAD = re.compile(
    r"\b(?:will|would|shall|may|could|might|should|must|expects?|expected|projects|projected|projections?|forecasts?|forecasted|predicts?|"
    r"predicted|plans?|planned|targets?|goals?|by (?:19|20)\d\d|until|through|scheduled|due|likely|estimates that|set to|pledged|"
    r"committed|proposed|proposes|outlook|authori[sz]ed|enacted)\b|전망|예상|예정|계획|목표|까지|추정|할 것|될 것|해야",
    re.IGNORECASE,
)
"""The source may speak ahead, or the statement may ask."""
_NOW = re.compile(
    r"\b(?:(?:is|are) (?:now |currently |increasingly |also |still )?(?!being\b|including\b|according\b|ongoing\b)(?:\w{3,}ing)\b(?! (?:to|the) (?:be|have)\b)|"
    r"now|currently|today|at present|recently|in recent (?:years|months)|this year|to date)\b"
    r"|(?:현재|최근|오늘날|지금|올해)|고 있다",
    re.IGNORECASE,
)
_REPORTS = frozenset(
    (
        "report",
        "article-newspaper",
        "article-magazine",
        "webpage",
        "dataset",
        "post",
        "post-weblog",
        "speech",
        "document",
    )
)
"""What tells how things stand; scholarship and law age otherwise."""
_LAWS = frozenset(("legislation", "bill", "treaty", "legal_case", "regulation"))
_STALE = 3
"""So many years before its document a source may be behind `now` without a question."""
_NAME = re.compile(r"(?:[A-Z]\w+\s(?:of|for)\s|[A-Z][\w.-]*\s|[‘’'“\"(/]\s?|\bv\d?\s|FY\s?|제)$")
"""Before a year that belongs to a name (`Trade Act of 1974`, `Agenda 2030`), or that none can tell."""


def age_doubts(reading: Reading) -> Iterator[Doubtful]:
    by_note: defaultdict[int, list[Named]] = defaultdict(list)
    for n in reading.named:
        by_note[n.place].append(n)
    own = as_of(reading.document)
    year = int(own.date[:4]) if own is not None and own.by != "text" else None
    for place, named in by_note.items():
        dated = [_year(n.reference) for n in named]
        if not all(dated) or any(n.reference.type in _LAWS for n in named):
            continue
        newest = max(d for d in dated if d)
        note = reading.document.notes[place]
        if any(int(y) > newest for y in re.findall(r"(?<!\d)20\d\d(?!\d)", _said(note.text or "", named))):
            continue  # the note itself names something newer, which was not read as a work
        for statement in statements(reading.document, note):
            if shown := _newer(reading, statement, newest, year, named):
                key, about = shown
                latest = max(named, key=lambda n: _year(n.reference) or 0)
                found, question = told(
                    key,
                    reading.language,
                    note=note.number,
                    work=short(latest.reference.title),
                    issued=newest,
                    about=about,
                )
                yield reading.doubt("too_old", note.number, statement, found, question, [latest.span])
                break


def _said(note: str, named: list[Named]) -> str:
    """A note without the dates of access and the addresses that were read."""
    for n in named:
        for field, span in n.reference.where:
            if field in ("accessed", "url", "doi"):
                note = note[: span.start] + " " * len(span) + note[span.end :]
    return note


def _year(r: Reference) -> int | None:
    """The year up to which a source can speak: of its publication; of the access where it has no date, as a database."""
    said = r.issued if r.issued and "issued" not in r.unsure else r.accessed
    return int(said[:4]) if said else None


def _newer(reading: Reading, at: Span, newest: int, own: int | None, named: list[Named]) -> tuple[str, str] | None:
    """What the statement speaks of that the source is too old for: a later year, or how things stand now."""
    words = " ".join(at.slice(reading.document.text).split())
    if _AHEAD.search(words):
        return None
    told_years = {y for y in years(words) if not _in_name(words, y)}
    if told_years:
        last = max(told_years)
        limit = own or last
        return ("old_year", str(last)) if newest < last <= limit else None
    now = _NOW.search(words)
    if now and own is not None and own - newest >= _STALE and all(n.reference.type in _REPORTS for n in named):
        return "old_now", f"“{now.group()}”, {own}" if reading.language == "en" else f"‘{now.group()}’, {own}"
    return None


def _in_name(words: str, year: int) -> bool:
    places = [m.start() for m in re.finditer(rf"(?<!\d){year}(?!\d)", words)]
    return not places or any(
        _NAME.search(words[:at])
        and not re.search(
            r"\b(?:In|Since|By|Of|During|From|Until|January|February|March|April|May|June|July|August|September|October|November|December)\s$",
            words[:at],
        )
        for at in places
    )
