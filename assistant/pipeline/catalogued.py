"""Questions on the papers themselves (who wrote them, when, what they are called), answered from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering import catalogue, pieces
from assistant.citations import cite
from assistant.pipeline.asking import Prepared
from assistant.protocols import Library
from assistant.types import Citation, Claim, Document, Verdict, Work


@dataclass(frozen=True, slots=True)
class WithCatalogue:
    """The library with the catalogue as one more document."""

    library: Library

    def document(self, id: str) -> Document:
        return (
            catalogue.catalogue_document(catalogue.listed(self.library))
            if id == catalogue.CATALOGUE
            else self.library.document(id)
        )


def from_catalogue(prepared: Prepared, library: Library) -> pieces.Draft | tuple[Citation, ...] | None:
    """The catalogue's lines that answer; those that come nearest, where it does not know; None where the question is
    not on the papers themselves.
    """
    works = catalogue.listed(library)
    kept = [library.document(id).work for id in library.document_ids()]
    held = {w.digest_of or w.id for w in kept}
    found = catalogue.look_up(prepared.whole, works, held)
    if found is None:
        return None
    document = catalogue.catalogue_document(works)
    citations: list[Citation] = []
    claims: list[Claim] = []
    told = [(w, s) for w, s in zip(found.works, found.spans, strict=True) if prepared.within.holds(w)]
    if not told:
        return None
    for work, span in told:
        marker = len(citations) + 1
        line = cite(document, span, marker, score=1.0, kind="catalog")
        citations.append(replace(line, published=work.issued))
        markers = [marker]
        if found.asked in ("authors", "title") and (own := _in_paper(work, found.asked, marker + 1, library)):
            citations.append(own)
            markers.append(own.marker)
        claims.append(Claim(span.slice(document.text), tuple(markers), Verdict("unchecked")))
    return pieces.Draft(tuple(claims), tuple(citations)) if found.known else tuple(citations)


def about_author(prepared: Prepared, library: Library) -> tuple[str, ...]:
    """What is asked of an author, where the question is about one of a paper in its scope."""
    works = catalogue.listed(library)
    papers = [w for w in works if w.kind == "paper" and (prepared.scope is None or w.id in prepared.scope)]
    return catalogue.asks_about_author(prepared.whole, catalogue.named(prepared.whole, works), papers)


def _in_paper(work: Work, asked: str, marker: int, library: Library) -> Citation | None:
    """Where the held document itself names its authors or has its title."""
    ids = [work.id, *(w.id for w in catalogue.listed(library) if w.digest_of == work.id)]
    held = set(library.document_ids())
    for id in ids:
        if id in held:
            document = library.document(id)
            for block in document.blocks[:4]:
                words = block.span.slice(document.text)
                named = bool(work.authors) and all(a.family in words for a in work.authors)
                if named if asked == "authors" else block.kind == "title":
                    return cite(document, block.span, marker, score=1.0)
    return None
