"""What the documents of a corpus name: each note's works, met with the catalogue's records and with one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.sources.matching import match
from assistant.sources.works import works_of
from assistant.types import Document, Holding, Names, Naming, Reference, Work


def names(
    documents: Iterable[Document], works: Sequence[Work], decisions: Mapping[str, str | None] | None = None
) -> Names:
    """The works that the documents' notes name, where, and which of them are held.

    `works` is the catalogue. `decisions` says what a person has said of a held document: which work it is by id, or
    None for none of those that are cited.
    """
    cited = {w.id: w for w in works if w.kind == "source"}
    namings: list[Naming] = []
    held: dict[str, Work] = {}
    for document in documents:
        held[document.id] = document.work
        for place, reading in enumerate(works_of(document.notes)):
            for reference in reading.references:
                met = match(reference, list(cited.values()))
                if met.work is None and not met.rivals:
                    made = _made(reference, cited)
                    cited[made.id] = made
                    met = replace(met, work=made)
                rivals = tuple(w.id for w in met.rivals)
                id = met.work.id if met.work else None
                namings.append(Naming(document.id, reading.number, place, id, reference, rivals))
    holdings = tuple(Holding(id, id, "id") for id in cited if id in held)
    return Names(tuple(cited.values()), tuple(namings), holdings)


def _made(reference: Reference, taken: Mapping[str, Work]) -> Work:
    """A record of what a note says, under a readable id that hangs on the work alone."""
    author = reference.authors[0].family if reference.authors else reference.container or ""
    words = re.findall(r"[^\W_]+", f"{author} {(reference.issued or '')[:4]} {reference.title or ''}".casefold())
    stem = "-".join(words[:7]) or "work"
    id = next(i for n in range(1, len(taken) + 2) if (i := stem if n == 1 else f"{stem}-{n}") not in taken)
    return Work(
        id=id, title=reference.title or reference.text, kind="source", type=reference.type, authors=reference.authors,
        container=reference.container, publisher=reference.publisher, issued=reference.issued, url=reference.url,
        doi=reference.doi, volume=reference.volume, issue=reference.issue, pages=reference.page,
        accessed=reference.accessed, note=reference.number,
    )  # fmt: skip
