"""Makes a brief of a document, or of the answer to a question: the lines that each part may have, then those it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.labels import STAGES
from assistant.names import attribution
from assistant.policy.brief import unsaid, views
from assistant.policy.brief.lines import OURS, Line, Pool, chosen, of_answer, ours, quoted
from assistant.policy.brief.relevance import Relevance
from assistant.policy.brief.telling import Telling, told
from assistant.policy.brief.views import Advice
from assistant.policy.dates.asof import as_of
from assistant.policy.dates.asof import said as date_said
from assistant.policy.dates.staging import staged
from assistant.protocols import Library
from assistant.types import Answer, Citation, Claim, Document, Language, Span, Verdict, Work
from assistant.types.policy import BriefSection

Place = tuple[str, Span]
Parts = tuple[tuple[BriefSection, list[Line]], ...]


@dataclass(frozen=True)
class Maker:
    """Makes the parts of briefs over one corpus."""

    library: Library
    followed: Callable[[Sequence[Citation]], tuple[Citation, ...]]
    """Citations with their notes and what has become of the works that these name."""
    words: int
    language: Language
    audience: str = ""
    original: Callable[[Work], Work | None] = lambda work: None
    _told: dict[str, tuple[Telling, ...]] = field(default_factory=dict, repr=False, compare=False)

    def of_document(self, id: str) -> Parts:
        """The matter, what the document says, its numbers and recommendations, and where others differ."""
        document = self.library.document(id)
        tellings = self._of(document)
        opening = sorted(tellings, key=lambda t: -t.opens)[:6]
        opening = [t for t in opening if t.opens >= _OPENING * opening[0].opens]
        central = {(id, t.statement.span): t.says for t in tellings}
        summed = frozenset((id, t.statement.span) for t in tellings if t.sums_up)
        advice = views.advice([document], None, central, self.audience, self.language, but=summed)
        said = [t for t in tellings if t.sums_up or (id, t.statement.span) not in advice.places]
        said = [t for t in said if t.says > 0.0]
        shares = _FOR_SOMEBODY if self.audience else _SHARES
        pools = [
            Pool("matter", self._whole_sentences(opening), shares["matter"], most=3),
            Pool("said", self._spread(document, said), shares["said"]),
            Pool("numbers", views.numbers([document], None, central, self.language, 0.0), shares["numbers"], most=5),
            Pool("recommendations", advice.lines, shares["recommendations"]),
            Pool(
                "differences",
                self._differences([id, *self._beside(id)], None, 0.0),
                shares["differences"],
                most=6,
                ordered=False,
            ),
        ]
        return self._whole(pools, [id], advice)

    def of_question(
        self, answer: Answer, relevance: Relevance, ids: Sequence[str], unheard: Sequence[str] = ()
    ) -> Parts:
        """What answers it first, then what else the documents say on it; `ids` are those that were found for it, and the
        words `unheard` those that the corpus never uses.
        """
        cited = [c.document for c in answer.citations if c.kind != "catalog"]
        relevance = relevance.told([c.quote for c in answer.citations])
        near: dict[str, list[tuple[float, Telling]]] = {}
        central: dict[Place, float] = {}
        for id in dict.fromkeys([*cited, *ids]):
            document = self.library.document(id)
            for t in self._of(document):
                central[id, t.statement.span] = t.says
                near.setdefault(id, []).append((relevance.of(document, t.statement.span), t))
        best = max((r for found in near.values() for r, _ in found), default=0.0)
        least = max(_LEAST, _NEAR * best)
        heard = [id for id, found in near.items() if id in cited or any(r >= least for r, _ in found)][:_DOCUMENTS]
        documents = [self.library.document(id) for id in heard]
        advice = views.advice(documents, relevance, central, self.audience, self.language, least)
        said = sorted(
            (
                (r, t)
                for id in heard
                for r, t in near[id]
                if r >= least and t.says > _BARE and (id, t.statement.span) not in advice.places
            ),
            key=lambda pair: -(3 * pair[0] + 0.25 * pair[1].says),
        )
        shares = _FOR_SOMEBODY if self.audience else _SHARES
        pools = [
            Pool("matter", of_answer(answer.claims, answer.citations), shares["matter"] + 0.08, most=6, ordered=False),
            Pool("said", self._whole_sentences([t for _, t in said[:20]]), shares["said"] - 0.06),
            Pool(
                "numbers",
                views.numbers(documents, relevance, central, self.language, least),
                shares["numbers"] - 0.02,
                most=5,
            ),
            Pool("recommendations", advice.lines, shares["recommendations"]),
            Pool(
                "differences", self._differences(heard, relevance, least), shares["differences"], most=6, ordered=False
            ),
        ]
        return self._whole(pools, heard, advice, unheard, self._silent(near, heard))

    def _silent(self, near: Mapping[str, Sequence[tuple[float, Telling]]], heard: Sequence[str]) -> list[str]:
        """The papers of a small corpus that say nothing on what is asked."""
        papers = [id for id in self.library.document_ids() if self.library.document(id).work.kind != "source"]
        if len(papers) > _SMALL:
            return []
        return [id for id in papers if id not in heard]

    # what each part may have

    def _of(self, document: Document) -> tuple[Telling, ...]:
        if document.id not in self._told:
            self._told[document.id] = told(document)
        return self._told[document.id]

    def _whole_sentences(self, tellings: Sequence[Telling]) -> list[Line]:
        """Those that stand by themselves; what needs another sentence beside it takes the room of two."""
        lines = [quoted(t.statement.document, t.statement.span) for t in tellings]
        return [line for line in lines if len(line.claims) == 1]

    def _spread(self, document: Document, tellings: Sequence[Telling]) -> list[Line]:
        """The most telling sentences, each next one from a part of the document that has had none, where it can be: what
        a part has had counts the less the larger the part is.
        """
        left, had, out, summed = list(tellings), dict[int, float](), list[Line](), 0
        while left and len(out) < 3 * _SPREAD:
            best = max(
                left,
                key=lambda t: (
                    t.says - 2.0 * had.get(t.segment, 0.0) - 2.0 * summed * t.sums_up + min(1.0, 4 * t.weight)
                ),
            )
            left.remove(best)
            line = quoted(document, best.statement.span)
            if len(line.claims) > 1 and best.says < 3.0:
                continue  # what leans on another sentence takes the room of two
            had[best.segment] = had.get(best.segment, 0.0) + min(1.0, 0.25 / best.weight)
            summed += best.sums_up
            out.append(line)
        return out

    def _differences(self, ids: Sequence[str], relevance: Relevance | None, least: float) -> list[Line]:
        if len(ids) < 2:
            return []
        first, second = (self.library.document(id) for id in ids[:2])
        names = (self.named(first), self.named(second))
        return views.differences(first, second, relevance, names, self.language, least)

    def _beside(self, id: str) -> list[str]:
        """The other papers of a small corpus: of many it is not known which are on the same matter."""
        work = self.library.document(id).work
        others = [self.library.document(o).work for o in self.library.document_ids() if o != id]
        papers = [w.id for w in others if w.kind == work.kind]
        return papers if len(papers) == 1 else []

    def named(self, document: Document) -> str:
        """Who says what a document says: 'Bark and Kwak (2026)'."""
        return attribution(document.work, self.language, self.original(document.work))

    # the whole

    def _whole(
        self,
        pools: Sequence[Pool],
        ids: Sequence[str],
        advice: Advice,
        unheard: Sequence[str] = (),
        silent: Sequence[str] = (),
    ) -> Parts:
        """Chosen within the words, with as of when it speaks and what is not said."""
        dates = self._dates(ids)
        gaps = self._gaps(pools, advice, unheard, silent)
        turns = sorted(pools, key=lambda p: _TURNS.index(p.kind))
        held = dict(chosen(turns, self.words - sum(x.words for x in (*dates, *gaps))))
        picked = [(p.kind, held[p.kind]) for p in pools]
        shown = [line for _, lines in picked for line in lines]
        cited = self.followed([c for line in shown for c in line.citations])
        if absent := unsaid.not_held(cited, self.language):
            gaps.append(ours(absent))
        stages = self._stages(shown)
        return (*picked, ("dates", [*dates, *stages]), ("unsaid", gaps))

    def _dates(self, ids: Sequence[str]) -> list[Line]:
        out = []
        for id in ids:
            document = self.library.document(id)
            date, name = as_of(document), document.work.title or id
            if date is None:
                out.append(ours(unsaid.said("undated", self.language, f"“{name}”")))
            else:
                out.append(ours(f"“{name}”: {date_said(date, self.language)}."))
        return out

    def _stages(self, shown: Sequence[Line]) -> list[Line]:
        """How far the measures had come of which the quoted sentences speak, each stage once."""
        by_stage: dict[str, list[tuple[str, Citation]]] = {}
        for line in shown:
            for c in line.citations:
                if c.cell is not None or "\t" in c.quote:
                    continue
                for one in staged(c.quote):
                    if one.what is not None and one.stage not in ("proposed",):
                        when = f" ({one.when.text})" if one.when else ""
                        by_stage.setdefault(one.stage, []).append((f"“{one.what.text}”{when}", c))
        lines = []
        for stage, label in STAGES.items():
            held = list(dict(by_stage.get(stage, ())).items())[:3]
            if held:
                name = label[self.language]
                places = list({(c.document, c.span): c for _, c in held}.values())
                marks = tuple(range(1, len(places) + 1))
                text = f"{name[:1].upper()}{name[1:]}: {', '.join(text for text, _ in held)}."
                numbered = tuple(_with_marker(c, n) for n, c in zip(marks, places, strict=True))
                lines.append(Line((Claim(text, marks, Verdict("unchecked", OURS)),), numbered))
        return lines

    def _gaps(self, pools: Sequence[Pool], advice: Advice, unheard: Sequence[str], silent: Sequence[str]) -> list[Line]:
        empty = {p.kind for p in pools if not p.lines}
        lines = []
        if unheard:
            lines.append(ours(unsaid.said("unheard", self.language, unsaid.missing(unheard, self.language))))
        titles = [self.library.document(id).work.title or id for id in silent]
        lines += [ours(unsaid.said("silent", self.language, f"“{title}”")) for title in titles]
        if "recommendations" in empty:
            lines.append(ours(unsaid.said("advice", self.language)))
        elif self.audience and not advice.addressed:
            lines.append(ours(unsaid.said("role", self.language, f"“{self.audience}”")))
        if "numbers" in empty:
            lines.append(ours(unsaid.said("numbers", self.language)))
        return lines


def _with_marker(c: Citation, n: int) -> Citation:
    return replace(c, marker=n)


_LEAST, _NEAR = 0.3, 0.55
"""How far a sentence must speak of what is asked, at least, and beside the one that does most."""
_SHARES: Mapping[BriefSection, float] = {
    "matter": 0.16, "said": 0.31, "numbers": 0.17, "recommendations": 0.26, "differences": 0.1,
}  # fmt: skip
_FOR_SOMEBODY: Mapping[BriefSection, float] = {**_SHARES, "said": 0.22, "numbers": 0.15, "recommendations": 0.37}
"""Of the words, for each part: for somebody there is more of what is asked of them."""
_TURNS: tuple[BriefSection, ...] = ("matter", "numbers", "recommendations", "said", "differences")
"""Who chooses first: what a later part would say again is left to the earlier one."""
_OPENING = 0.5
"""How far a sentence must say what the matter is, beside the one that does most."""
_BARE = -0.5
"""How telling it must be."""
_DOCUMENTS, _SPREAD, _SMALL = 4, 12, 5
