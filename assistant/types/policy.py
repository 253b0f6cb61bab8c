"""The nouns of the views for officials: recommendations, figures, positions, what claims rest on, stages, a brief, and
questions to an author. Each finding is a place (`Citation`) with fields that are words of the document (`Part`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.types import Basis, Causality, Citation, Claim, Language, Origin, Provenance, Span, Stage

Strength = Literal["must", "should", "could", "considering"]
"""How strongly something is recommended. `considering`: it is being looked at, or is called worth looking at."""
Voice = Literal["own", "others", "reported", "history"]
"""`own`: the document recommends it. `others`: it says what somebody should do whom it does not advise, such as another
government. `reported`: somebody else's recommendation or demand, relayed. `history`: it was recommended or asked for
then, of what is past."""

Measure = Literal["level", "share", "change", "rate", "correlation", "rank", "ratio", "limit"]
"""`level`: an amount or a count. `change`: by how much or by what percentage something rose or fell. `limit`: a
threshold, cap or target of a rule or plan."""
Flow = Literal["flow", "stock"]
Aspect = Literal["who", "sector", "place", "of", "other"]
"""What narrows a figure: whose it is, which sector, where (from, to or in), of what whole it is a share."""

Relation = Literal["agree", "differ", "only_first", "only_second", "both_speak"]
"""`both_speak`: both speak of it, and neither agreement nor difference could be shown."""
TopicKind = Literal["pillar", "direction", "instrument", "sector", "place", "term", "given"]

Doubt = Literal[
    "no_mark", "double_mark", "order", "no_note", "access_before_publication", "access_differs", "named_twice",
    "address", "too_old", "other",
]  # fmt: skip
"""What `lint` asks an author about: a note without a mark, marked twice, out of order; a mark without a note; …"""

BriefSection = Literal["matter", "said", "numbers", "recommendations", "differences", "dates", "unsaid"]


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a finding: words of its document, as they stand at `span`. Where they do not stand in the finding's own
    sentence, `why` says where they come from. Without a span they are ours, and `why` says how they were made.
    """

    text: str
    span: Span | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a document says is to be done."""

    citation: Citation
    """Of the sentence or list item that says it."""
    strength: Strength
    voice: Voice
    sign: Part
    """The words that recommend: 'should', 'needs to', '해야 한다'."""
    action: Part
    actor: Part | None = None
    """Who should act; None where the document does not say."""
    instruments: tuple[Part, ...] = ()
    beneficiaries: tuple[Part, ...] = ()
    condition: Part | None = None
    pillar: Part | None = None
    """The pillar, direction or section that it belongs to, in the document's words."""
    opened_by: Citation | None = None
    """The sentence that opens the list or paragraph which the item stands in."""
    said_by: str = ""
    """Of a reported one: who recommends."""

    @property
    def document(self) -> str:
        return self.citation.document


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that narrows what a figure counts."""

    aspect: Aspect
    part: Part


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a document with all that says what it counts. Two figures may be compared only where quantity, period
    and scope are the same.
    """

    citation: Citation
    """Of its sentence, note sentence, or table row (`citation.cell` then names the cell)."""
    where: Literal["text", "note", "table"]
    span: Span
    """Of the figure's own words, currency and unit among them."""
    surface: str
    low: Decimal
    """In the whole unit: 5.9 billion is 5,900,000,000."""
    high: Decimal
    """As `low`, but for a range."""
    unit: str
    """'USD', 'percent', 'points', 'count', 'times', 'people', …"""
    bound: Literal["exact", "about", "over", "under"] = "exact"
    measure: Measure = "level"
    flow: Flow | None = None
    currency: str | None = None
    quantity: Part | None = None
    """What is counted: 'outward FDI', 'tariff'. Without it the figure is never compared."""
    scope: tuple[Scope, ...] = ()
    period: Part | None = None
    """'2024', '2020 to 2024', 'annually over the next decade'."""
    first: int | None = None
    last: int | None = None
    """First and last year of the period."""
    projected: bool = False
    """A forecast, plan or commitment and no measurement."""
    origin: Origin = "own"
    source: str = ""
    """Of a relayed figure: the notes, or the source line of the table."""

    @property
    def document(self) -> str:
        return self.citation.document


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of the same quantity, period and scope that differ by more than their rounding."""

    figures: tuple[Figure, ...]
    why: str
    """What is the same, and what differs."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """What sets a candidate apart from the first: an aspect of its scope, or 'period', 'measure', 'flow', 'unit',
    'quantity', 'projected'; the words of both, '' for what one does not say."""

    what: str
    first: str
    own: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that a query may mean, beside others that it may mean as well."""

    figure: Figure
    lacks: tuple[str, ...] = ()
    """What the query names and nothing of the figure says: words of the query."""
    other: tuple[str, ...] = ()
    """What the query names and the figure says another of: the figure's words ('2023', 'motor vehicles')."""
    near: bool = False
    """Whether it is no answer, and shown only because nothing fits."""
    unlike: tuple[Unlike, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A topic, and what each of two documents says on it, most telling first."""

    topic: str
    kind: TopicKind
    terms: tuple[str, ...]
    """The words by which it was found."""
    first: tuple[Citation, ...]
    second: tuple[Citation, ...]
    relation: Relation
    why: str = ""
    """What the relation was read from."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents, topic by topic."""

    first: str
    second: str
    titles: tuple[str, str]
    rows: tuple[Row, ...]
    notices: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Rested:
    """A claim of a document, and what it rests on."""

    citation: Citation
    basis: tuple[Basis, ...]
    """At least one; 'none' stands alone."""
    named: tuple[Part, ...] = ()
    """What is named: the words of attribution, the note ('note 27') or the table's source line."""
    causality: Causality | None = None
    staged: Staged | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """How far the measure had come of which a sentence speaks, as of the document's date."""

    stage: Stage
    sign: Part
    """The words that say so."""
    what: Part | None = None
    """The measure."""
    when: Part | None = None
    """The date that the sentence gives for it."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of when a document or statement speaks."""

    date: str
    """ISO: '2026', '2026-05' or '2026-05-20'."""
    by: str
    """What says so: the record, the file, the sentence, the newest date that its notes name."""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Something in a document's notes that its author may want to look at. Never a verdict."""

    kind: Doubt
    note: str
    """The number of the note, or ''."""
    citation: Citation | None
    """The place; None where nothing stands there (a mark that is missing)."""
    found: str
    """What was seen, in the words of the report's language."""
    question: str
    beside: tuple[Citation, ...] = ()
    """What it differs from."""


@dataclass(frozen=True, slots=True)
class BriefPart:
    """A section of a brief: sentences, each with its citations."""

    kind: BriefSection
    lines: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A page for an official. Every line but ours (`unsaid`, remarks) is cited; markers count through the brief."""

    title: str
    about: str
    """The question, or the title of the document."""
    audience: str
    """For whom: an actor as the user named one; '' for anybody."""
    language: Language
    parts: tuple[BriefPart, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    composed: bool
    """Whether it is made of the documents' own sentences; else a language model worded it."""
    provenance: Provenance
