"""Receipt and documents -> what still holds. Each quotation letter by letter at its place, what was recorded beside it
made anew, each sentence judged anew by the verifier, each hop followed again, and the files' hashes.

No language model and no network; what the receipt says is compared with what is found, and shown nowhere as true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from assistant.citations import locate
from assistant.errors import AssistantError
from assistant.policy.receipts.beside import otherwise, shown
from assistant.policy.receipts.places import cited_at, computed_of
from assistant.quantities import missing
from assistant.render import citation_json, hop_json
from assistant.text import sentences, terms
from assistant.types import Citation, Claim, Document, Hop, Span, Verdict
from assistant.types.receipts import Checked, Reason, Receipt, SavedClaim, SavedDocument, SavedHop, SavedPlace, Standing
from assistant.verification import Verifier, checked

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

    def __init__(self, receipt: Receipt, held: Held, follow: Follow, verifier: Verifier, same: bool = True) -> None:
        self._receipt = receipt
        self._held = held
        self._follow = follow
        self._verifier = verifier
        self._same = same
        """Whether the index has the content that answered: then nothing may have come to it."""
        self._renamed: dict[str, str | None] = {}
        self._sentences: dict[str, list[tuple[Span, frozenset[str]]]] = {}
        self.remarks: list[Reason] = []
        self.cited: dict[int, Citation] = {}
        """The citations that stand, made anew; filled by `items`."""

    def items(self) -> Iterator[Checked]:
        """Documents, quotations with their hops, sentences."""
        for document in self._receipt.documents:
            yield self._document(document)
        yield from self._listed()
        cited = self.cited
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
        file, sha256 = self._held.source(id)
        if sha256 != saved.sha256:
            why.append(Reason("other file"))
        elif text_hash(document) != saved.text:
            why.append(Reason("read otherwise"))
        if not why and (Path(file).name or id) != saved.file:
            why.append(Reason("file", (Path(file).name or id, saved.file)))
        for key, now, then in (
            ("title", document.work.title, saved.title),
            ("published", document.work.issued, saved.published),
        ):
            if now != then:
                why.append(Reason(key, (now or "-", then or "-")))
        return Checked("document", saved.id, "changed" if why else "holds", tuple(why), document=id)

    def _listed(self) -> Iterator[Checked]:
        """Documents that are quoted and not listed with their hashes, or the other way round."""
        listed = [d.id for d in self._receipt.documents]
        quoted = {q.document for p in self._receipt.places for q in (p, *(h.place for h in p.hops))} - {"catalog"}
        for id in sorted(quoted - set(listed)):
            yield Checked("document", id, "changed", (Reason("not listed"),))
        for id in sorted({id for id in listed if id not in quoted or listed.count(id) > 1}):
            yield Checked("document", id, "changed", (Reason("not quoted"),))

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
        made = citation_json(citation)
        why_not = (*otherwise(saved.recorded, made, moved), *self._aside(saved.recorded, made))
        standing: Standing = "moved" if moved else "changed" if why_not else "holds"
        self._note_sources(name, saved.recorded, citation)
        return Checked("citation", name, standing, why_not, id, saved.span, now), citation

    def _aside(self, recorded: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[Reason]:
        """What stands beside a place and is not read from its document."""
        if not self._receipt.model and recorded.get("translation") is not None:
            yield Reason("translation")
        hops = recorded.get("hops")
        if recorded.get("hop") != (hops[0] if isinstance(hops, list) and hops else None):
            yield Reason("first source")
        if self._same and len(made["hops"]) > len(_objects(hops)):
            yield Reason("source left out", (made["hops"][0]["title"],))
        said = {n.get("number"): _objects(n.get("works")) for n in _objects(recorded.get("notes"))}
        for note in made["notes"]:
            then = said.get(note["number"], [])
            kept = [_fixed(w, other) for w, other in zip(then, note["works"], strict=False)]
            if self._same and (len(then) != len(note["works"]) or not all(kept)):
                yield Reason("works", (str(note["number"]),))

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
        elif (hop.verdict.why or None) != place.recorded.get("why"):
            why.append(Reason("why", (hop.verdict.why or "-", shown(place.recorded.get("why")))))
        moved = (hop.citation.document, hop.citation.span) != (place.document, place.span)
        if same and not moved:
            why += otherwise(place.recorded, hop_json(hop), moved)
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
        if not why and (verdict.why or "") != saved.why:
            why.append(Reason("why", (verdict.why or "-", saved.why or "-")))
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


def _fixed(then: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether a work that a note names is the one that was recorded; what became of it may have changed."""
    keys = ("id", "title", "url") if then.get("state") != now["state"] else now.keys()
    return all(then.get(k) == now[k] for k in keys)


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
