"""A document as it is compared: everything in it that is said, with the topics, places and advice in each sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.citations import is_reference
from assistant.lexicon import places_in
from assistant.policy.positions.vocabulary import Finder, Mention, Topic, apart, finder_of, listed, places
from assistant.policy.statements import statements
from assistant.text import language_of
from assistant.types import BlockKind, Document, Language, Span
from assistant.types.policy import Recommendation


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, heading, caption or table row. Spans count characters of the document."""

    span: Span
    text: str
    kind: BlockKind
    section: tuple[str, ...]
    block: Span
    """The paragraph, note, heading, caption or table row that it stands in."""
    mentions: tuple[Mention, ...] = ()
    advice: tuple[Recommendation, ...] = ()
    """What the document itself recommends there."""
    first: bool = False
    """Whether it opens its paragraph."""
    reference: bool = False
    """Whether it only names a publication."""
    places: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    """Places that the sentence before names, in the same paragraph."""

    @property
    def stated(self) -> bool:
        """Whether it is a sentence of the text, and no heading, caption, table row, note, aside or entry of a bibliography."""
        return self.kind in ("paragraph", "list", "quote") and not self.reference

    def of(self, topic: str) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.topic == topic)

    def advises_on(self, topic: str) -> tuple[Recommendation, ...]:
        """The recommendations whose action names the topic."""
        return tuple(
            r
            for r in self.advice
            if r.action.span is not None and any(r.action.span.overlaps(m.span) for m in self.of(topic) if not m.part)
        )


@dataclass(frozen=True)
class Side:
    """One of the two documents."""

    document: Document
    said: tuple[Said, ...]

    @cached_property
    def language(self) -> Language:
        return language_of(self.document.text)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Said, ...]]:
        found: dict[str, list[Said]] = {}
        for s in self.said:
            for name in {m.topic for m in s.mentions}:
                found.setdefault(name, []).append(s)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def home(self) -> str | None:
        """The country whose actors it advises; else the place that it names most."""
        counted: Counter[str] = Counter()
        for s in self.said:
            for r in s.advice:
                if r.actor is not None:
                    counted.update(_places(r.actor.text))
        if not counted:
            counted = Counter(p for s in self.said if s.stated for p in s.places)
        return counted.most_common(1)[0][0] if counted else None

    def on(self, topic: str) -> tuple[Said, ...]:
        return self.by_topic.get(topic, ())


@dataclass(frozen=True, slots=True)
class Raw:
    """What is said before topics are looked for."""

    span: Span
    text: str
    kind: BlockKind
    section: tuple[str, ...]
    block: Span
    first: bool
    before: str


def raw(document: Document) -> tuple[Raw, ...]:
    """All that a document says, in no more pieces than its sentences: headings, captions and rows too, so that 'only the
    other speaks of it' is said of the whole of it.
    """
    return tuple(sorted(_raw(document), key=lambda r: r.span))


def _raw(document: Document) -> Iterator[Raw]:
    text = document.text
    opened = next((b.span.start for b in document.blocks if b.kind == "heading" and b.span.start > _TITLE), 0)
    for s in statements(document, notes=True):
        if s.kind == "paragraph" and _is_line_of_author(document, s.span, opened):
            yield Raw(s.span, _line(s.span.slice(text)), "byline", s.section, s.block, False, "")
            continue
        before = "" if s.before is None else _line(s.before.slice(text))
        yield Raw(s.span, _line(s.span.slice(text)), s.kind, s.section, s.block, s.before is None, before)
    for block in document.blocks:
        if block.kind in ("title", "heading", "caption"):
            yield Raw(
                block.span,
                _line(block.span.slice(text)),
                block.kind,
                document.section_at(block.span.start),
                block.span,
                False,
                "",
            )
    for table in document.tables:
        for row in (table.header, *table.rows):
            cells = [c.span for c in row if len(c.span)]
            if cells:
                span = Span(min(c.start for c in cells), max(c.end for c in cells))
                yield Raw(span, _line(span.slice(text)), "table", document.section_at(span.start), span, False, "")


_TITLE = 10
"""Characters into a document from which a heading is not its title."""
_SENTENCE_END = re.compile(r"[.!?\u201d\u2019\"')\]]\s*$|[다요음함임]\.?\s*$")
_AUTHORED = re.compile(r"\b(?:19|20)\d\d\b|\b[Bb]y\b|\d월")


def _is_line_of_author(document: Document, span: Span, opened: int) -> bool:
    """Whether a line before the first heading tells only who wrote it, and when."""
    words = span.slice(document.text)
    return span.start < opened and not _SENTENCE_END.search(words) and _AUTHORED.search(words) is not None


def _line(text: str) -> str:
    """The same characters, line ends and tabs as spaces: offsets stay."""
    return text.replace("\n", " ").replace("\t", " ")


COMPOUND = {"investment": "foreign investment"}
"""A bare word -> the compound that it is short for in a document that mostly speaks of that."""
_MOSTLY = 4


def shared(pieces: tuple[Sequence[Raw], Sequence[Raw]]) -> frozenset[str]:
    """Sentences that stand word for word in both documents, such as a publisher's: neither says anything by them."""
    first, second = ({p.text.strip() for p in side if p.kind not in ("title", "heading")} for side in pieces)
    return frozenset(t for t in first & second if len(t.split()) > _SHORT)


_SHORT = 4


def read(document: Document, pieces: Sequence[Raw], topics: Iterable[Topic], advice: Sequence[Recommendation]) -> Side:
    """The document with these topics found in it; `advice` is what it recommends in its own voice."""
    known_topics = tuple(topics)
    finder = Finder(known_topics)
    found = [finder.find(p.text) for p in pieces]
    wanted = tuple(t for t in known_topics if t.wanted)
    if wanted:
        found = [_with_wanted(p.text, mentions, wanted) for p, mentions in zip(pieces, found, strict=True)]
    counted = Counter(m.topic for mentions in found for m in mentions)
    short = {a: b for a, b in COMPOUND.items() if counted[b] >= _MOSTLY}
    known = listed()
    said = []
    for piece, mentions in zip(pieces, found, strict=True):
        named = {m.topic for m in mentions if (t := known.get(m.topic)) is not None and t.kind == "place"}
        said.append(
            Said(
                piece.span,
                piece.text,
                piece.kind,
                piece.section,
                piece.block,
                tuple(
                    Mention(_full(m, piece.text, mentions, short), m.span.shift(piece.span.start), _in_name(piece, m))
                    for m in mentions
                ),
                tuple(r for r in advice if r.citation.span.overlaps(piece.span)),
                piece.first,
                is_reference(piece.text, piece.section),
                frozenset(named | _places(piece.text)),
                _places(piece.before),
            )
        )
    return Side(document, tuple(said))


def _with_wanted(text: str, mentions: Sequence[Mention], wanted: Sequence[Topic]) -> tuple[Mention, ...]:
    """The mentions, and those of what somebody asked for that a longer topic has taken in: each topic has a finder of its own."""
    added = list(mentions)
    for topic in wanted:
        held = [m.span for m in mentions if m.topic == topic.name]
        own = [m for m in finder_of(topic).find(text) if not any(m.span.overlaps(h) for h in held)]
        if not own and not held:
            own = list(apart(topic, text))
        added += own
    return tuple(sorted(added, key=lambda m: m.span))


def _in_name(piece: Raw, m: Mention) -> bool:
    """Whether a word is only part of a name in its sentence."""
    word = m.span.slice(piece.text)
    if " " in word and m.topic in listed() and word.istitle() and piece.kind in ("paragraph", "list", "quote", "note"):
        return _NAME_DIRECTLY.search(piece.text[: m.span.start]) is not None
    if piece.kind not in ("paragraph", "list", "quote", "note") or not word[:1].isupper() or word[1:2].isupper():
        return False
    if " " in word or m.topic in places():
        return False
    return bool(_NAME_BEFORE.search(piece.text[: m.span.start]) or _NAME_BEHIND.match(piece.text[m.span.end :]))


_NAME_DIRECTLY = re.compile(r"[a-z] [A-Z][a-z]+(?:-[A-Z][a-z]+| [A-Z][a-z]+)?[ -]$|-[A-Z][a-z]+ $")
"""`the Marine Air-Ground Task Force` is no task force."""
_NAME_BEFORE = re.compile(r"\b[A-Z][A-Za-z]+(?:[ -]|\s(?:of|and|for|of the|on)\s)$")
_NAME_BEHIND = re.compile(r"(?:-|\s(?:of|and|for|of the|on)\s|\s)[A-Z][a-z]")


def _full(m: Mention, text: str, mentions: Sequence[Mention], short: Mapping[str, str]) -> str:
    """The topic of a mention: of a bare word the compound, unless what stands right before it makes it another."""
    if m.topic not in short:
        return m.topic
    before = text[: m.span.start]
    parted = any(o.span.end in (m.span.start, m.span.start - 1) and o.topic not in places() for o in mentions)
    return m.topic if parted or _OTHER.search(before) else short[m.topic]


_OTHER = re.compile(
    r"\b(?:domestic|facility|capital|public|private|inward|inbound|portfolio|home|government|federal|social)[ -]$|(?:국내|설비|공공|민간|자본|정부|사회|지분) ?$",
    re.IGNORECASE,
)


def _places(text: str) -> frozenset[str]:
    return places_in(text)
