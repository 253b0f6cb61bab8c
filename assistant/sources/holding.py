"""Which held document is which cited work: by a person's word, its id, where it was fetched from, its DOI, its
address, its title. Where that is doubtful a person is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.sources.matching import (
    ALIKE,
    Shelf,
    address_key,
    against,
    alike,
    authors_agree,
    doi_key,
    is_deep,
)
from assistant.sources.works import words
from assistant.types import Document, Holding, Reference, Span, Work

_BY = ("person", "id", "fetched", "doi", "url", "title", "note")
"""What tells a work, the surest first."""
_FRONT = 3000
"""Characters of a document's beginning that may name it."""
_HEADS = 6
"""Blocks at the beginning that may be its title."""
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>“”]+[^\s\"<>“”.,;:)\]]", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s\"<>“”]+[^\s\"<>“”.,;:)\]]", re.IGNORECASE)
_TITLE = 5
"""Words of a title that name a work by themselves; of a shorter one, author, year or publisher must say so too."""
_SHORTEST = 3
"""No shorter title is looked for among a note's words."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Held:
    """A held document, as far as it may be recognised as a cited work."""

    id: str
    work: Work
    front: str
    titles: tuple[str, ...]


def held(document: Document) -> Held:
    """What a document says of itself at its beginning; its notes speak of others."""
    own = [b for b in document.blocks if b.kind not in ("note", "table", "caption", "source") and b.span.start < _FRONT]
    texts = [" ".join(b.span.slice(document.text).split()) for b in own]
    heads = [t for t, b in zip(texts[:_HEADS], own, strict=False) if b.kind in ("title", "heading") and len(t) < 300]
    pairs = [f"{a} {b}" for a, b in pairwise(heads)]
    titles = dict.fromkeys(t for t in (document.work.title, *heads, *pairs) if t)
    return Held(document.id, document.work, "\n".join(texts)[:_FRONT], tuple(titles))


@dataclass(frozen=True, slots=True)
class Works:
    """The cited works, and what is known beside them.

    `namers`: the documents that name a work; a document is not taken for the work of a like title that it alone cites,
    an earlier version of itself. `decisions` and `fetched` as `naming.names` has them. `met`: by what a document was met
    with its record in the catalogue. `unsure`: the notes of works whose title could not be read for sure.
    """

    cited: Sequence[Work]
    namers: Mapping[str, Collection[str]]
    decisions: Mapping[str, str | None]
    fetched: Mapping[str, Sequence[str]]
    met: Mapping[str, str]
    unsure: Mapping[str, Sequence[str]]


def holdings(works: Works, documents: Sequence[Held]) -> tuple[Holding, ...]:
    """Which documents are which of the cited works."""
    shelf = Shelf(works.cited)
    notes = {id: tuple(_padded(note) for note in said) for id, said in works.unsure.items()}
    sure: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    open_: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: d.id):
        if document.work.kind == "digest":
            continue
        by, ids = _known(document, shelf, works)
        if len(ids) == 1 and not by.endswith("?"):
            sure[ids[0]].append((_BY.index(by), document.id, works.met.get(document.id, by) if by == "id" else by))
            # What was fetched from an address is each of the works that are said to be there.
            for work in _from(document.id, shelf, works.fetched) if by == "id" else ():
                sure[work.id].append((_BY.index("fetched"), document.id, "fetched"))
        else:
            for id in ids:
                open_[id].append((by.rstrip("?"), document.id))
        if by != "person" and works.decisions.get(document.id, "") is not None:
            for id, certain in _worded(document, shelf, works.namers, notes):
                if certain:
                    sure[id].append((_BY.index("note"), document.id, "note"))
                else:
                    open_[id].append(("note", document.id))
    out = []
    for work in works.cited:
        if found := sorted(sure.get(work.id, ())):
            rank, document_id, by = found[0]
            same = [d for r, d, _ in found if r == rank]
            if _BY[rank] in ("title", "note") and len(same) > 1:
                out.append(Holding(work.id, None, by, tuple(same)))
            else:
                out.append(Holding(work.id, document_id, "id" if by == "name" else by))
        elif near := open_.get(work.id):
            out.append(Holding(work.id, None, near[0][0], tuple(dict.fromkeys(d for _, d in near))))
    return tuple(out)


def _known(document: Held, shelf: Shelf, known: Works) -> tuple[str, list[str]]:
    """By what a document is known, and as which works; with a '?' where a person should be asked."""
    fetched = known.fetched
    if document.id in known.decisions:
        decided = known.decisions[document.id]
        if decided is None:
            return "none", []
        if decided in shelf.works:
            return "person", [decided]
    if document.id in shelf.works:
        return "id", [document.id]
    came = document.id in fetched
    for by, works in _pointed(document, shelf, fetched):
        chosen = works if len(works) == 1 else [w for w in works if _best(document, w)[0] >= ALIKE]
        if len(chosen) == 1 and not (came and by != "fetched"):
            return by, [chosen[0].id]
        return f"{by.rstrip('?')}?", [w.id for w in works]
    by, ids = _titled(document, shelf, known.namers)
    # A page that was fetched says of itself whatever its server likes: of another work than was asked for, a person
    # decides.
    return (f"{by}?" if came and by == "title" else by), ids


def _worded(
    document: Held, shelf: Shelf, namers: Mapping[str, Collection[str]], notes: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, bool]]:
    """The works whose notes have the document's title word for word, and whether that is sure."""
    titles = [(_padded(t), t) for t in document.titles if _size(t) >= _SHORTEST]
    for id, said in notes.items() if titles else ():
        work = shelf.works[id]
        if set(namers.get(id, ())) <= {document.id}:
            continue
        there = [(title, note) for padded, title in titles for note in said if padded in note]
        if not there:
            continue
        title, note = max(there, key=lambda found: _size(found[0]))
        year = (document.work.issued or "")[:4]
        by_year = bool(year) and f" {year} " in note
        by_author = any(_padded(a.family) in note for a in document.work.authors)
        other = bool(year and work.issued) and not by_year
        yield id, (_size(title) >= _TITLE or by_author or by_year) and not other


def _from(document: str, shelf: Shelf, fetched: Mapping[str, Sequence[str]]) -> list[Work]:
    """The works whose address a document was fetched from."""
    found = [shelf.having("url", a) or shelf.having("doi", a) for a in fetched.get(document, ())]
    return next(filter(None, found), [])


def _pointed(document: Held, shelf: Shelf, fetched: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[Work]]]:
    """The works that have an address or a DOI of the document, the surest first."""
    if works := _from(document.id, shelf, fetched):
        yield "fetched", works
    if works := shelf.having("doi", document.work.doi):
        yield "doi", works
    if is_deep(document.work.url) and (works := shelf.having("url", document.work.url)):
        yield "url", works
    # What merely stands on the first page may be another's: the title has to be alike too, or a person is asked.
    for by, shape, key in (("doi", _DOI, doi_key), ("url", _URL, address_key)):
        there = {key(m[0]): m[0] for m in shape.finditer(document.front)}
        works = list({w.id: w for value in there.values() for w in shelf.having(by, value)}.values())
        works = [w for w in works if by == "doi" or is_deep(w.url)]
        close = [w for w in works if _best(document, w)[0] >= _HALF]
        if close:
            yield by, close
        elif by == "doi" and len(there) == 1 and works and not words(document.work.title):
            yield f"{by}?", works


def _best(document: Held, work: Work) -> tuple[float, str]:
    """How alike a document's title and a work's are, and which of its titles that is."""
    return max(((alike(title, work.title), title) for title in document.titles), default=(0.0, ""))


def _titled(document: Held, shelf: Shelf, namers: Mapping[str, Collection[str]]) -> tuple[str, list[str]]:
    """The works that the document may be by its title."""
    found = {w.id: w for title in document.titles for _, w in shelf.titled(title)}
    sure, open_ = [], []
    for work in found.values():
        if set(namers.get(work.id, ())) <= {document.id}:
            continue
        score, title = _best(document, work)
        says = _says(document, title)
        by_author = authors_agree(document.work.authors, work.authors) or _printed(document.front, work)
        by_year = bool(work.issued and (document.work.issued or "")[:4] == work.issued[:4])
        by_place = any(_stands(document.front, name) for name in (work.container, work.publisher) if name)
        told = by_author + by_year + by_place
        other = against(says, work) or (bool(says.authors and work.authors) and not by_author)
        size = min(_size(title), _size(work.title))
        enough = size >= _TITLE or (size >= 3 and told >= 1) or (by_author and told >= 2)
        if score >= ALIKE and enough and not other:
            sure.append(work.id)
        elif (score >= ALIKE and size > 1) or (by_author and not other):
            open_.append(work.id)
    if len(sure) == 1:
        return "title", sure
    return ("title?", sure or open_) if sure or open_ else ("none", [])


def _size(title: str) -> int:
    """How much a title says, in words: Hangul is written with more of them joined, two syllables a word."""
    return max(len(words(title)), sum("가" <= c <= "힣" for c in title) // 2)


def _says(document: Held, title: str) -> Reference:
    """A document as something that names a work, namely itself."""
    work = document.work
    return Reference(
        note="", span=Span(0, 0), text="", type=work.type, authors=work.authors, title=title, issued=work.issued,
        doi=work.doi, volume=work.volume,
    )  # fmt: skip


def _printed(front: str, work: Work) -> bool:
    """Whether the beginning of a document names an author of the work."""
    return any(_stands(front, a.family) for a in work.authors)


def _stands(text: str, name: str) -> bool:
    """Whether the words of a name stand in a text in their order."""
    return bool(words(name)) and _padded(name) in _padded(text)


def _padded(text: str) -> str:
    """The words of a text, a blank before and behind each."""
    return f" {' '.join(words(text))} "
