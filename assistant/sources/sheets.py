"""What is exported, before any format: sentences with the places that bear them, and the works behind both.

A reply, a list of evidence and a bibliography become the same sheet, so that each format is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.sources.bibliography import clean, distinct
from assistant.types import Abstention, Answer, Citation, Language, Reply, Work

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "bibliography": "Bibliography",
        "notes": "Notes",
        "page": "p. {}",
        "counted": "page {} of the file",
        "digest": "a digest of the paper, not the paper itself",
        "catalog": "Catalogue of the corpus",
        "section": "section “{}”",
        "note": "Note {}: {}",
        "unnamed": "known by its number only",
        "relayed": "Relayed, not the document’s own finding.",
        "hop": "The source itself",
        "abstained": "Nearest in the corpus",
        "calculated": "Calculated",
    },
    "ko": {
        "bibliography": "참고문헌",
        "notes": "주",
        "page": "{}쪽",
        "counted": "파일의 {}번째 쪽",
        "digest": "논문 자체가 아닌 요약본",
        "catalog": "자료 목록",
        "section": "“{}” 절",
        "note": "각주 {}: {}",
        "unnamed": "번호만 알려져 있음",
        "relayed": "문서 자체의 결과가 아니라 인용된 내용.",
        "hop": "원출처",
        "abstained": "가장 가까운 내용",
        "calculated": "계산",
    },
}


def word(name: str, language: Language) -> str:
    """A fixed phrase of an export in the language of the reply."""
    return _WORDS[language][name]


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation, ready to be printed: the work, where in it, the words there, and what stands behind them."""

    marker: int
    work: Work
    quote: str
    """The document's words, exactly."""
    page: str = ""
    """'p. 12' as printed, 'page 3 of the file' where nothing is printed, '' where there are no pages."""
    place: tuple[str, ...] = ()
    """Section, table and the like: more of where, outermost first."""
    notes: tuple[str, ...] = ()
    relayed: bool = False
    verdict: str | None = None
    """Of a hop: how the source bears the claim."""
    hop: Cited | None = None

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


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an export holds. `works` is the bibliography, each work once, in the order of their first naming."""

    title: str
    lines: tuple[Line, ...] = ()
    notices: tuple[str, ...] = ()
    works: tuple[Work, ...] = ()
    language: Language = "en"

    @property
    def cited(self) -> tuple[Cited, ...]:
        return tuple(c for line in self.lines for c in line.cited)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that was asked about, with what was found on it; `remark` says which way it speaks."""

    text: str
    citations: tuple[Citation, ...]
    remark: str = ""


# ---------------------------------------------------------------- what becomes a sheet


def sheet_of_works(works: Iterable[Work], title: str = "", language: Language = "en") -> Sheet:
    """A bibliography alone."""
    return Sheet(clean(title) or word("bibliography", language), works=distinct(works), language=language)


def sheet_of_reply(reply: Reply, works: Iterable[Work] = ()) -> Sheet:
    """An answer with its notes, or an abstention with what comes nearest. `works` are the records of the documents
    that it cites; of one that is missing only what the citation says is known.
    """
    known = {w.id: w for w in works}
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
                    why = f": {claim.verdict.why}" if claim.verdict.why else ""
                    remarks.append(f"({claim.verdict.support}{why})")
                cited = tuple(by_marker[m] for m in claim.citations if m in by_marker)
                lines.append(Line(clean(claim.text), cited, clean(" ".join(remarks))))
            borne = {m for claim in reply.claims for m in claim.citations}
            lines += [Line(c.work.title, (c,)) for c in by_marker.values() if c.marker not in borne]
        case Abstention():
            lines.append(Line(clean(reply.detail)))
            lines += [
                Line(f"{word('abstained', language)}: {clean(c.title)}", (_cited(c, known, language),))
                for c in reply.nearest
            ]
    return _sheet(reply.question, lines, reply.notices, language)


def sheet_of_evidence(
    found: Sequence[Evidence], works: Iterable[Work] = (), title: str = "Evidence", language: Language = "en"
) -> Sheet:
    """Sentences with the evidence on each, numbered in one run."""
    known = {w.id: w for w in works}
    lines, marker = [], 0
    for piece in found:
        cited = []
        for citation in piece.citations:
            marker += 1
            cited.append(_cited(citation, known, language, marker))
        lines.append(Line(clean(piece.text), tuple(cited), clean(piece.remark)))
    return _sheet(title, lines, (), language)


def _sheet(title: str, lines: Sequence[Line], notices: Sequence[str], language: Language) -> Sheet:
    works: dict[str, Work] = {}
    for line in lines:
        for cited in line.cited:
            for one in (cited, cited.hop):
                if one is not None and one.work.type != _CATALOGUE:
                    works.setdefault(one.work.id, one.work)
    return Sheet(clean(title), tuple(lines), tuple(clean(n) for n in notices), tuple(works.values()), language)


# ---------------------------------------------------------------- one citation

_CATALOGUE = "catalogue"
"""Not a type of CSL: the catalogue answers, but it is no work that a bibliography lists."""


def _cited(c: Citation, known: dict[str, Work], language: Language, marker: int | None = None) -> Cited:
    place = []
    if c.section:
        place.append(word("section", language).format(clean(" › ".join(c.section))))
    if c.cell:
        place.append(clean(", ".join(part for part in (c.cell.table, c.cell.row, c.cell.column) if part)))
    hop: object = c.hop
    return Cited(
        marker=c.marker if marker is None else marker,
        work=_work(c, known, language),
        quote=c.quote,
        page=_page(c, language),
        place=tuple(place),
        notes=tuple(
            word("note", language).format(clean(n.number), clean(n.text or "") or word("unnamed", language))
            for n in c.notes
        ),
        relayed=c.origin == "relayed",
        hop=_hop(hop, known, language),
    )


def _page(c: Citation, language: Language) -> str:
    if c.kind == "digest":
        return word("digest", language)
    if c.page_label:
        return word("page", language).format(clean(c.page_label))
    return "" if c.page_index is None else word("counted", language).format(c.page_index + 1)


def _work(c: Citation, known: dict[str, Work], language: Language) -> Work:
    if c.kind == "catalog":
        return Work(c.document, word("catalog", language), type=_CATALOGUE)
    return known.get(c.document) or Work(c.document, c.title, kind=c.kind, issued=c.published)


def _hop(hop: object, known: dict[str, Work], language: Language) -> Cited | None:
    """The second hop: a citation of the source, beside it or within it the verdict."""
    if hop is None:
        return None
    citation: object = getattr(hop, "citation", hop)
    if not isinstance(citation, Citation):
        raise TypeError(f"a hop is a Citation or holds one, not {type(hop).__name__}")
    one = _cited(citation, known, language)
    verdict: object = getattr(hop, "verdict", None)
    support = getattr(verdict, "support", verdict)
    return Cited(
        one.marker, one.work, one.quote, one.page, one.place, one.notes, one.relayed,
        verdict=str(support) if support else None,
    )  # fmt: skip
