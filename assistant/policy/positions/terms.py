"""Topics that two documents bring themselves: their headings, pillars and directions, acronyms with their long forms, and
the terms that they repeat and that general policy vocabulary does not have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.lexicon.korean import bare, is_frame, is_verb
from assistant.policy.positions.persons import is_kind_of_document, is_person
from assistant.policy.positions.reading import Raw
from assistant.policy.positions.vocabulary import Finder, Topic, Words, korean_of, listed, phrase, synonyms
from assistant.stance.deeds import base, verbs
from assistant.stance.verb_groups import is_adverb, read, verb_groups
from assistant.text import STOPWORDS
from assistant.types import Document, Span

# acronyms

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_SMALL = frozenset("of the for and on in to with a an by at".split())
_WORD = re.compile(r"[^\W\d_][\w&.'\u2019]*")


def acronyms(text: str) -> dict[str, str]:
    """Each acronym that a text explains, `long form (LF)`, with its long form.

    >>> acronyms("under the Fair Tides Act (FTA) and small reactors (SRs)")
    {'FTA': 'Fair Tides Act', 'SRs': 'small reactors'}
    """
    found: dict[str, str] = {}
    for m in _ACRONYM.finditer(text):
        letters = [c for c in m[1].rstrip("s") if c.isalpha()]
        words = list(_WORD.finditer(text, max(0, m.start() - 120), m.start()))
        start = _long_form(letters, words)
        if start is not None and len(letters) > 1:
            found.setdefault(m[1], " ".join(text[start : m.start()].split()))
    return found


def _long_form(letters: Sequence[str], words: Sequence[re.Match[str]]) -> int | None:
    """Where the words begin whose initials the letters are; the hyphen parts `Trans-Pacific`."""
    left = [c.lower() for c in letters]
    start = None
    passed = 0
    for w in reversed(words):
        if not left:
            break
        if w[0][0].lower() != left[-1]:
            if w[0].lower() in _SMALL:
                continue
            passed += 1
            if start is None or passed > 1 or len(letters) < 4:  # `Agreement` in a name of many words has no letter
                return None
            continue
        left.pop()
        start = w.start()
    return start if not left else None


# phrases

_GENERIC = frozenset(
    """introduction conclusion conclusions background summary overview endnotes notes references bibliography appendix abstract contents
    discussion results method methods data analysis issues issue considerations options recommendations implication implications
    foreword preface acknowledgements annex legislation related contact author information""".split()
)
HEADS = frozenset(
    """country year time way example case part number term level type kind form area issue question fact result point
    effect role use range set series process approach aspect basis extent degree share amount value rate period end group people person
    member other government state firm company increase decrease growth policy measure effort concern change report paper author section
    table figure note source day month week percent million billion pillar
    activity direction strategy program programme economy market trade objective goal place base condition opportunity challenge section
    office information community portion account item recipient number total majority beginning percentage million billion thousand average nominal
    system environment effort sector industry product production provision agency authority department
    consideration page chapter appendix exhibit annex paragraph footnote""".split()
)
"""Words that make no topic alone, nor as the head of a phrase."""
_COMMON = re.compile(r"^.{1,3}$|\d|(?:ed|ing|ly|able|ible|al|ous|ive|ful|ant|ent|ic|ary|ory|ize|ise|ate|ster|less)$")
_LEAST, _SINGLE, _LONGEST = 3, 6, 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its words as they stand, and in the singular."""

    span: Span
    words: Words


def noun_phrases(text: str) -> tuple[Phrase, ...]:
    """Runs of words of an English text that are no verbs, adverbs or function words, with nothing but a space, a hyphen or
    a quotation mark between.
    """
    words = read(text)
    verbal = {i for v in verb_groups(words) for i in range(v.first, v.last + 1)}
    runs: list[list[int]] = [[]]
    for i, w in enumerate(words):
        kept = (
            w.low not in STOPWORDS and i not in verbal and w.low[0].isalpha() and not (is_adverb(w) or w.low in LOOSE)
        )
        if runs[-1] and (not kept or _GAP.fullmatch(text[words[i - 1].span.end : w.span.start]) is None):
            runs.append([])
        if kept:
            runs[-1].append(i)
    found = []
    for run in filter(None, runs):
        span = Span(words[run[0]].span.start, words[run[-1]].span.end)
        found.append(Phrase(span, phrase(span.slice(text))))
    return tuple(found)


_GAP = re.compile(r"[ \u201c\u201d\"\u2018-]{0,3}")
LOOSE = frozenset(
    """new such many several various major key important significant recent current further additional early late first second
    third large small strong high low good better best own possible particular specific certain overall general two three four
    five six seven eight nine ten advanced see potential""".split()
)


def repeated(pieces: Sequence[Raw], known: Finder) -> list[tuple[Words, str, int]]:
    """Phrases of two to four words, and rare single words, that a document repeats and that hold no known topic: as
    compared, as oftenest written, how often.
    """
    counted: Counter[Words] = Counter()
    ruled: Counter[Words] = Counter()
    written: dict[Words, Counter[str]] = {}
    for piece in pieces:
        if piece.kind in ("note", "table", "title", "aside", "byline"):
            continue
        for p in noun_phrases(piece.text):
            for words, surface in parts(p, piece.text):
                counted[words] += 1
                ruled[words] += bool(len(words) == len(p.words) and _RULED.search(piece.text[: p.span.start]))
                written.setdefault(words, Counter())[surface] += 1
    shown = {words: surfaces.most_common(1)[0][0] for words, surfaces in written.items()}
    found = []
    for words, n in counted.items():
        if n < (_LEAST if len(words) > 1 else _SINGLE) or words[-1] in HEADS | STOPWORDS:
            continue
        if (len(words) > 1 and not is_name(words)) or words[0] in LOOSE | HEADS or _DATED.search(shown[words]):
            continue
        name = len(words) > 1 and all(w[:1].isupper() for w in shown[words].split())
        if known.find(" ".join(words)) and not (name and not covered(known, shown[words])):
            continue
        if len(words) == 1 and (words in synonyms() or korean_of(words) or _COMMON.search(words[0])):
            continue  # general vocabulary
        if len(words) == 1 and (ruled[words] < max(2, n // 6) or (base(words[0]),) in verbs()[0]):
            continue  # hardly ever an article: no noun
        found.append((words, shown[words], n))
    found.sort(key=lambda f: (-f[2] * len(f[0]), f[0]))
    kept: list[tuple[Words, str, int]] = []
    for words, surface, n in found:  # a part of a longer phrase that is as frequent is no topic of its own
        if not any(within(words, longer) and count >= 0.7 * n for longer, _, count in found if longer != words):
            kept.append((words, surface, n))
    return kept


_RULED = re.compile(r"\b(?:the|an?|this|these|those|its|their|each|any|of)\s[\u201c\"]?$", re.IGNORECASE)


def covered(known: Finder, text: str) -> bool:
    """Whether a known topic is the whole of it, or its head."""
    return any(m.span.end >= len(text) - 1 for m in known.find(text))


def is_name(words: Words) -> bool:
    """Whether several words can be a topic's name: no figure, no letter or remnant of one."""
    return 1 < len(words) <= _LONGEST and all(
        len(w) > 2 and not any(c.isdigit() for c in w) and not _YEAR.match(w) for w in words
    )


_YEAR = re.compile(r"(?:fy|cy)\d+$")


def within(part: Words, whole: Words) -> bool:
    return len(part) < len(whole) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def parts(p: Phrase, text: str) -> Iterator[tuple[Words, str]]:
    """The ends of a phrase: what stands before them only modifies it."""
    surface = p.span.slice(text)
    pieces = surface.split(" ") if surface.count(" ") + 1 == len(p.words) else re.split(r"[ -]", surface)
    if len(pieces) > 1 and all(w[:1].isupper() for w in pieces):  # a name is one whole
        if len(pieces) == len(p.words) <= _LONGEST + 2:
            yield p.words, surface
        return
    for n in range(1, min(_LONGEST, len(p.words)) + 1):
        words = p.words[-n:]
        if len(pieces) == len(p.words) and _cut_off(text, p.span.start + len(surface) - len(_last(surface, n))):
            continue
        shown = " ".join(pieces[-n:]) if len(pieces) == len(p.words) else " ".join(words)
        yield words, shown if shown[:1].isupper() and shown[1:2].isupper() else shown.lower() if n == 1 else shown


def _last(surface: str, n: int) -> str:
    """The last words of a phrase as they stand."""
    m = re.search(rf"(?:[^ -]+[ -]){{{n - 1}}}[^ -]+$", surface)
    return m.group() if m else surface


def _cut_off(text: str, start: int) -> bool:
    """Whether words begin inside a compound: `income households` of `low-income households`."""
    return text[max(0, start - 1) : start] in ("-", "\u2011") and text[max(0, start - 2) : start - 1].isalnum()


_HANGUL = re.compile("[가-힣]+")


def repeated_korean(pieces: Sequence[Raw], known: Finder) -> list[tuple[str, str, int]]:
    """The same of Korean: compounds of two bare nouns, and longer words, that no list has."""
    counted: Counter[tuple[str, str]] = Counter()
    for piece in pieces:
        if piece.kind in ("note", "table", "title"):
            continue
        runs = list(_HANGUL.finditer(piece.text))
        for i, m in enumerate(runs):
            word = bare(m[0])
            if len(word) < 2 or is_frame(m[0]) or is_verb(m[0]):
                continue
            if len(word) >= 4:
                counted[(word, word)] += 1
            if i and piece.text[runs[i - 1].end() : m.start()] == " ":
                before = runs[i - 1][0]
                if bare(before) == before and len(before) >= 2 and not (is_frame(before) or is_verb(before)):
                    counted[(before + word, f"{before} {word}")] += 1
    found = [(k, s, n) for (k, s), n in counted.items() if n >= _LEAST and not known.find(s)]
    found.sort(key=lambda f: (-f[2], f[0]))
    return [f for f in found if not any(f[0] != o[0] and f[0] in o[0] and o[2] >= 0.7 * f[2] for o in found)]


# headings, pillars, directions

_COUNT = r"(?:two|three|four|five|six|seven|eight|several|\d)"
_OPENS = re.compile(
    rf"\b{_COUNT}\s(?:\w+\s){{0,3}}?(pillars?|directions?|priorities|goals|objectives|axes|strategies|tasks|recommendations|proposals|"
    r"measures|steps|policies|areas|principles)\b|(?:두|세|네|다섯|\d)\s?(?:가지|개|대)(?:의|\s)\s?(?:[가-힣]+\s){0,2}?"
    r"(축|방향|과제|전략|목표|원칙|제언|정책)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:^|(?<=[\s:;,]))\(?([1-9]|[\u2460-\u2468])[).]\s+")
_ITEM_END = re.compile(r"[;,]?\s*(?:and|또는|및)?\s*$")


@dataclass(frozen=True, slots=True)
class Pillars:
    """A sentence that opens what a document proposes, and its items. Spans count characters of the document."""

    span: Span
    noun: str
    items: tuple[Span, ...]


def pillars(pieces: Sequence[Raw]) -> tuple[Pillars, ...]:
    """`three pillars: 1) …; 2) …; and 3) …`"""
    found = []
    for piece in pieces:
        opened = _OPENS.search(piece.text)
        if opened is None or piece.kind in ("note", "table"):
            continue
        marks = list(_ITEM.finditer(piece.text, opened.end()))
        if len(marks) < 2:
            continue
        ends = [m.start() for m in marks[1:]] + [len(piece.text)]
        items = []
        for m, end in zip(marks, ends, strict=True):
            words = _ITEM_END.sub("", piece.text[m.end() : end]).rstrip(" .;")
            items.append(Span(m.end(), m.end() + len(words)).shift(piece.span.start))
        found.append(Pillars(piece.span, opened[1] or opened[2], tuple(items)))
    return tuple(found)


_ASKS = re.compile(r"(?:why|how|what|when|where|who|which|whether|is|are|does|do|can|should|will)\b", re.IGNORECASE)
"""A heading that asks names no topic by its first noun phrase."""


def headings(document: Document) -> tuple[str, ...]:
    """The headings that name something of the matter."""
    found = [s.path[-1] for s in document.sections if s.path]
    return tuple(h for h in dict.fromkeys(found) if not _ASKS.match(h) and not set(phrase(h)) <= _GENERIC | STOPWORDS)


def own_topics(
    documents: Sequence[Document], pieces: Sequence[Sequence[Raw]], shared: Iterable[str] = ()
) -> dict[str, Topic]:
    """The topics of the project's lists, with what the documents add: forms, and topics of their own. What only sentences
    name that are `shared` word for word, such as their publisher, is none.
    """
    found = dict(listed())
    explained: dict[str, str] = {}
    for document in documents:
        explained.update({k: v for k, v in acronyms(document.text).items() if k not in explained})
    finder = Finder(tuple(found.values()))
    same = " ".join(shared)
    for short, long in explained.items():
        if long in same:
            continue
        _add(found, finder, short, long)
    finder = Finder(tuple(found.values()))
    for mine in pieces:
        said = [p.text for p in mine if p.kind not in ("aside", "byline")]
        for words, surface, _ in repeated(mine, finder):
            if is_kind_of_document(surface) or is_person(surface, said):
                continue
            new(found, surface, {words, *synonyms().get(words, ())}, set())
        for key, surface, _ in repeated_korean(mine, finder):
            new(found, surface, set(), {key})
    finder = Finder(tuple(found.values()))
    for document, mine in zip(documents, pieces, strict=True):
        titled = [(h, False) for h in headings(document)]
        for p in pillars(mine):
            titled += [(_flat(s.slice(document.text)), True) for s in p.items]
        for title, proposed in titled:
            named = {m.topic for m in finder.find(title)}
            for name in named:
                if found[name].kind != "place":
                    kept = found[name]
                    found[name] = replace(kept, headed=True, proposed=kept.proposed or proposed)
            if not named:
                longest = max(noun_phrases(title), key=lambda p: len(p.words), default=None)
                if (
                    longest is not None
                    and is_name(longest.words)
                    and longest.words[-1] not in HEADS
                    and not _DATED.search(title)
                ):
                    new(found, longest.span.slice(title), {longest.words}, set(), headed=True)
    return found


_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _add(found: dict[str, Topic], finder: Finder, short: str, long: str) -> None:
    """An acronym and its long form: forms of the topic that one of them is already, else a topic."""
    forms = {phrase(short), phrase(long)} - {()}
    for form in (short, long):
        named = [m for m in finder.find(form) if len(m.span) == len(form)]
        if named:
            topic = found[named[0].topic]
            if topic.kind != "place":
                kept = topic.english | frozenset(forms)
                found[topic.name] = replace(topic, english=kept, cased=frozenset({phrase(short)} - topic.english))
            return
    new(found, f"{long} ({short})", forms, set())
    found[f"{long} ({short})"] = replace(found[f"{long} ({short})"], cased=frozenset((phrase(short),)))


def new(found: dict[str, Topic], name: str, english: Iterable[Words], korean: set[str], headed: bool = False) -> None:
    if name not in found:
        forms = frozenset(english)
        added = frozenset(korean | {k for f in forms for k in korean_of(f)})
        found[name] = Topic(name, "term", forms, added, headed, coined=True)
