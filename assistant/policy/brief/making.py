"""Makes a brief of a document, or of the answer to a question: the lines that each part may have, then those it has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.labels import STAGES
from assistant.names import attribution
from assistant.policy import causality
from assistant.policy.brief import relating, unsaid, views
from assistant.policy.brief.audience import decides
from assistant.policy.brief.lines import OURS, Line, Pool, chosen, listed, of_answer, ours, quoted
from assistant.policy.brief.relevance import Relevance
from assistant.policy.brief.telling import Telling, naming, speaks_of_several, told
from assistant.policy.brief.views import Advice
from assistant.policy.dates.asof import as_of
from assistant.policy.dates.asof import said as date_said
from assistant.policy.dates.staging import staged
from assistant.protocols import Library
from assistant.quantities import numbers
from assistant.text import language_of
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
        said = [t for t in said if t.says > _BARE]
        advice = self._deciding([document], advice)
        shares = _FOR_SOMEBODY if self.audience else _SHARES
        pools = [
            Pool("matter", self._whole_sentences(opening), shares["matter"], most=3),
            Pool("said", self._explained(self._spread(document, said)), shares["said"], most=self._most(12, 28)),
            Pool(
                "numbers",
                views.numbers([document], None, central, self.language, 0.0),
                shares["numbers"],
                most=self._most(5, 80),
            ),
            Pool(
                "recommendations",
                self._explained(advice.lines),
                shares["recommendations"],
                most=self._most(12, 30),
            ),
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
        self,
        answer: Answer,
        relevance: Relevance,
        ids: Sequence[str],
        unheard: Sequence[str] = (),
        within: Collection[str] | None = None,
    ) -> Parts:
        """What answers it first, then what else the documents say on it; `ids` are those that were found for it, and the
        words `unheard` those that the corpus never uses; the question is of the documents `within`, None for all.
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
        lower = {document.id: relevance.least_in(document, least) for document in documents}
        related = relating.related(relevance.question.text, [(document, self._of(document)) for document in documents])
        bearing = self._whole_sentences([t for _, t in related])
        asks = relating.things(relevance.question.text)
        caused = frozenset(line.at for line in bearing) if asks is not None and asks[2] else frozenset()
        matter = [*bearing, *of_answer(answer.claims, answer.citations)]
        advice = self._deciding(documents, advice, relevance, least)
        said = sorted(
            (
                (r, t)
                for id in heard
                for r, t in near[id]
                if r >= lower[id] and t.says > _BARE and (id, t.statement.span) not in advice.places
            ),
            key=lambda pair: -(3 * pair[0] + 0.25 * pair[1].says),
        )
        shares = _FOR_SOMEBODY if self.audience else _SHARES
        pools = [
            Pool("matter", self._explained(matter), shares["matter"] + 0.08, most=8, ordered=False),
            Pool("said", self._explained(self._whole_sentences([t for _, t in said[:30]])), shares["said"] - 0.06),
            Pool(
                "numbers",
                views.numbers(documents, relevance, central, self.language, least),
                shares["numbers"] - 0.02,
                most=5,
            ),
            Pool("recommendations", self._explained(advice.lines), shares["recommendations"]),
            Pool(
                "differences", self._differences(heard, relevance, least), shares["differences"], most=6, ordered=False
            ),
        ]
        return self._whole(pools, heard, advice, unheard, self._silent(relevance, heard, within), caused)

    def _silent(self, relevance: Relevance, heard: Sequence[str], within: Collection[str] | None) -> list[str]:
        """The papers of a small corpus that say nothing on what is asked, each of their sentences weighed. Of what the
        question did not ask, nothing is said.
        """
        papers = [id for id in self.library.document_ids() if self.library.document(id).work.kind != "source"]
        if len(papers) > _SMALL:
            return []
        asked = [id for id in papers if id not in heard and (within is None or id in within)]
        return [id for id in asked if not self._speaks(self.library.document(id), relevance)]

    def _speaks(self, document: Document, relevance: Relevance) -> bool:
        """Whether a sentence, with what stands around it, names enough of what is asked to speak of it."""
        return any(relevance.covered(document, t.statement.span) >= _SPEAKS for t in self._of(document))

    # what each part may have

    def _of(self, document: Document) -> tuple[Telling, ...]:
        if document.id not in self._told:
            self._told[document.id] = told(document)
        return self._told[document.id]

    def _whole_sentences(self, tellings: Sequence[Telling]) -> list[Line]:
        """Those that stand by themselves; what needs another sentence beside it takes the room of two."""
        lines = [quoted(t.statement.document, t.statement.span) for t in tellings]
        return [line for line in lines if len(line.claims) == 1]

    def _explained(self, lines: Sequence[Line]) -> list[Line]:
        """What speaks of several things as known (`the three pillars`) stands only behind the sentence, or the list, that
        names them, which comes before it; not at all where the document names them nowhere."""
        out: list[Line] = []
        for line in lines:
            several = speaks_of_several(line.claims[-1].text) if line.citations else None
            if several is None or line.claims[-1].verdict.why == OURS:
                out.append(line)
                continue
            document = self.library.document(line.at[0])
            named = naming(document, several)
            if not named or any(s.span.start == line.at[1] for s in named):
                out += [line] if named else []
                continue
            first = listed(document, [s.span for s in named])
            out += [x for x in (first, replace(line, needs=first.at)) if x not in out]
        return out

    def _deciding(
        self, documents: Sequence[Document], advice: Advice, relevance: Relevance | None = None, least: float = 0.0
    ) -> Advice:
        """With what somebody may decide, behind what is asked of them: it stands there even where nothing is asked."""
        if not self.audience:
            return advice
        found = [t for d in documents for t in self._of(d) if decides(t.statement.text, self.audience)]
        if relevance is not None:
            found = [t for t in found if relevance.of(t.statement.document, t.statement.span) >= least]
        lines = self._whole_sentences(sorted(found, key=lambda t: -t.says)[:8])
        if not lines:
            return advice
        places = advice.places | {(t.statement.document.id, t.statement.span) for t in found}
        return Advice((*(advice.lines if advice.addressed else ()), *lines), True, places)

    def _most(self, least: int, each: int) -> int:
        """How many lines a part may have: more where there are more words."""
        return max(least, self.words // each)

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
        caused: Collection[tuple[str, int]] = (),
    ) -> Parts:
        """Chosen within the words, with as of when it speaks and what is not said."""
        dates = self._dates(ids)
        gaps = self._gaps(pools, advice, unheard, silent)
        turns = sorted(pools, key=lambda p: _TURNS.index(p.kind))
        room = self.words - sum(x.words for x in (*dates, *gaps))
        made: Parts = ()
        for _ in range(_TRIES):  # what is said of the lines comes behind them, and takes room of theirs
            held = dict(chosen(turns, room))
            shown = [line for p in pools for line in held[p.kind]]
            cited = self.followed([c for line in shown for c in line.citations])
            absent = unsaid.not_held(cited, self.language)
            behind = [
                *gaps,
                *self._cautions(shown, caused),
                *self._left_out(held["recommendations"]),
                *([ours(absent)] if absent else []),
            ]
            stages = self._stages(shown)
            made = (*((p.kind, held[p.kind]) for p in pools), ("dates", [*dates, *stages]), ("unsaid", behind))
            over = sum(line.words for _, lines in made for line in lines) - self.words
            if over <= 0 or not shown:
                return made
            room -= over
        return made

    def _cautions(self, shown: Sequence[Line], caused: Collection[tuple[str, int]]) -> list[Line]:
        """Where a question asks for a cause and the sentences shown on it (at `caused`) only tell what goes together, that
        is said."""
        kinds = {causality.of(line.claims[-1].text) for line in shown if line.at in caused}
        return [ours(unsaid.said("correlation", self.language))] if kinds - {None} == {"correlation"} else []

    def _left_out(self, shown: Sequence[Line]) -> list[Line]:
        """Of which lists only some items are shown."""
        lists: dict[Place, list[Span]] = {}
        for line in shown:
            if len(line.claims) == len(line.citations) == 2:
                own, opener = line.citations
                lists.setdefault((own.document, opener.span), []).append(own.span)
        found = [unsaid.left_out(self.library.document(id), own, at, self.language) for (id, at), own in lists.items()]
        return [ours(text) for text in found if text]

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
                    if one.what is not None and one.stage not in ("proposed",) and not _thin(one.what.text):
                        when = f" ({one.when.text})" if one.when else ""
                        by_stage.setdefault(one.stage, []).append((f"“{one.what.text}”{when}", c))
        lines = []
        for stage, label in STAGES.items():
            held = list(dict(by_stage.get(stage, ())).items())[:2]
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


def _thin(measure: str) -> bool:
    """Whether the name of a measure is no more than a count of things (`twenty-two agreements`) or a bare word."""
    words = measure.split()
    least = 2 if language_of(measure) == "ko" else 3
    return len(words) < least or (len(words) < 2 * least and bool(numbers(" ".join(words[:2]))))


def _with_marker(c: Citation, n: int) -> Citation:
    return replace(c, marker=n)


_LEAST, _NEAR = 0.3, 0.55
"""How far a sentence must speak of what is asked, at least, and beside the one that does most."""
_SPEAKS = 0.4
"""The share of a question's words that a document's sentence names where the document is not silent on it."""
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
_TRIES = 6
_DOCUMENTS, _SPREAD, _SMALL = 4, 12, 5
