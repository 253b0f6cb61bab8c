"""A scripted assistant: a true implementation of what the page needs, over documents made here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from assistant.citations import cite
from assistant.errors import UsageError
from assistant.pipeline import EVERYWHERE
from assistant.protocols import LanguageModel, Library, Progress
from assistant.sources.ledger import Attempt, Ledger, ledger
from assistant.store.memory import MemoryLibrary
from assistant.text import language_of
from assistant.types import (
    Abstention,
    Answer,
    Audit,
    AuditLine,
    Bearing,
    Begun,
    Block,
    Cell,
    CellPlace,
    Citation,
    Claim,
    Computed,
    Document,
    Event,
    Evidence,
    Exchange,
    Finished,
    Hop,
    Names,
    Naming,
    Note,
    Page,
    Person,
    Provenance,
    Reference,
    Reply,
    Said,
    Section,
    Span,
    Support,
    Table,
    Verdict,
    Weighed,
    Within,
    Work,
    WorkState,
)

MADE = Provenance(index="3-0a1b2c3d", embedder="scripted")

FIRST = "Trade grew for decades. "
FTAS = "As of 2024, the country has concluded twenty-two FTAs with fifty-nine countries."
AFTER = " This network is among the widest. It took twenty years. It was built step by step. Few have more."
ROWS = (
    ("Sector", "2022", "2023"),
    ("Electrical Equipment", "5,237 (23.8%)", "6,512 (38.4%)"),
    ("Chemicals", "3,020 (13.7%)", "986 (5.8%)"),
)
PAPER = Work(
    id="paper",
    title="A New External Strategy",
    authors=(Person("Bark", "Taeho"), Person("Kwak", "Dongchul")),
    issued="2026",
)
DIGEST = Work(id="paper-digest", title="Digest: A New External Strategy", kind="digest", digest_of="paper")


def document(work: Work = PAPER, paged: bool = True) -> Document:
    """A paragraph that a page break cuts, a note on its second sentence, and a table."""
    paragraph = FIRST + FTAS + AFTER
    rows = "\n".join("\t".join(row) for row in ROWS)
    text = f"{paragraph}\n\n{rows}"
    at, lines = len(paragraph) + 2, []
    for row in ROWS:
        cells = []
        for column, words in enumerate(row):
            cells.append(Cell(words, Span(at, at + len(words)), row[0], ROWS[0][column]))
            at += len(words) + 1
        lines.append(tuple(cells))
    body = Span(0, len(paragraph))
    table = Table("Table 2. FDI of Conglomerates", lines[0], tuple(lines[1:]), "USD million", Span(len(body) + 2, at - 1),
                  number="Table 2")  # fmt: skip
    broken = len(FIRST + FTAS) - 20
    called = len(FIRST + FTAS)
    return Document(
        work=work,
        text=text,
        blocks=(Block("paragraph", body), Block("table", table.span)),
        pages=(Page(2, "3", (Span(0, broken),)), Page(3, "4", (Span(broken, len(text)),))) if paged else (),
        sections=(Section(("Structural Changes", "Trade Policy"), Span(0, len(text))),),
        notes=(
            Note("18", "World Bank, World Development Indicators." if paged else None, None, (called,)),
        ),
        tables=(table,),
    )  # fmt: skip


def sentence(held: Document, words: str = FTAS, marker: int = 1) -> Citation:
    at = held.text.index(words)
    return cite(held, Span(at, at + len(words)), marker, score=0.7)


def cell(held: Document, marker: int = 1) -> Citation:
    row = held.tables[0].rows[0]
    place = CellPlace("Table 2", "Electrical Equipment", "2023", "USD million", "6,512 (38.4%)")
    return cite(held, Span(row[0].span.start, row[-1].span.end), marker, score=0.9, cell=place)


def answer(
    question: str, claims: Sequence[Claim], citations: Sequence[Citation], understood: str = "", withheld: int = 0
) -> Answer:
    language = language_of(question)
    notices = ("This quotes our own digest, not the paper itself.",) if citations[0].kind == "digest" else ()
    return Answer(
        question, understood or question, language, tuple(claims), tuple(citations), notices, withheld, MADE
    )  # fmt: skip


def claim(citation: Citation, text: str = "", support: str = "supported") -> Claim:
    verdict = Verdict("supported") if support == "supported" else Verdict("partial", "the year is not in the quote")
    return Claim(text or citation.quote, (citation.marker,), verdict)


def calculated(held: Document) -> tuple[Claim, Citation]:
    quoted = cell(held)
    return Claim(
        "It rose by 1,275 USD million.",
        (1,),
        Verdict("supported"),
        Computed("6512 - 5237", "1275", "USD million"),
    ), quoted


def abstention(question: str, nearest: Sequence[Citation], detail: str = "The corpus does not say this.") -> Abstention:
    return Abstention(
        question, question, language_of(question), "not_answered_by_corpus", detail, tuple(nearest), (), 2, MADE
    )  # fmt: skip


# ---------------------------------------------------------------- the second hop

SOURCE = Work(
    id="indicators",
    title="Indicators of Trade",
    kind="source",
    authors=(Person("World Bank"),),
    issued="2024",
    url="https://indicators.example/2024",
    retrieval="open",
)
BOOK = Work(
    id="a-book", title="A Book on Treaties", kind="source", authors=(Person("Selby", "Anna"),), retrieval="book"
)
SAID = "The country has twenty-one FTAs in force."


def source(work: Work = SOURCE, said: str = SAID) -> Document:
    text = f"What is counted here. {said} Nothing else is."
    return Document(work, text, (Block("paragraph", Span(0, len(text))),), pages=(Page(0, "1", (Span(0, len(text)),)),))


def bearing(held: Document, support: Support, why: str | None = None, marker: int = 1, words: str = "") -> Bearing:
    return Bearing(sentence(held, words or SAID, marker), Verdict(support, why))


def hop(support: Support = "supported", why: str | None = None, held: Document | None = None) -> Hop:
    held = held or source()
    return Hop(cite(held, Span(22, len(held.text) - 17), 1, score=0.8), Verdict(support, why), "18", held.work.id)


def followed(held: Document, *hops: Hop, works: Sequence[WorkState] = ()) -> Citation:
    """The sentence with its note, the works that the note names, and what their sources say."""
    cited = sentence(held)
    notes = tuple(replace(n, works=tuple(works)) for n in cited.notes)
    return replace(cited, notes=notes, hops=tuple(hops))


def naming(work: str | None, note: str | None = "18", document: str = "paper", rivals: tuple[str, ...] = ()) -> Naming:
    text = "World Bank, World Development Indicators."
    reference = Reference("18", Span(0, 10), text[:10], unsure=("issued",)) if note else None
    return Naming(document, note, 0 if note else None, work, reference, rivals)


@dataclass
class ScriptedAssistant:
    """Gives the reply that is written down for a question; remembers what it was asked."""

    documents: Sequence[Document]
    replies: Mapping[str, Reply]
    works: Sequence[Work] = (PAPER,)
    index: str = "3-0a1b2c3d"
    asked: list[tuple[str, tuple[Exchange, ...]]] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    attempts: Mapping[str, Attempt] = field(default_factory=dict)
    weighed: Sequence[Weighed] = ()
    lines: Sequence[AuditLine] = ()
    notices: tuple[str, ...] = ()
    brought: list[str] = field(default_factory=list)
    audited: list[str] = field(default_factory=list)
    model: LanguageModel | None = None
    origins: list[bool] = field(default_factory=list)
    """Which questions asked for the origin."""
    confined: list[Within] = field(default_factory=list)
    """What each question was confined to."""
    without: list[str] = field(default_factory=list)
    """The questions that were asked without the model."""

    @property
    def library(self) -> Library:
        return MemoryLibrary(self.documents, (), works=self.works, names=self.names)

    @property
    def ledger(self) -> Ledger:
        return ledger(self.names, self.attempts)

    @property
    def alone(self) -> ScriptedAssistant:
        """The same, and it notes what it was asked without the model."""
        return _Alone(**{f.name: getattr(self, f.name) for f in fields(self)})

    def ask(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Reply:
        self.asked.append((question, tuple(history)))
        self.confined.append(within)
        self.origins.append(origin)
        if len(question) > 2000:
            raise UsageError(f"the question has {len(question):,} characters: shorten it to 2,000 or fewer")
        if question in self.replies:
            return self.replies[question]
        nothing = abstention(question, (), "자료에 없습니다." if language_of(question) == "ko" else "Nothing on this.")
        return replace(nothing, withheld=0, reason="not_in_corpus")

    def stream(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Iterator[Event]:
        reply = self.ask(question, history, origin, within)
        yield Begun(reply.understood, ())
        if isinstance(reply, Answer) and reply.provenance.model:
            yield from (Said(c, ()) for c in reply.claims)
        yield Finished(reply)

    def document(self, id: str) -> Document:
        return self.library.document(id)

    def evidence(self, text: str, *, progress: Progress) -> Evidence:
        self.brought.append(text)
        if not text.strip():
            raise UsageError("the text is empty: give a sentence")
        progress("sentences", 1, 2)
        progress("sentences", 2, 2)
        return Evidence(text, language_of(text), tuple(self.weighed), self.notices, MADE)

    def audit(self, document: str, *, progress: Progress) -> Audit:
        self.audited.append(document)
        progress("sentences", 1, 1)
        return Audit(document, self.document(document).work.title, tuple(self.lines), replace(MADE, index=self.index))


@dataclass
class _Alone(ScriptedAssistant):
    """Its documents' own sentences: whoever would have written, wrote nothing."""

    def ask(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Reply:
        self.without.append(question)
        reply = super().ask(question, history, origin, within)
        return replace(reply, provenance=replace(reply.provenance, model=None))
