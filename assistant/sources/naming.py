"""What the documents of a corpus name: each note's works, met with the catalogue's records and with one another.

Notes are read in the order of the documents' ids, so that the same documents give the same works in whatever order
they were ingested. What a person has recorded or decided goes before what was parsed; what is left open is a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.citations import is_reference
from assistant.sources.holding import Held, Works, held, holdings
from assistant.sources.made import lasting_ids, record_of
from assistant.sources.matching import (
    ALIKE,
    SURE_TITLE,
    Shelf,
    against,
    authors_agree,
    likeness,
    number_key,
)
from assistant.sources.references import read_note
from assistant.sources.works import words, works_of
from assistant.types import Document, Names, Naming, Note, Reference, Work

_MADE = "\0"
"""Begins the id of a work made of notes until its lasting id is known."""


def names(
    documents: Iterable[Document],
    works: Sequence[Work],
    met: Mapping[str, str] | None = None,
    decisions: Mapping[str, str | None] | None = None,
    fetched: Mapping[str, Sequence[str]] | None = None,
) -> Names:
    """The works that the documents name, where, and which of them are held.

    `works` is the catalogue, and `met` says by what a document was met with its record there. `decisions` says what a person has said: of a held document which work it is by id, or
    None for none of those that are cited; and of a note (`document#number`) which work it means where that is
    doubtful. `fetched` has the addresses that held documents were downloaded from.
    """
    return _Naming(works, decisions or {}).of(documents, fetched or {}, met or {})


@dataclass(frozen=True, slots=True)
class _Found:
    """What a reference came to: a work by its id, or the works that it could be."""

    work: str | None
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Names:
    """The parts of a document that name works: its notes, and the entries of its list of references."""

    work: Work
    notes: tuple[Note, ...]
    entries: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.work.id


def _entries(document: Document) -> Iterator[str]:
    """The entries of a list of references, each a paragraph or line of it; endnotes that stand there are notes. What a
    digest lists is its own account of the paper's notes, whose works the paper's record has."""
    if document.work.kind == "digest":
        return
    notes = [n.span for n in document.notes if n.span is not None]
    for block in document.blocks:
        if block.kind in ("heading", "title", "table", "caption"):
            continue
        path = document.section_at(block.span.start)
        if not path or not is_reference("", path) or any(n.overlaps(block.span) for n in notes):
            continue
        yield from filter(None, (line.strip() for line in block.span.slice(document.text).split("\n")))


def _whole(entries: Sequence[str]) -> list[str]:
    """The entries with those put together that reading has parted, at the end of a page or of a line."""
    out: list[str] = []
    for entry in entries:
        begins = any(r.span.start < 8 and r.authors and r.issued for r in read_note(entry).references)
        if out and not begins and len(read_note(f"{out[-1]} {entry}").references) == 1:
            out[-1] = f"{out[-1]} {entry}"
        else:
            out.append(entry)
    return out


@dataclass
class _Naming:
    """One pass over the documents."""

    works: Sequence[Work]
    decisions: Mapping[str, str | None]
    records: dict[str, Work] = field(init=False)
    recorded: dict[str, list[tuple[str | None, str]]] = field(init=False)
    """Document -> (note, work) as the catalogue has it."""
    shelf: Shelf = field(init=False)
    said: dict[str, list[Reference]] = field(default_factory=dict)
    """What notes say of the works that no record fits."""
    here: set[str] = field(default_factory=set)
    """Those of them that the document at hand has named."""

    def __post_init__(self) -> None:
        self.records = {w.id: w for w in self.works}
        self.recorded = defaultdict(list)
        for work in self.works:
            for where in work.named_by:
                document, _, note = where.partition("#")
                self.recorded[document].append((note or None, work.id))
        self.shelf = Shelf(w for w in self.works if w.kind != "digest")

    def of(self, documents: Iterable[Document], fetched: Mapping[str, Sequence[str]], met: Mapping[str, str]) -> Names:
        kept: list[Held] = []
        naming: dict[str, _Names] = {}
        for document in documents:  # each is let go of once what names, and its beginning, are kept
            kept.append(held(document))
            naming[document.id] = _Names(document.work, document.notes, tuple(_entries(document)))
        namings = [n for id in sorted(naming) for n in self._in(naming[id])]
        lasting = lasting_ids(self.said, self.records)
        made = {lasting[id]: replace(record_of(references), id=lasting[id]) for id, references in self.said.items()}

        def named(id: str) -> str:
            return lasting.get(id, id)

        namings = [
            replace(n, work=n.work and named(n.work), rivals=tuple(dict.fromkeys(map(named, n.rivals))))
            for n in namings
        ]
        known = {**self.records, **made}
        namings = [self._settled(n, known) for n in namings]
        # In the order in which they are named, those that are only one of several that could be meant with them.
        cited = {id: known[id] for n in namings for id in (n.work, *n.rivals) if id}
        namers: dict[str, set[str]] = defaultdict(set)
        for n in namings:
            for id in (n.work, *n.rivals):
                namers[id or ""].add(n.document)
        ordered = tuple(cited.values())
        # Of a work whose title could not be read for sure, the note's own words may have the title of what is held.
        unsure = {
            lasting[id]: tuple(dict.fromkeys(r.text for r in references))
            for id, references in self.said.items()
            if all("title" in r.unsure for r in references)
        }
        shelf = Works(ordered, namers, self.decisions, fetched, met, unsure)
        return Names(ordered, tuple(namings), holdings(shelf, kept))

    def _in(self, document: _Names) -> Iterator[Naming]:
        """What one document names: in its notes, in its list of references, elsewhere in its text."""
        stands_for = document.work.digest_of if document.work.kind == "digest" else None
        recorded = [*self.recorded.get(document.id, ()), *self.recorded.get(stands_for or "", ())]
        own = {document.id, stands_for} - {None}
        self.here = set()
        found: dict[tuple[str, int], _Found] = {}
        seen: set[tuple[str | None, str | None]] = set()
        numbers: dict[str, int] = {}
        now: list[_Found] = []
        out: list[Naming] = []
        for place, reading in enumerate(works_of(document.notes)):
            numbers.setdefault(reading.number, place)
            there = [id for note, id in recorded if note == reading.number]
            before, now = now, []
            for n, reference in enumerate(reading.references):
                met = self._met(reference, found, before, there)
                if met.work is None and self.decisions.get(f"{document.id}#{reading.number}", "") is None:
                    if reference.form != "full":
                        continue  # a person says that it points to none of the works that could be meant
                    met = _Found(self._made(reference, None))
                found[reading.number, n] = met
                now.append(met)
                if met.work is not None and met.work in own:
                    continue
                if met.work:
                    seen.add((reading.number, met.work))
                out.append(Naming(document.id, reading.number, place, met.work, reference, met.rivals))
        anywhere: set[str | None] = {id for _, id in seen}
        for entry in _whole(document.entries):
            for reference in read_note(entry).references:
                met = self._met(reference, {}, (), [id for note, id in recorded if note is None])
                if reference.form == "full" and met.work not in own and (None, met.work) not in seen:
                    out.append(Naming(document.id, None, None, met.work, reference, met.rivals))
                    if met.work:
                        seen.add((None, met.work))
                        anywhere.add(met.work)
        for note, id in recorded:
            if (note, id) not in seen:
                out.append(Naming(document.id, note, numbers.get(note) if note else None, id))
                seen.add((note, id))
                anywhere.add(id)
        record = self.records.get(stands_for or document.id)
        cites = record.cites if record else ()
        out += [
            Naming(document.id, None, None, id)
            for id in cites
            if id in self.records and id not in anywhere and id not in own
        ]
        # What no note of the document has stands last.
        return iter(sorted(out, key=lambda n: (n.place is None, n.place or 0)))

    def _met(
        self,
        reference: Reference,
        found: Mapping[tuple[str, int], _Found],
        before: Sequence[_Found],
        recorded: Sequence[str],
    ) -> _Found:
        """Which work a reference names, given what each one so far came to, and those of the note `before`. `recorded`:
        the works that a person says its note names."""
        if reference.origin is not None and reference.origin in found:
            first = found[reference.origin]
            if "work" not in reference.unsure:
                return first
            note = reference.origin[0]
            there = before if reference.form == "ibid" else [f for (number, _), f in found.items() if number == note]
            rivals = tuple(dict.fromkeys(id for f in there for id in (f.work, *f.rivals) if id))
            return self._of_record(reference, rivals, recorded) or _Found(None, rivals)
        if reference.form != "full" and reference.origin is None:
            return _Found(None)
        met = self.shelf.match(reference)
        if met.work is None:
            rivals = self._rivals(reference, met.rivals)
            if chosen := self._of_record(reference, rivals, recorded):
                return chosen
            if rivals:
                return _Found(None, rivals)
        return _Found(self._made(reference, met.work.id if met.work else None))

    def _of_record(self, reference: Reference, rivals: Sequence[str], recorded: Sequence[str]) -> _Found | None:
        """A person's record of the note settles which of its works is meant, where only one can be."""
        near = [id for id in recorded if id in rivals]
        near = near or [
            id
            for id in recorded
            if not against(reference, self.records[id])
            and (likeness(reference, self.records[id]) or authors_agree(reference.authors, self.records[id].authors))
        ]
        return _Found(near[0]) if len(near) == 1 else None

    def _rivals(self, reference: Reference, near: Sequence[Work]) -> tuple[str, ...]:
        """The works among those of a similar title that the reference may well name: where years, persons or numbers
        say that it is another work, or only the wording is alike, there is no doubt."""
        telling = len(words(reference.title)) >= SURE_TITLE
        out = []
        for work in near:
            agree = authors_agree(reference.authors, work.authors)
            if not against(reference, work) and (agree or (telling and likeness(reference, work) >= ALIKE)):
                out.append(work.id)
        return tuple(out)

    def _made(self, reference: Reference, id: str | None) -> str:
        """The id of a work: that of a record, or of one which is made of what notes say of it."""
        if id is not None and not id.startswith(_MADE):
            return id
        if id is None:
            id = self._numbered(reference) or f"{_MADE}{len(self.said)}"
        self.said.setdefault(id, []).append(reference)
        self.here.add(id)
        self.shelf.put(replace(record_of(self.said[id]), id=id))
        return id

    def _numbered(self, reference: Reference) -> str | None:
        """The law of the same number; a bill's number begins anew with each congress, so that the document or the year
        must be the same."""
        if reference.type not in ("legislation", "regulation", "bill") or not number_key(reference.number):
            return None
        same = [w for w in self.shelf.numbered(reference.number, reference.type) if w.id.startswith(_MADE)]
        if reference.type == "bill":
            year = (reference.issued or "")[:4]
            here = [w for w in same if w.id in self.here and year in ("", (w.issued or "")[:4])]
            same = here or [w for w in same if year and year == (w.issued or "")[:4]]
        return next((w.id for w in same), None)

    def _settled(self, naming: Naming, known: Mapping[str, Work]) -> Naming:
        """A doubtful naming with what a person has decided of it."""
        key = f"{naming.document}#{naming.note}"
        if naming.work is not None or naming.note is None or not (decided := self.decisions.get(key)):
            return naming
        if decided not in known or (naming.rivals and decided not in naming.rivals):
            return naming
        return replace(naming, work=decided, rivals=())
