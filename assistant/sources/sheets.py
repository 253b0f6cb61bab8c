"""What is exported, before any format: sentences with the places that bear them, and the works behind both.

A reply, a list of evidence, a note and a bibliography become the same sheet, so that each format is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.labels import SECTIONS
from assistant.sources.bibliography import clean, distinct
from assistant.sources.phrases import HOPS, word
from assistant.states import STATES
from assistant.types import (
    Abstention,
    Answer,
    Bearing,
    Citation,
    CitedNote,
    Evidence,
    Hop,
    Language,
    Provenance,
    Reply,
    Verdict,
    Weighed,
    Work,
    WorkState,
)
from assistant.types.policy import Brief


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation, ready to be printed: the work, where in it, the words there, and what stands behind them."""

    marker: int
    work: Work
    quote: str
    """The document's words, exactly; '' where a work is cited without words of it."""
    page: str = ""
    """'p. 12' as printed, 'page 3 of the file' where nothing is printed, '' where there are no pages."""
    place: tuple[str, ...] = ()
    """Section, table and the like: more of where, outermost first."""
    notes: tuple[str, ...] = ()
    """The notes that are called there, each with the works that it names and what has become of them."""
    relayed: bool = False
    verdict: Verdict | None = None
    """Of a hop and of evidence: how these words bear the sentence."""
    statement: str = ""
    """Of evidence: the sentence that it bears on."""
    lead: str = ""
    """Of a hop: what is said before the source's words, such as that it says otherwise."""
    state: str = ""
    """Of a work that a note names: what has become of it."""
    hops: tuple[Cited, ...] = ()
    """What the sources say that the notes name."""

    @property
    def words(self) -> str:
        """The quoted words on one line; the cells of a row are told apart."""
        return " | ".join(filter(None, (clean(cell) for cell in self.quote.split("\t"))))


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with the places that bear it; `remark` is what is to be known of it beside them."""

    text: str
    cited: tuple[Cited, ...] = ()
    remark: str = ""
    heads: bool = False
    """Whether the lines below it speak of it."""
    under: bool = False
    """Whether it speaks of the line above that heads."""
    section: bool = False
    """Whether it is the heading of a section."""
    quoted: bool = False
    """Whether its text is words of a document, to be shown between quotation marks."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: headings of columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an export holds. `works` is the bibliography, each work once, in the order of their first naming."""

    title: str
    lines: tuple[Line, ...] = ()
    notices: tuple[str, ...] = ()
    works: tuple[Work, ...] = ()
    language: Language = "en"
    states: tuple[WorkState, ...] = ()
    """What has become of the works, where that was asked."""
    origin: str = ""
    """What the export was made from: the last line where it is prose."""
    table: Rows | None = None
    """Stands behind the lines."""
    subtitle: str = ""
    """What is said under the title, such as for whom it was made and as of when."""

    @property
    def cited(self) -> tuple[Cited, ...]:
        rows = self.table.rows if self.table else ()
        return tuple(c for row in (self.lines, *rows) for line in row for c in line.cited)

    @property
    def has_text(self) -> bool:
        """Whether it is more than a bibliography."""
        return bool(self.lines or self.table)


@dataclass(frozen=True, slots=True)
class Listed:
    """A sentence with places for it, and what is to be said of them."""

    text: str
    citations: tuple[Citation, ...]
    remark: str = ""


# ---------------------------------------------------------------- what becomes a sheet


def sheet_of_works(
    works: Iterable[Work],
    title: str = "",
    language: Language = "en",
    notices: Iterable[str] = (),
    states: Iterable[WorkState] = (),
    index: str = "",
) -> Sheet:
    """A bibliography alone."""
    return Sheet(
        clean(title) or word("bibliography", language),
        notices=tuple(clean(n) for n in notices),
        works=distinct(works),
        language=language,
        states=tuple(states),
        origin=made_from(index, language),
    )


def sheet_of_reply(reply: Reply, works: Mapping[str, Work] | None = None) -> Sheet:
    """An answer with its notes, or an abstention with what comes nearest. `works` are the records of the documents
    that it cites, by the documents' ids; of one that is missing only what the citation says is known.
    """
    known = works or {}
    language = reply.language
    lines: list[Line] = []
    match reply:
        case Answer():
            by_marker = {c.marker: _cited(c, known, language) for c in reply.citations}
            for claim in reply.claims:
                remarks = []
                if computed := claim.computed:
                    unit = f" {computed.unit}" if computed.unit else ""
                    said = word("calculated", language)
                    remarks.append(f"{said}: {computed.expression} = {computed.result}{unit}")
                if claim.verdict.support != "supported":
                    remarks.append(f"({_judged(claim.verdict, language)})")
                cited = tuple(by_marker[m] for m in claim.citations if m in by_marker)
                lines.append(
                    Line(
                        clean(f"{claim.lead}: {claim.text}" if claim.lead else claim.text),
                        cited,
                        clean(" ".join(remarks)),
                    )
                )
            borne = {m for claim in reply.claims for m in claim.citations}
            lines += [Line(c.work.title, (c,)) for c in by_marker.values() if c.marker not in borne]
        case Abstention():
            lines.append(Line(clean(reply.detail)))
            lines += [
                Line(f"{word('abstained', language)}: {clean(c.title)}", (_cited(c, known, language),))
                for c in reply.nearest
            ]
    notices = [*reply.notices, *([word("withheld", language).format(reply.withheld)] if reply.withheld else [])]
    return _sheet(reply.question, lines, notices, language, made_from(reply.provenance, language, quotes=True))


def sheet_of_evidence(evidence: Evidence, works: Mapping[str, Work] | None = None, title: str = "") -> Sheet:
    """A text sentence by sentence with what speaks against it and for it, or where that is silence with what comes
    nearest; each place has a note of its own. `works` as for a reply.
    """
    language = evidence.language
    lines: list[Line] = []
    for statement in evidence.statements:
        lines.append(Line(clean(statement.text), heads=True))
        lines += _weighed(statement, works or {}, language)
    numbers = iter(range(1, 1 + sum(len(line.cited) for line in lines)))  # those of places that are left out would gape
    lines = [replace(x, cited=tuple(replace(c, marker=next(numbers)) for c in x.cited)) for x in lines]
    origin = made_from(evidence.provenance, language, quotes=True)
    return _sheet(title or word("evidence", language), lines, evidence.notices, language, origin)


def _weighed(statement: Weighed, known: Mapping[str, Work], language: Language) -> Iterator[Line]:
    """The lines below one sentence: what speaks against it first, and papers before sources."""
    if statement.unweighed:
        yield Line(word(statement.unweighed, language), under=True)
    is_silent = not statement.supports and not statement.contradicts
    if is_silent and not statement.unweighed:
        yield Line(word("silence", language), under=True)
    groups = (
        ("contradicts", statement.contradicts),
        ("supports", statement.supports),
        ("near", statement.near if is_silent else ()),
    )
    for group, bearings in groups:
        for bearing in sorted(bearings, key=lambda b: b.citation.kind == "source"):
            one = _cited(bearing.citation, known, language)
            cited = replace(one, verdict=bearing.verdict, statement=clean(statement.text))
            kind = word(bearing.citation.kind, language)
            text = f"{word(group, language).format(kind)}: “{cited.words}”"
            yield Line(text, (cited,), _bears(bearing, group, language), under=True)


def _bears(bearing: Bearing, group: str, language: Language) -> str:
    """What is to be said of a verdict beside the group that it put a place into."""
    plainly = {"supports": "supported", "contradicts": "contradicted", "near": "unsupported"}[group]
    if group == "near" and bearing.verdict.support == plainly:
        return ""  # silence is said already
    if bearing.verdict.support != plainly:
        return f"({_judged(bearing.verdict, language)})"
    why = _why(bearing.verdict, language)
    return f"({why})" if why else ""


def sheet_of_list(
    found: Sequence[Listed], works: Mapping[str, Work] | None = None, title: str = "", language: Language = "en"
) -> Sheet:
    """Sentences with places for each, numbered in one run."""
    lines, marker = [], 0
    for piece in found:
        cited = []
        for citation in piece.citations:
            marker += 1
            cited.append(_cited(citation, works or {}, language, marker))
        lines.append(Line(clean(piece.text), tuple(cited), clean(piece.remark)))
    return _sheet(title or word("evidence", language), lines, (), language, "")


def sheet_of_brief(brief: Brief, works: Mapping[str, Work] | None = None) -> Sheet:
    """A brief with a heading for each part, and a note for each place."""
    known, language = works or {}, brief.language
    said = {clean(c.text) for p in brief.parts for c in p.lines}
    by_marker = {c.marker: _cited(c, known, language) for c in brief.citations}
    # A sentence that stands above word for word is not said again in its note: half a page is a page then.
    by_marker = {n: replace(c, quote="") if clean(c.quote) in said else c for n, c in by_marker.items()}
    lines: list[Line] = []
    dated: list[str] = []
    for part in brief.parts:
        own: list[Line] = []
        for claim in part.lines:
            if part.kind == "dates" and not claim.citations:
                dated.append(claim.text)  # stands under the title, and not a second time
                continue
            computed = claim.computed
            remark = ""
            if computed:
                unit = f" {computed.unit}" if computed.unit else ""
                remark = f"{word('calculated', language)}: {computed.expression} = {computed.result}{unit}"
            text = clean(f"{claim.lead}: {claim.text}" if claim.lead else claim.text)
            cited = tuple(by_marker[m] for m in claim.citations if m in by_marker)
            own.append(Line(text, cited, clean(remark), under=True))
        if own:
            lines += [Line(SECTIONS[part.kind][language], section=True), *own]
    notices = brief.notices[1:]  # the first, who made the sentences, stands under the title: no line of a part
    made = _sheet(brief.title, lines, notices, language, made_from(brief.provenance, language, quotes=True))
    under = [word("for", language).format(f"{clean(brief.audience)}.")] if brief.audience else []
    under += [f"{SECTIONS['dates'][language]}: {clean(' '.join(dated))}"] if dated else []
    under += [clean(notice) for notice in brief.notices[:1]]
    return replace(made, subtitle=" ".join(under))


def sheet_of_table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[tuple[str, bool, Sequence[tuple[int, Citation]]]]],
    notices: Sequence[str] = (),
    language: Language = "en",
    origin: str = "",
    works: Mapping[str, Work] | None = None,
) -> Sheet:
    """A table, each cell given as its text, whether that is quoted, and the numbered places behind it."""
    known = works or {}
    made = tuple(
        tuple(
            Line(clean(text.replace("\t", " | ")), tuple(_cited(c, known, language, n) for n, c in at), quoted=quoted)
            for text, quoted, at in row
        )
        for row in rows
    )
    whole = _sheet(title, [line for row in made for line in row], notices, language, origin)
    return replace(whole, lines=(), table=Rows(tuple(map(clean, columns)), made))


def sheet_of_notes(
    title: str,
    notes: Iterable[tuple[str, Sequence[tuple[Work, str, str]]]],
    language: Language = "en",
    index: str = "",
) -> Sheet:
    """Notes of a document: the words of each, with the works that it names, each with the place in it that the note
    points to and what is to be said of it.
    """
    lines, marker = [], 0
    for text, named in notes:
        cited = []
        for work, place, remark in named:
            marker += 1
            cited.append(Cited(marker, work, "", clean(place), state=clean(remark)))
        lines.append(Line(clean(text), tuple(cited)))
    return _sheet(title, lines, (), language, made_from(index, language))


def _sheet(title: str, lines: Sequence[Line], notices: Sequence[str], language: Language, origin: str) -> Sheet:
    works: dict[str, Work] = {}
    for line in lines:
        for cited in line.cited:
            for one in (cited, *cited.hops):
                if one.work.type != _CATALOGUE:
                    works.setdefault(one.work.id, one.work)
    said = tuple(clean(n) for n in notices)
    return Sheet(clean(title), tuple(lines), said, tuple(works.values()), language, origin=origin)


def made_from(made: Provenance | str, language: Language, quotes: bool = False) -> str:
    """What an export was made from, without its time: the same index and settings say the same. `quotes`: whether it
    holds quotations, which all stand in the index.
    """
    index = made if isinstance(made, str) else made.index
    if not index:
        return ""
    content = index.rpartition("-")[2]  # the number before it counts how often the index was written
    said = [word("made", language).format(clean(content)), *([word("checked", language)] if quotes else [])]
    if isinstance(made, Provenance) and made.model:
        said.append(word("model", language).format(clean(made.model)))
    return " ".join(said)


# ---------------------------------------------------------------- one citation

_CATALOGUE = "catalogue"
"""Not a type of CSL: the catalogue answers, but it is no work that a bibliography lists."""


def _cited(c: Citation, known: Mapping[str, Work], language: Language, marker: int | None = None) -> Cited:
    place = []
    if c.section:
        place.append(word("section", language).format(clean(" › ".join(c.section))))
    if c.cell:
        place.append(clean(", ".join(part for part in (c.cell.table, c.cell.row, c.cell.column) if part)))
    if c.recognised is not None:
        place.append(word("recognised", language).format(f"{c.recognised:.0%}"))
    return Cited(
        marker=c.marker if marker is None else marker,
        work=_work(c, known, language),
        quote=c.quote,
        page=_page(c, language),
        place=tuple(place),
        notes=tuple(said for n in c.notes if (said := _note(n, c.quote, language))),
        relayed=c.origin == "relayed",
        hops=tuple(_hop(hop, known, language) for hop in c.hops),
    )


def _page(c: Citation, language: Language) -> str:
    if c.kind == "digest":
        return word("a digest", language)
    if c.page_label:
        return word("page", language).format(clean(c.page_label))
    return "" if c.page_index is None else word("counted", language).format(c.page_index + 1)


def _work(c: Citation, known: Mapping[str, Work], language: Language) -> Work:
    if c.kind == "catalog":
        return Work(c.document, word("the catalog", language), type=_CATALOGUE)
    return known.get(c.document) or Work(c.document, c.title, kind=c.kind, issued=c.published)


def _note(note: CitedNote, quote: str, language: Language) -> str:
    """A note that is called in a quote, or that the quote stands in: then its words are not said twice."""
    number, text = clean(note.number), clean(note.text or "")
    named = "; ".join(f"{clean(w.title) or clean(w.id)}: {state_word(w, language)}" for w in note.works)
    if quote.strip() and clean(quote) in text:
        return f"{word('note number', language).format(number).capitalize()}: [{named}]" if named else ""
    said = word("note", language).format(number, text or word("unnamed", language))
    return f"{said} [{named}]" if named else said


def state_word(work: WorkState, language: Language) -> str:
    """What has become of a cited work, in a word or two."""
    return STATES[work.state][language]


def _hop(hop: Hop, known: Mapping[str, Work], language: Language) -> Cited:
    """What the source says, behind the sentence that relays it."""
    one = _cited(replace(hop.citation, hops=()), known, language)
    lead = clean(hop.note)
    by = word("note number", language).format(lead) if hop.by_note else lead
    said = "; ".join(filter(None, [by, _why(hop.verdict, language)]))
    lead = f"{HOPS[hop.verdict.support][language]}{f' ({said})' if said else ''}:"
    return replace(one, verdict=hop.verdict, lead=lead)


def _judged(verdict: Verdict, language: Language) -> str:
    why = _why(verdict, language)
    return f"{word(verdict.support, language)}{f': {why}' if why else ''}"


def _why(verdict: Verdict, language: Language) -> str:
    """The reason of a verdict, in the language of the export."""
    if language == "en" or not verdict.why:
        return clean(verdict.why or "")
    from assistant.stance.reasons import in_language  # here: a question loads no judge

    return clean(in_language(verdict.why, language))
