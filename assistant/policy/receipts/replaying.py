"""Receipt and documents -> what still holds. Each quotation letter by letter at its place, what was recorded beside it
made anew, each sentence judged anew by the verifier, each hop followed again, and the files' hashes.

No language model and no network; what the receipt says is compared with what is found, and shown nowhere as true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from assistant.citations import locate
from assistant.errors import AssistantError
from assistant.policy.receipts.places import cited_at, computed_of
from assistant.quantities import missing
from assistant.render import citation_json
from assistant.text import sentences, terms
from assistant.types import Citation, Claim, Document, Hop, Span, Verdict
from assistant.types.receipts import Checked, Reason, Receipt, SavedClaim, SavedDocument, SavedHop, SavedPlace, Standing
from assistant.verification import Verifier, checked

_RECORDED = ("title", "kind", "published", "section", "cell", "headers", "origin")
"""Fields of a citation that are made anew and compared; pages and notes are compared apart."""
_READ_FROM_IT = ("basis", "causality", "stage")
"""Compared where the receipt says something: an abstention does not look for all of them."""
_NEAR = 0.6
"""Share of words from which a sentence counts as what has become of a quotation."""


class Held(Protocol):
    """The documents of the index, the catalogue among them, and what each was read from."""

    def document(self, id: str) -> Document: ...

    def digests(self) -> Mapping[str, str]:
        """Every document -> its digest."""
        ...

    def source(self, id: str) -> tuple[str, str]:
        """The file of a document and its SHA-256."""
        ...


Follow = Callable[[Citation], Citation]
"""A citation with its notes, their works, and what the held sources say."""


def text_hash(document: Document) -> str:
    """SHA-256 of the text that citations count characters of."""
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


class Replay:
    """Checks a receipt against what is held."""

    def __init__(self, receipt: Receipt, held: Held, follow: Follow, verifier: Verifier) -> None:
        self._receipt = receipt
        self._held = held
        self._follow = follow
        self._verifier = verifier
        self._renamed: dict[str, str | None] = {}
        self._sentences: dict[str, list[tuple[Span, frozenset[str]]]] = {}
        self.remarks: list[Reason] = []

    def items(self) -> Iterator[Checked]:
        """Documents, quotations with their hops, sentences."""
        for document in self._receipt.documents:
            yield self._document(document)
        cited: dict[int, Citation] = {}
        for place in self._receipt.places:
            item, citation = self._citation(place)
            yield item
            if citation is not None:
                cited[place.marker] = citation
            yield from self._hops(place, citation)
        for number, claim in enumerate(self._receipt.claims, start=1):
            yield self._claim(f"sentence {number}", claim, cited)

    # ------------------------------------------------------------ documents

    def _document(self, saved: SavedDocument) -> Checked:
        document, id = self._find(saved.id)
        if document is None:
            return Checked("document", saved.id, "gone", (Reason("not held"),))
        why = [Reason("renamed", (id,))] if id != saved.id else []
        if self._held.source(id)[1] != saved.sha256:
            why.append(Reason("other file"))
        elif text_hash(document) != saved.text:
            why.append(Reason("read otherwise"))
        return Checked("document", saved.id, "changed" if why else "holds", tuple(why), document=id)

    def _find(self, id: str) -> tuple[Document | None, str]:
        """The document, if need be under the id that the same file has now."""
        try:
            return self._held.document(id), id
        except AssistantError:
            pass
        if id not in self._renamed:
            hashes = {d.sha256 for d in self._receipt.documents if d.id == id}
            self._renamed[id] = next((i for i in self._held.digests() if self._held.source(i)[1] in hashes), None)
        other = self._renamed[id]
        return (self._held.document(other), other) if other is not None else (None, id)

    # ------------------------------------------------------------ quotations

    def _citation(self, saved: SavedPlace) -> tuple[Checked, Citation | None]:
        name = f"[{saved.marker}]"
        document, id = self._find(saved.document)
        if document is None:
            return Checked("citation", name, "gone", (Reason("not held"),), saved.document, saved.span), None
        now = _stands(document, saved)
        if now is None:
            nearest = self._nearest(document, saved.quote)
            why = Reason("near", (nearest.slice(document.text),)) if nearest else Reason("no words")
            return Checked("citation", name, "changed", (why,), id, saved.span, nearest), None
        citation = self._follow(cited_at(document, now, saved.marker, saved.recorded))
        moved = now != saved.span or id != saved.document
        why_not = tuple(_otherwise(saved.recorded, citation, moved))
        standing: Standing = "moved" if moved else "changed" if why_not else "holds"
        self._note_sources(name, saved.recorded, citation)
        return Checked("citation", name, standing, why_not, id, saved.span, now), citation

    def _nearest(self, document: Document, quote: str) -> Span | None:
        """The sentence that has most of a quotation's words; None where none has enough."""
        if document.id not in self._sentences:
            spans = (s for block in document.blocks for s in sentences(document.text, block.span))
            self._sentences[document.id] = [(s, frozenset(terms(s.slice(document.text)))) for s in spans]
        wanted = frozenset(terms(quote))
        best, found = _NEAR, None
        for span, words in self._sentences[document.id]:
            share = 2 * len(wanted & words) / max(len(wanted) + len(words), 1)
            if share > best:
                best, found = share, span
        return found

    def _note_sources(self, name: str, recorded: Mapping[str, Any], citation: Citation) -> None:
        """That a work which a note names has another state by now."""
        works = [w for n in _objects(recorded.get("notes")) for w in _objects(n.get("works"))]
        then = {w.get("id"): w.get("state") for w in works if isinstance(w.get("id"), str)}
        for work in (w for note in citation.notes for w in note.works):
            if then.get(work.id, work.state) != work.state:
                self.remarks.append(Reason("source state", (name, work.title or work.id, work.state)))

    # ------------------------------------------------------------ hops

    def _hops(self, place: SavedPlace, citation: Citation | None) -> Iterator[Checked]:
        found = list(citation.hops) if citation is not None else []
        for saved in place.hops:
            name = f"[{place.marker}]"
            if citation is None:
                yield Checked("hop", name, "gone", (Reason("sentence lost"),), saved.place.document, saved.place.span)
                continue
            yield self._hop(name, saved, found)

    def _hop(self, name: str, saved: SavedHop, found: list[Hop]) -> Checked:
        place = saved.place
        document, id = self._find(place.document)
        if document is None:
            return Checked("hop", name, "gone", (Reason("not held"),), place.document, place.span)
        led = [h for h in found if (h.work, h.note) == (saved.work, saved.note)]
        same = [h for h in led if h.citation.quote == place.quote]
        hop = next(iter(same or led), None)
        if hop is None:
            return Checked("hop", name, "changed", (Reason("no longer leads"),), id, place.span)
        found.remove(hop)
        why = [] if same else [Reason("other words", (hop.citation.quote,))]
        if hop.verdict.support != saved.verdict:
            why.append(_verdicts(saved.verdict, hop.verdict))
        moved = (hop.citation.document, hop.citation.span) != (place.document, place.span)
        standing: Standing = "changed" if why else "moved" if moved else "holds"
        return Checked("hop", name, standing, tuple(why), hop.citation.document, place.span, hop.citation.span)

    # ------------------------------------------------------------ sentences

    def _claim(self, name: str, saved: SavedClaim, cited: Mapping[int, Citation]) -> Checked:
        lost = [m for m in saved.citations if m not in cited]
        if lost or not saved.citations:
            return Checked("claim", name, "gone", (Reason("rests on lost", (", ".join(f"[{m}]" for m in lost),)),))
        own = [cited[m] for m in saved.citations]
        claim = Claim(saved.text, saved.citations, Verdict("unchecked"), computed_of(saved.computed, own))
        verdict = checked(claim, own, self._held, self._verifier).verdict
        why = [_verdicts(saved.verdict, verdict)] if verdict.support != saved.verdict else []
        if claim.computed is None and (absent := missing(saved.text, _readable(own))):
            why.append(Reason("number", (", ".join(absent),)))
        return Checked("claim", name, "changed" if why else "holds", tuple(why))


def _readable(citations: Sequence[Citation]) -> Iterator[str]:
    """All words that a number of a sentence may stand in: quotes, what stands above a cell, titles and dates."""
    for c in citations:
        cell = (c.cell.row, c.cell.column, c.cell.unit or "", c.cell.table) if c.cell else ()
        yield from (c.quote, *c.headers, *cell, c.title, c.published or "", *c.section)


def _verdicts(then: str, now: Verdict) -> Reason:
    return Reason("verdict", (then, now.support, now.why or ""))


def _stands(document: Document, saved: SavedPlace) -> Span | None:
    """Where the words of a quotation stand: at its place, else elsewhere letter by letter, else but for case and space;
    of several places the nearest.
    """
    if saved.span.slice(document.text) == saved.quote:
        return saved.span
    exact: list[Span] = []
    at = document.text.find(saved.quote)
    while at >= 0 and len(exact) < 1000:
        exact.append(Span(at, at + len(saved.quote)))
        at = document.text.find(saved.quote, at + 1)
    return min(exact or locate(document, saved.quote), key=lambda s: abs(s.start - saved.span.start), default=None)


def _otherwise(recorded: Mapping[str, Any], citation: Citation, moved: bool) -> Iterator[Reason]:
    """What a receipt records of a place and the document has otherwise."""
    made = citation_json(citation)
    pages = {k: made[k] for k in ("page_index", "page_label", "pages")}
    if any(recorded.get(k) != v for k, v in pages.items()):
        yield Reason("page", (_page(made), _page(recorded)))
    for key in _RECORDED:
        dated = key == "published" and citation.kind == "catalog"  # the date of the work that the line is on
        if recorded.get(key) != made[key] and not (moved and key == "section") and not dated:
            yield Reason(key, (_shown(made[key]), _shown(recorded.get(key))))
    for key in _READ_FROM_IT:
        if recorded.get(key) and recorded[key] != made[key]:
            yield Reason(key, (_shown(made[key]), _shown(recorded[key])))
    if _notes(recorded.get("notes")) != (own := _notes(made["notes"])):
        yield Reason("notes", (", ".join(number for number, _ in own) or "-",))


def _notes(notes: object) -> list[tuple[str, str | None]]:
    """Number and text of each note."""
    return [(str(n.get("number")), n.get("text")) for n in _objects(notes)]


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _page(of: Mapping[str, Any]) -> str:
    label, index = of.get("page_label"), of.get("page_index")
    return _shown(label if label is not None else index + 1 if isinstance(index, int) else None)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        value = [v for v in value.values() if v]
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value if v)
    return str(value)[:200] if value not in (None, "") else "-"
