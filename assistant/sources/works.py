"""A document's notes in order: what points back ('Ibid.', 'Lane, Manufacturing Revolutions, 12', 'see note 12
above') is given the fields of the work that it points to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.sources.references import NoteReading, read_note
from assistant.types import Note, Reference, Span

_INHERITED = (
    "type", "authors", "et_al", "title", "translation", "container", "publisher", "volume", "issue", "page", "number",
    "issued", "accessed", "doi", "url",
)  # fmt: skip


_BRIEF = re.compile(
    r"(?:[Ss]ee )?(?P<name>.+?)(?:(?:, (?:at )?(?:pp?\. ?)?| (?:at|pp?\.) ?)(?P<page>\d[\d–-]*)쪽?)?\.?”?"
)
_WHOLE = 3
"""Words of a title that call a work without its author."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    reference: Reference
    place: tuple[str, int]


def works_of(notes: Iterable[Note]) -> tuple[NoteReading, ...]:
    """What each note names and says, in order. A note without text (a digest's) is empty."""
    readings: list[NoteReading] = []
    earlier: list[_Earlier] = []
    for note in notes:
        reading = read_note(note.text or "", note.number)
        made: list[Reference] = []
        for reference in reading.references:
            made.append(_resolved(reference, made, readings, earlier))
        if not made and (called := list(_called(reading, earlier))):
            made, reading = called, replace(reading, comments=())
        reading = replace(reading, references=tuple(made))
        readings.append(reading)
        for n, reference in enumerate(made):
            if reference.form == "full":
                earlier.append(_Earlier(reference, (note.number, n)))
    return tuple(readings)


def _resolved(
    reference: Reference, before: Sequence[Reference], readings: Sequence[NoteReading], earlier: Sequence[_Earlier]
) -> Reference:
    if reference.form == "ibid":
        return _ibid(reference, before, readings)
    if reference.form == "supra":
        return _supra(reference, readings, earlier)
    if reference.form == "short" or _thin(reference):
        if place := _short(reference, earlier):
            return _filled(replace(reference, form="short"), place.reference, place.place)
        if reference.form == "short":
            known = reference.title and reference.authors and reference.locator
            return _unsure(replace(reference, form="full"), "issued") if known else _unsure(reference, "work")
    return reference


def _thin(reference: Reference) -> bool:
    """Whether a citation says so little that it may be short for an earlier one."""
    return (
        not (reference.url or reference.doi or reference.volume or reference.publisher or reference.accessed)
        and bool(reference.title and reference.authors)
        and len(reference.issued or "") <= 4
    )


def _ibid(reference: Reference, before: Sequence[Reference], readings: Sequence[NoteReading]) -> Reference:
    """The work named just before: in the same note, else in the note before, which should name only one."""
    if before:
        last = before[-1]
        place = last.origin or (reference.note, len(before) - 1)
        return _filled(reference, last, place)
    if readings and readings[-1].references:
        named = readings[-1].references
        last = named[-1]
        place = last.origin or (readings[-1].number, len(named) - 1)
        filled = _filled(reference, last, place)
        return filled if len(named) == 1 else _unsure(filled, "work")
    return _unsure(reference, "work")


def _supra(reference: Reference, readings: Sequence[NoteReading], earlier: Sequence[_Earlier]) -> Reference:
    """The work of the note whose number is given, the one of the author named where it names several."""
    number = reference.number
    bare = replace(reference, number=None, where=tuple(w for w in reference.where if w[0] != "number"))
    if number is None:
        place = _short(bare, earlier)
        return _filled(bare, place.reference, place.place) if place else _unsure(bare, "work")
    named = next((r for r in reversed(readings) if r.number == number), None)
    candidates = list(enumerate(named.references)) if named else []
    if reference.authors:
        candidates = [(n, r) for n, r in candidates if _same_authors(reference, r)] or candidates
    if not candidates:
        return _unsure(bare, "work")
    n, work = candidates[0]
    filled = _filled(bare, work, work.origin or (number, n))
    return filled if len(candidates) == 1 else _unsure(filled, "work")


def _short(reference: Reference, earlier: Sequence[_Earlier]) -> _Earlier | None:
    """The latest earlier work of these authors whose title holds the short title's words (or whose year it is)."""
    title = words(reference.title)
    for known in reversed(earlier):
        work = known.reference
        alias = words(work.alias)
        if alias and (alias == words(reference.text.split(", p")[0]) or (title and alias == title)):
            return known
        if not reference.authors or not _same_authors(reference, work):
            continue
        if title:
            whole = words(work.title)
            if title == whole[: len(title)] or (len(title) > 1 and set(title) <= set(whole)):
                return known
        elif reference.issued is None or (work.issued or "")[:4] == reference.issued[:4]:
            return known
    return None


def _called(reading: NoteReading, earlier: Sequence[_Earlier]) -> Iterable[Reference]:
    """A note that is nothing but the name that an earlier one announced ('hereinafter …'), or begins with it."""
    said = reading.text.strip()
    for known in reversed(earlier):
        alias = known.reference.alias
        shape = rf"(?:See )?{re.escape(alias or '')}(?:,? (?:at )?(?:pp?\. ?)?(?P<page>[\w–-]+))?\.?$"
        if alias and (found := re.match(shape, said)):
            start = reading.text.index(said)
            called = Reference(
                reading.number, Span(start, start + len(said)), said, locator=found["page"], form="short"
            )
            yield _filled(called, known.reference, known.place)
            return
    if bare := _brief(reading, said):
        for known in reversed(earlier):
            if _calls(words(bare.text), known.reference):
                yield _filled(bare, known.reference, known.place)
                return


def _brief(reading: NoteReading, said: str) -> Reference | None:
    """A note of one short line, without the page that it may end with, as a form that may be short for a work."""
    found = _BRIEF.fullmatch(said)
    if not found or len(said) > 200:
        return None
    start = reading.text.index(said) + found.start("name")
    name = found["name"].rstrip(" ,.")
    return Reference(reading.number, Span(start, start + len(name)), name, locator=found["page"], form="short")


def _calls(said: Sequence[str], work: Reference) -> bool:
    """Whether these words are an author of the work and the beginning of its title, and nothing beside."""
    title = words(work.title)
    for author in work.authors[:1]:
        for name in (words(str(author)), words(author.family), words(f"{author.family} {author.given}")):
            behind = list(said[len(name) :])
            rest = behind[1:] if behind[:1] in (["the"], ["a"], ["an"]) else behind
            if name and list(said[: len(name)]) == name and rest and rest == title[: len(rest)]:
                return len(behind) > 1 or rest == title
    return len(title) >= _WHOLE and list(said) == title


def _same_authors(one: Reference, other: Reference) -> bool:
    """Whether the first author is the same, as far as the shorter naming says."""
    if not one.authors or not other.authors:
        return False
    a, b = words(str(one.authors[0])), words(str(other.authors[0]))
    family = words(other.authors[0].family)
    return a in (b, family) or words(one.authors[0].family) == family or (len(a) > 1 and set(a) <= set(b))


def _filled(reference: Reference, work: Reference, place: tuple[str, int]) -> Reference:
    own = {name: getattr(work, name) for name in _INHERITED}
    unsure = (*(u for u in work.unsure if u in own), *(u for u in reference.unsure if u not in own))
    return replace(reference, **own, origin=place, unsure=unsure)


def _unsure(reference: Reference, what: str) -> Reference:
    return replace(reference, unsure=tuple(dict.fromkeys((*reference.unsure, what))))


def words(text: str | None) -> list[str]:
    """A name or title as it is compared: words without case, accents and marks; a leading article left out."""
    folded = unicodedata.normalize("NFKD", text or "").casefold()
    bare = "".join(c for c in unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c))))
    found = re.findall(r"[^\W_]+", re.sub(r"[’'](?=\w)", "", bare))
    return found[1:] if len(found) > 1 and found[0] in ("the", "a", "an") else found
