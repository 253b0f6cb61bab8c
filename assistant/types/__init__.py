"""The nouns of the product: frozen values, each with its law.

Read this file (`types/policy.py` has the nouns of the views), then `protocols.py`, then `pipeline/__init__.py`, and you know how the assistant works.
All offsets count characters of `Document.text`, are half-open, and are carried from the parser to
the citation; nothing searches for them afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

WorkKind = Literal["paper", "source", "digest"]
CitationKind = Literal["paper", "source", "digest", "catalog"]
BlockKind = Literal[
    "title", "byline", "heading", "paragraph", "list", "quote", "caption", "source", "table", "note", "aside"
]
PassageKind = Literal["text", "table", "note", "reference", "caption", "front"]
"""A `reference` only names publications; `front` is title, authors and asides."""
Support = Literal["supported", "partial", "unsupported", "contradicted", "unchecked"]
Reason = Literal[
    "not_in_corpus",
    "not_answered_by_corpus",
    "source_not_held",
    "in_figure",
    "unsupported",
    "not_a_question",
]
Origin = Literal["own", "relayed"]
Retrieval = Literal["open", "paywalled", "book", "data-service", "law", "web"]
"""How a work can be had: `open` is a publication free to read, `web` a page, `data-service` data behind a query."""
SourceState = Literal["held", "not_held", "dead", "moved", "blocked", "ambiguous", "not_retrievable"]
"""What became of a cited work. `held`: a document of the corpus is that work. `ambiguous`: a document may be it, and a
person is asked. `dead`, `moved`, `blocked`: what the last attempt to fetch it came to. `not_retrievable`: a book, behind
a paywall, or data behind a query. `not_held`: it can be had, and nobody has."""
ReferenceForm = Literal["full", "ibid", "short", "supra"]
Unweighed = Literal["question", "no_statement"]
Status = Literal["supported", "contradicted", "for_and_against", "partial", "silent"]
"""What a corpus comes to on a sentence: `partial` where places say part of it and none says it or speaks against it."""
Language = Literal["en", "ko"]
Basis = Literal["own", "statistics", "study", "law", "press", "other", "none"]
"""What a claim rests on: the document's own data or calculation, official statistics, a study, a law or another official
document, press, another named source, nothing named."""
Causality = Literal["cause", "correlation", "denied"]
"""What a sentence says of two things: that one brings about the other, that they go together, that neither is so."""

Stage = Literal["proposed", "announced", "planned", "under_way", "in_force", "suspended", "ended", "struck_down"]
"""How far a measure had come when the document spoke."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The span moved by `by` characters."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: points (1/72 inch), origin at the top left of the page as shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Person:
    """An author as CSL names one; `family` alone also holds an institution."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Work:
    """One record of the catalogue, in CSL's terms. What is not known is None, never guessed."""

    id: str
    title: str
    kind: WorkKind = "paper"
    type: str = "document"
    authors: tuple[Person, ...] = ()
    container: str | None = None
    publisher: str | None = None
    issued: str | None = None
    language: str | None = None
    url: str | None = None
    doi: str | None = None
    access: str | None = None
    digest_of: str | None = None
    fingerprint: str | None = None
    cites: tuple[str, ...] = ()
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    accessed: str | None = None
    note: str | None = None
    """What the record says beside its fields, such as a series and its number."""
    named_by: tuple[str, ...] = ()
    """Where documents name the work: `document#note`, or the document alone where its text does."""
    retrieval: Retrieval | None = None
    """How the work can be had; None where nobody has looked."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A work as a note names it, in CSL's terms. Offsets count characters of the note's text. What the note
    does not say is None; what was guessed is named in `unsure`. A form that points back ('ibid', 'short',
    'supra') has the earlier work's fields once it is resolved, and then `origin` says which it is.
    """

    note: str
    span: Span
    text: str
    type: str = "document"
    authors: tuple[Person, ...] = ()
    et_al: bool = False
    title: str | None = None
    translation: str | None = None
    """The title in another language, as it stands in brackets behind the title."""
    container: str | None = None
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    """The pages of the work in its container; a page that the note points to is the `locator`."""
    locator: str | None = None
    number: str | None = None
    issued: str | None = None
    accessed: str | None = None
    doi: str | None = None
    url: str | None = None
    alias: str | None = None
    """What later notes call the work: 'hereinafter …'."""
    where: tuple[tuple[str, Span], ...] = ()
    """Where each field stands in the note's text; a field of several parts stands there several times."""
    unsure: tuple[str, ...] = ()
    form: ReferenceForm = "full"
    origin: tuple[str, int] | None = None
    """The note that names the work in full, and the place of the work among those of that note."""


@dataclass(frozen=True, slots=True)
class Naming:
    """That a document names a work: in a note, or (`note` None) in its text, a table's source or its record."""

    document: str
    note: str | None
    place: int | None
    """Which of the document's notes, counted from 0: numbers may begin anew."""
    work: str | None
    """The id of the work among `Names.works`; None where several could be meant."""
    reference: Reference | None = None
    """What the note says of the work; None where a person's record says that it names it."""
    rivals: tuple[str, ...] = ()
    """Ids of the works that could be meant, where that is doubtful."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Which held document is a cited work, and by what it was known: 'id' (its file's name), 'doi', 'url', 'title',
    'note' (a note's words have its title), 'person', 'fetched'.
    Where that is doubtful `document` is None, and `rivals` are the documents that may be it.
    """

    work: str
    document: str | None
    by: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """All that the documents of a corpus name, made at ingest: the works, where they are named, which are held.

    `works` has every cited work once: the catalogue's records and those made of notes that no record fits.
    """

    works: tuple[Work, ...] = ()
    namings: tuple[Naming, ...] = ()
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file. A page may hold several spans: a sentence is joined across a page break
    while a note or a figure stands between its halves. `label` is what is printed, or None.
    """

    index: int
    label: str | None
    spans: tuple[Span, ...]
    boxes: tuple[tuple[Span, Box], ...] = ()
    """Where the lines of the page stand, for showing the page with a sentence marked."""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a document: `path` from the outermost heading to its own."""

    path: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """A foot- or endnote. `marks` are the places in the text where it is called (zero-width: the
    mark itself is not text). `span` is where the note's own words stand; both it and `text` are
    None where only the number is known, as in a digest.
    """

    number: str
    text: str | None
    span: Span | None
    marks: tuple[int, ...]
    works: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table with the headers that name it. A cell that spans others stands once, at its
    first row and column, with how many it spans; the places that it covers hold empty cells.
    """

    text: str
    span: Span
    row: str
    column: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one line a row in the text, cells parted by tabs. `header` names the columns: where
    several header rows do so together, each cell of it is the lowest, and its `column` joins all of them.
    """

    caption: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str | None
    span: Span
    caption_span: Span | None = None
    number: str | None = None
    notes: tuple[Span, ...] = ()
    """The notes and sources that stand under the table and speak of it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece of the text with its role; blocks follow one another in order and
    hold every character of the text that is not white space.
    """

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Hidden:
    """Characters that a file holds and no reader sees; they are not in the text. `why` is a word such as
    'white', 'covered' or 'deleted' (docs/reading.md lists them).
    """

    why: str
    characters: int
    page: int | None = None
    """Index of the page, where there are pages."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text that a machine read from a picture (OCR), with how sure it was: 0 to 1."""

    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """A work as it was read. `text` is the truth that every span points into."""

    work: Work
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    media_type: str = "text/plain"
    warnings: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    loose_marks: tuple[Span, ...] = ()
    """Raised figures left in the text: set as a note mark is, and no note answers to them."""

    @property
    def id(self) -> str:
        return self.work.id

    def pages_of(self, span: Span) -> tuple[Page, ...]:
        """The pages that a span touches, in order; empty where the file has no pages."""
        return tuple(p for p in self.pages if any(s.overlaps(span) for s in p.spans))

    def page_at(self, offset: int) -> Page | None:
        """The page that holds the character at `offset`."""
        for page in self.pages:
            if any(s.start <= offset < s.end for s in page.spans):
                return page
        return None

    def section_at(self, offset: int) -> tuple[str, ...]:
        """The innermost section path at `offset`; () before the first heading."""
        path: tuple[str, ...] = ()
        for section in self.sections:
            if section.span.start <= offset < section.span.end and len(section.path) >= len(path):
                path = section.path
        return path

    def notes_in(self, span: Span) -> tuple[Note, ...]:
        """The notes called inside `span`; a mark right behind its last character counts."""
        return tuple(n for n in self.notes if any(span.start < m <= span.end for m in n.marks))


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document that is indexed as one; `text` is exactly its span of the text."""

    id: str
    document: str
    kind: PassageKind
    span: Span
    text: str
    sentences: tuple[Span, ...]
    """The sentences (or rows) in it, as spans of the document's text."""
    pages: tuple[int, ...] = ()
    section: tuple[str, ...] = ()
    context: str = ""
    """Words that belong to the passage though they stand elsewhere: a table's caption and header."""

    def __post_init__(self) -> None:
        if len(self.span) != len(self.text):
            raise ValueError(f"passage {self.id}: the text is not its span")


@dataclass(frozen=True, slots=True)
class Matched:
    """A term of the question that stands in a passage: what it weighs in the question, and what it adds to BM25."""

    term: str
    weight: float
    gain: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one retriever gave a passage. `rank` is None where it was not among its candidates; the rank by sentence is
    among all candidates. `share` is the score as it was fused: BM25 over what the question's words could add.
    """

    retriever: str
    rank: int | None
    score: float
    share: float
    weight: float


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a hit has its place: `fused` is the sum of weight times share over `parts` (a share below 0 counts as 0), and
    fused times `prior`, over that of the best passage, is the hit's score.
    """

    parts: tuple[Ranked, ...]
    terms: tuple[Matched, ...]
    sentence: Span | None
    """The sentence that is nearest to the question."""
    fused: float
    prior: float
    """1, or less for a passage that seldom answers, such as a bibliographic entry."""
    reranked: float | None = None
    """What the reranker gave it; the order is then the reranker's."""
    before: str | None = None
    after: str | None = None
    """The passages beside it in its document."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; ranks count from 1, best first."""

    passage: Passage
    score: float
    rank: int
    retriever: str
    also: tuple[str, ...] = ()
    """Passages further down that say the same in the same words, and so are not listed."""
    explained: Explained | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Which cell of which table a citation names."""

    table: str
    row: str
    column: str
    unit: str | None
    text: str


@dataclass(frozen=True, slots=True)
class WorkState:
    """A work that a note names, and whether the corpus holds it."""

    id: str
    state: SourceState
    title: str = ""
    document: str | None = None
    """The held document that is this work."""
    why: str = ""
    """What the state rests on, and what can be done."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class CitedNote:
    """A note that is called in a quote."""

    number: str
    text: str | None
    works: tuple[WorkState, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A place: the quoted words stand in the document at these offsets, on these pages."""

    marker: int
    document: str
    title: str
    kind: CitationKind
    published: str | None
    quote: str
    span: Span
    page_index: int | None
    page_label: str | None
    pages: tuple[int, ...]
    section: tuple[str, ...]
    passage: str | None
    score: float
    origin: Origin = "own"
    notes: tuple[CitedNote, ...] = ()
    cell: CellPlace | None = None
    headers: tuple[str, ...] = ()
    """Words that count as quoted beside the quote: the caption and headers of a cell's table."""
    hops: tuple[Hop, ...] = ()
    """What the sources that its notes name, and that are held, say of it: best first."""
    recognised: float | None = None
    """How sure a machine was that read the quote from a picture, 0 to 1; None where the file itself holds its words."""
    translation: str | None = None
    """The quote in the language of the question, by the language model: no quotation, and not verified but for its
    numbers."""
    basis: tuple[Basis, ...] = ()
    """What the sentence rests on; () where nobody looked."""
    causality: Causality | None = None
    """What the sentence says of two things; None where it says nothing of the kind, or nobody looked."""
    stage: Stage | None = None
    """How far the measure had come of which it speaks, as of the document's date; None where it does not say."""

    @property
    def hop(self) -> Hop | None:
        """The second hop: the best of `hops`."""
        return self.hops[0] if self.hops else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a claim against its citations found, and why."""

    support: Support
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Bearing:
    """A place that bears on a statement, and how: `supported` and `partial` speak for it, `contradicted` against it,
    `unsupported` says nothing on it (the nearest there is), `unchecked` could not be decided.
    """

    citation: Citation
    verdict: Verdict
    differs: tuple[str, ...] = ()
    """What it says another of than the statement: 'number', 'year', 'place', 'direction', …; one entry for each."""
    lacks: tuple[str, ...] = ()
    """What the statement gives and it does not: one entry for each number, year, …"""
    coverage: float = 1.0
    """How much of the statement it says, what differs aside: 0 to 1."""


@dataclass(frozen=True, slots=True)
class Hop:
    """From a sentence to the source behind it: the note that leads there, and what the source says of the sentence."""

    citation: Citation
    """Of the source: its place and words. Where `verdict` is unsupported, the nearest that it says."""
    verdict: Verdict
    note: str
    """The number of the note that leads there, or the table whose source it is; '' where the sentence names the work."""
    work: str

    @property
    def by_note(self) -> bool:
        """Whether a note leads there, of the sentence or of one beside it that leans on it."""
        return bool(self.note) and not self.note.casefold().startswith("table")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence of a text that was brought, with what the corpus says for it and against it; both empty: silence."""

    text: str
    span: Span
    """In the text that was brought."""
    supports: tuple[Bearing, ...] = ()
    contradicts: tuple[Bearing, ...] = ()
    near: tuple[Bearing, ...] = ()
    """What decides nothing: says a part, of another year or country where the whole is said elsewhere, could not be
    decided; where the corpus is silent also the nearest that it says."""
    unweighed: Unweighed | None = None
    """Why nothing was looked for: the sentence asks, or states nothing."""

    @property
    def status(self) -> Status | None:
        """None where nothing was looked for."""
        if self.unweighed:
            return None
        whole = any(b.verdict.support == "supported" for b in self.supports)
        if self.contradicts:
            return "for_and_against" if whole else "contradicted"
        return "supported" if whole else "partial" if self.supports else "silent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The researcher's question turned round: a text, sentence by sentence, against the corpus."""

    text: str
    language: Language
    statements: tuple[Weighed, ...]
    notices: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A sentence that rests on a note, beside what the source says that the note names. `hop` is None where the source is
    not held, or holds nothing to compare with."""

    citation: Citation
    """Of the sentence in the audited document."""
    note: str
    work: WorkState
    hop: Hop | None
    verdict: Verdict
    """'unchecked' where the source is not held."""


@dataclass(frozen=True, slots=True)
class Audit:
    """How faithfully a document reports its sources: a line for each sentence, note and work."""

    document: str
    title: str
    lines: tuple[AuditLine, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Computed:
    """A calculation over numbers that stand in a claim's quotes."""

    expression: str
    result: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Within:
    """What a question is confined to. Each part holds where it is empty; all parts must hold."""

    documents: tuple[str, ...] = ()
    kinds: tuple[WorkKind, ...] = ()
    years: tuple[int, int] | None = None
    """First and last year of publication; a document without a known year is outside."""
    publishers: tuple[str, ...] = ()
    """Without case, whole or as a part of the publisher's name."""

    def __bool__(self) -> bool:
        return bool(self.documents or self.kinds or self.years or self.publishers)

    def holds(self, work: Work) -> bool:
        """Whether a document of this work may answer."""
        year = re.search(r"\d{4}", work.issued or "")
        published = (work.publisher or "").casefold()
        return (
            (not self.documents or work.id in self.documents)
            and (not self.kinds or work.kind in self.kinds)
            and (self.years is None or (year is not None and self.years[0] <= int(year[0]) <= self.years[1]))
            and (not self.publishers or any(p.casefold() in published for p in self.publishers if p))
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with the markers of the citations that bear it."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    computed: Computed | None = None
    lead: str = ""
    """Who says it, from the catalogue (`names.attribution`), where several are heard: ours, no part of a quotation."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a language model."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a reply: enough to make it again."""

    index: str
    embedder: str
    model: str | None = None
    """The language model that wrote the claims; None where they are taken from the documents."""
    prompt: str | None = None
    """Names the wording that the model was given."""
    settings: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Claims that stood verification, with the places that bear them."""

    question: str
    understood: str
    language: Language
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    withheld: int
    provenance: Provenance
    hits: tuple[Hit, ...] = ()
    origin: bool = False
    """Whether the sources behind the documents were asked to answer, where they are held."""
    confidence: float | None = None
    """How sure the gates are that this answers the question, 0 to 1, comparable between corpora; None where nothing was
    ranked: the catalogue answered."""
    faults: tuple[str, ...] = ()
    """Why sentences of a language model were withheld: one entry for each, without its words."""


@dataclass(frozen=True, slots=True)
class Abstention:
    """No answer, with the reason and what comes nearest. A value, not an exception."""

    question: str
    understood: str
    language: Language
    reason: Reason
    detail: str
    nearest: tuple[Citation, ...]
    notices: tuple[str, ...]
    withheld: int
    provenance: Provenance
    hits: tuple[Hit, ...] = ()
    origin: bool = False
    confidence: float | None = None
    """The same of its best candidate; None where nothing was ranked."""
    faults: tuple[str, ...] = ()


Reply = Answer | Abstention


@dataclass(frozen=True, slots=True)
class Begun:
    """A question was understood and passages were found: an answer is being made."""

    understood: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a language model that stood verification, with the places that it adds. What follows may still
    overrule it: where the model breaks off, the reply is made of the documents' own sentences.
    """

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """So many sentences have failed until now."""

    count: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The reply: last, and what counts."""

    reply: Reply


Event = Begun | Said | Withheld | Finished
"""What is told while an answer is made: `Begun` first, `Finished` last."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier question of a conversation and the answer that was given."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Label:
    """A place in a document, given by a few of its words."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question of an evaluation set with what a right answer says and where it stands."""

    id: str
    question: str
    language: Language
    answerable: bool
    must_say: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[Label, ...], ...]
    category: str
    note: str | None = None
    split: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that belongs to the corpus. `name` is its path below the corpus folder, or its whole
    path where it was added from elsewhere; the catalogue and the store know it by that.
    """

    name: str
    path: str
    kind: WorkKind = "paper"
    """What a work without a record is taken to be."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a corpus, and what was found beside them and is not read, each with the reason."""

    files: tuple[SourceFile, ...]
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what it says about itself: `work` comes from the file alone, not from the catalogue."""

    file: SourceFile
    work: Work
    media_type: str
    sha256: str
    shingles: frozenset[int] = frozenset()
    """Hashes of its runs of three words, where another file bears its title or name: whether they are one work."""


@dataclass(frozen=True, slots=True)
class Placement:
    """What one file is to the index: the document of `work`, or skipped for `reason`. `by`: what the work's record was
    known by ('name', 'doi', 'url', 'title', 'fetched'); None where it has none.
    """

    name: str
    work: Work | None
    reason: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What ingest made of one file: `status` is 'added', 'changed', 'unchanged', 'removed',
    'skipped' or 'failed'; the last two come with a reason.
    """

    path: str
    document: str | None
    status: str
    reason: str | None = None
    pages: int = 0
    passages: int = 0
    tables: int = 0
    notes: int = 0
    marks: int = 0
    """Marks tied to a note whose words are known."""
    loose_marks: int = 0
    """Marks that no note of the file answers to."""
    recognised: int = 0
    """Pages (parts, in a file without pages) that hold text read by OCR."""
    hidden: tuple[Hidden, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one ingest did."""

    files: tuple[FileReport, ...]
    generation: str
    documents: int
    passages: int
    changed: bool
    seconds: float = field(default=0.0, compare=False)

    @property
    def failed(self) -> Sequence[FileReport]:
        return [f for f in self.files if f.status == "failed"]
