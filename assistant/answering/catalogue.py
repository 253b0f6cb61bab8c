"""The catalogue answers questions about authors, titles and dates: it is a document of its own.

`catalogue_document` writes one line a work, so that a citation of it is a place like any other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answering.candidates import covers
from assistant.names import names_in
from assistant.protocols import Library
from assistant.questions import Question, understand
from assistant.text import terms
from assistant.types import Block, Document, Person, Span, Work

CATALOGUE = "catalog"
"""The id of the document that the catalogue makes."""

Asked = Literal["authors", "title", "date", "container", "all"]


def listed(library: Library) -> tuple[Work, ...]:
    """The works that the catalogue answers for: all but the sources that are named and not held."""
    held = set(library.document_ids())
    return tuple(w for w in library.works() if w.kind != "source" or w.id in held)


def line(work: Work) -> str:
    """A work's record as one sentence; what is not known is said to be so."""
    authors = _listed([str(a) for a in work.authors]) or "an author that is not recorded"
    where = ", ".join(filter(None, [work.container, work.publisher]))
    issued = f"dated {work.issued}" if work.issued else "date not known"
    return f"\u201c{work.title}\u201d is by {authors}" + (f"; {where}" if where else "") + f"; {issued}."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def catalogue_document(works: Sequence[Work]) -> Document:
    """The works that are papers or sources, one paragraph each, in the catalogue's order."""
    lines = [line(w) for w in works if w.kind != "digest"]
    blocks, at = [], 0
    for text in lines:
        blocks.append(Block("paragraph", Span(at, at + len(text))))
        at += len(text) + 2
    own = Work(id=CATALOGUE, title="Catalogue", kind="source", type="dataset")
    return Document(own, "\n\n".join(lines), tuple(blocks), media_type="application/toml")


@dataclass(frozen=True, slots=True)
class Found:
    """What the catalogue says: the works asked for with the spans of their lines."""

    asked: Asked
    works: tuple[Work, ...]
    spans: tuple[Span, ...]
    known: bool
    """False where the record exists and the field that is asked for is not known."""


_AUTHORS = re.compile(
    r"\bwho (?:wrote|authored|is the author|are the authors|were the authors|penned|published)\b|\bauthors? of\b|\bwritten by\b|"
    r"\bauthored by\b|\bname of the authors?\b|누가 (?:썼|쓴|작성|집필)|저자(?:는|가|들은|는요)?\s*누구|누가 저술|\b(?:paper|report)'?s? authors?\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:when|what year|what date|which year)\b.{0,60}\b(?:published|issued|written|released|come out|appear|publication)\b|"
    r"\b(?:publication|release|issue) (?:date|year)\b|\bdate of publication\b|\bhow (?:old|recent) is\b|"
    r"(?:언제|몇 년에?).{0,30}(?:발표|발간|출판|작성|나온|나왔|발행)|(?:발행|발간|출판|발표)(?:일|연도| 연도| 시기| 날짜)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\btitles? of\b|\bwhat (?:is|are) .{0,40}\b(?:called|titled|entitled)\b|\bwhat is the title\b|제목", re.IGNORECASE
)
_CONTAINER = re.compile(
    r"\b(?:where|which (?:journal|series|institute|publisher)|who) .{0,50}\bpublish(?:ed|er|es)?\b|\bpublisher of\b|"
    r"\bin which (?:journal|series)\b|어느 (?:기관|학술지|저널)",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:this|the|these|both|two|each|your) (?:\w+ ){0,3}(?:papers?|reports?|documents?|articles?|works?)\b|(?:이|두|본) ?(?:논문|보고서|글)|논문|보고서",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:both|the two|two|each of the|either|the|these) (?:of the )?(?:papers|reports|documents|studies)\b|\beach (?:paper|report|document)\b|"
    r"\b(?:both|the two|two|each of the|either) (?:of the )?(?:papers?|reports?|documents?|authors|studies)\b|두 ?(?:논문|보고서|글|편)|양 ?논문",
    re.IGNORECASE,
)


def _written_out(title: str, text: str) -> bool:
    """Whether a title stands in a text as a title: in its own capitals, or between quotation marks."""
    main = title.partition(":")[0].strip()
    capitals = len(re.findall(r"\b[A-Z]", main)) > 1
    at = text.find(main)
    return at >= 0 and (capitals or text[at - 1 : at] in tuple("\u201c\u2018\"'\u300c\u300e\u300a\u3008"))


def named(question: Question, works: Sequence[Work]) -> tuple[Work, ...]:
    """Papers and sources that the question names: by an author's family name, by an id, by the whole title or, where it
    speaks of a paper or quotes, by most of it. A question in a title's words is about its subject, on which others may
    speak too. A source, whose title may be the very words of its subject, is named by the title as it is written.
    """
    asked = terms(question.text)
    quoted = [set(terms(m.group())) for m in _QUOTED.finditer(question.text)]
    of_one = bool(_ONE_PAPER.search(question.text))
    found = []
    for work in works:
        if work.kind == "digest":
            continue
        if work.kind == "source":
            by_title = _written_out(work.title, question.text) and _most(work.title, asked)
        else:
            by_title = any(_stands(t, asked) for t in (work.title, work.title.partition(":")[0]))
            by_title = by_title or (of_one and _most(work.title, asked))
            by_title = by_title or any(_most(work.title.partition(":")[0], q) for q in quoted)
        by_id = _is_telling(work.id) and re.search(
            rf"(?<![\w-]){re.escape(work.id)}(?![\w-])", question.text, re.IGNORECASE
        )
        if any(_named(a, question.text) for a in work.authors) or by_title or by_id:
            found.append(work)
    return tuple(found)


_TITLE_WORDS, _MOST = 3, 0.75
"""A title names its work by so many words at least; most of it is this share of them."""
_QUOTED = re.compile(
    r"[\u201c\"]([^\u201c\u201d\"]+)[\u201d\"]|[\u2018]([^\u2018\u2019]+)[\u2019]|[\u300c\u300e\u300a\u3008][^\u300d\u300f\u300b\u3009]+"
)
_ONE_PAPER = re.compile(
    r"\b(?:the|this|a|which|'s) (?:[\w-]+ ){0,2}(?:paper|report|memo|memorandum|comment|article|digest|study|essay)\b"
    r"|(?:논문|보고서|메모|논평|기고문)(?:[은는이가의]|에서)",
    re.IGNORECASE,
)
"""Speaks of one paper, which the words of a title beside it can tell."""


def _most(title: str, asked: Collection[str]) -> bool:
    words = list(dict.fromkeys(terms(title)))
    return len(words) >= _TITLE_WORDS and sum(t in asked for t in words) / len(words) >= _MOST


def _stands(title: str, asked: Sequence[str]) -> bool:
    """Whether a title's words stand in a row."""
    words = terms(title)
    n = len(words)
    return n >= _TITLE_WORDS and any(list(asked[i : i + n]) == list(words) for i in range(len(asked) - n + 1))


def _is_telling(id: str) -> bool:
    """Whether an id can only mean its work: 'if10491-14' and 'han-2026' can, 'report', '2024' and 'ad' cannot."""
    return len(id) >= 5 and any(c.isdigit() for c in id) and any(c.isalpha() for c in id)


_BIOGRAPHY = re.compile(
    r"\b(?:works? (?:for|at)|worked (?:for|at)|affiliat\w+|who (?:is|are|was)|positions?|posts?|jobs?|career|background|serv(?:e|ed|es)|"
    r"minister|professor|president|institut\w+|universit\w+|employ\w+|teach\w*|credentials)\b|소속|직책|직함|약력|경력|근무",
    re.IGNORECASE,
)


def asks_about_author(question: Question, about: Sequence[Work], papers: Sequence[Work]) -> tuple[str, ...]:
    """The family names of the authors whose person, not whose paper, the question is about; those of
    all `papers` where it speaks of the authors without a name.
    """
    about_work = r"\b(?:say|argue|propose|recommend|suggest|according|want|think)\b|'s (?:paper|article|report|study)\b"
    if not _BIOGRAPHY.search(question.text) or re.search(about_work, question.text):
        return ()
    named_ones = tuple(a.family for w in about for a in w.authors if _named(a, question.text))
    if named_ones or not re.search(r"\bauthors?\b|저자|필자", question.text):
        return named_ones
    return tuple(a.family for w in about or papers for a in w.authors)


def bare(question: str) -> str:
    """The question without the words that only say which papers are to be heard."""
    return " ".join(_BOTH.sub(" ", question).split())


def _named(author: Person, text: str) -> bool:
    """Whether a text names an author: by the family name as a word of its own, or in Hangul."""
    if len(author.family) < 2:
        return False
    if re.search(rf"(?<!\w){re.escape(author.family)}(?:['\u2019]s)?(?!\w)", text):
        return True
    return bool(names_in(text, author.family, author.given))


def asks_both(question: Question) -> bool:
    """Whether the question wants every paper heard."""
    return bool(_BOTH.search(question.text))


_SOURCE = re.compile(
    r"\b(?:cites?|cited|citing|citation|sources?|references?|footnotes?|endnotes?|bibliograph\w+)\b|\bnotes? \d+|\bbased on\b|\b(?:data|figures?|numbers?|statistics) (?:comes?|from|taken|used)\b|"
    r"\b(?:which|what|whose) (?:study|studies|book|article|works?|publication|literature)\b|각주|미주|출처|인용|참고 ?문헌",
    re.IGNORECASE,
)


def asks_source(question: Question) -> bool:
    """Whether the question is for a source, so that a bibliographic entry may answer it."""
    return bool(_SOURCE.search(question.text))


def look_up(question: Question, works: Sequence[Work], held: Collection[str]) -> Found | None:
    """What the catalogue answers, or None where the question is not about a record.

    It is about a record only when it names a work or speaks of the papers themselves: who wrote a
    study that a note cites is not the catalogue's to say until that study has a record.
    """
    text = question.text
    asked: Asked | None = (
        "date" if _DATE.search(text) else "title" if _TITLE.search(text) else "authors" if _AUTHORS.search(text)
        else "container" if _CONTAINER.search(text) else None
    )  # fmt: skip
    if asked is None:
        return None
    document = catalogue_document(works)
    records = [w for w in works if w.kind != "digest"]
    about = list(named(question, works))
    if not about:
        rest = [c for c in question.concepts if c.kind != "generic"]
        scored = (
            [(sum(covers(c, frozenset(terms(line(w)))) for c in rest) / len(rest), w) for w in records] if rest else []
        )
        about = [w for share, w in scored if share >= 0.75]
        if not about and not (_SELF.search(text) and len(rest) <= 1):
            return None
        about = about or [w for w in records if w.id in held]
    spans = {w.id: b.span for w, b in zip(records, document.blocks, strict=True)}
    fields = {"authors": "authors", "title": "title", "date": "issued", "container": "container"}
    known = any(getattr(w, fields[asked]) for w in about)
    return Found(asked, tuple(about), tuple(spans[w.id] for w in about), known)


def without_names(question: Question, about: Sequence[Work]) -> Question:
    """The question without the authors' names that only say which document is meant."""
    names = sorted({n for w in about for a in w.authors for n in (a.family, a.given) if n}, key=len, reverse=True)
    people = [a for w in about for a in w.authors]
    hangul = [n for a in people for n in names_in(question.text, a.family, a.given)]
    if hangul:
        bare = re.sub(
            rf"(?:{'|'.join(hangul)})\s*(?:박사|교수|연구위원|저자)?(?:의|은|는|이|가|님)?", " ", question.text
        )
        question = replace(understand(bare), text=question.text)
    if not names:
        return question
    listed = "|".join(map(re.escape, names))
    pattern = rf"\b(?:by |according to )?(?:(?:{listed})(?:['\u2019]s)?(?:,? and |,? & | )?)+"
    bare = re.sub(pattern, "", question.text)
    lowered = {n.lower() for n in names}
    kept = tuple(c for c in question.concepts if c.surface.lower() not in lowered)
    return replace(question, concepts=kept, gist=bare if question.language == "en" and bare.strip() else question.gist)
