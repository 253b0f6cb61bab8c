"""Evidence on a text: for the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.render import citation_json, place, plain, provenance_json
from assistant.render.lines import fill, quoted
from assistant.types import Bearing, Evidence, Language, Status, Support, Weighed

STATUSES: dict[Status, str] = {
    "supported": "supported",
    "contradicted": "contradicted",
    "for_and_against": "for and against",
    "partial": "supported in part",
    "silent": "without evidence",
}
"""What a corpus comes to on a sentence, in the order in which it is counted."""


def is_silent(evidence: Evidence) -> bool:
    """Whether the corpus says nothing for or against any sentence."""
    return not any(s.supports or s.contradicts for s in evidence.statements)


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "text": evidence.text,
        "language": evidence.language,
        "counts": counts(evidence.statements),
        "statements": [statement_json(s) for s in evidence.statements],
        "notices": list(evidence.notices),
        "provenance": provenance_json(evidence.provenance),
    }


def statement_json(s: Weighed) -> dict[str, Any]:
    return {
        "text": s.text,
        "start": s.span.start,
        "end": s.span.end,
        "status": s.status,
        "supports": [bearing_json(b) for b in s.supports],
        "contradicts": [bearing_json(b) for b in s.contradicts],
        "near": [bearing_json(b) for b in s.near],
        "unweighed": s.unweighed,
    }


def bearing_json(b: Bearing) -> dict[str, Any]:
    return {**citation_json(b.citation), "verdict": b.verdict.support, "why": b.verdict.why}


def evidence_text(evidence: Evidence, width: int = 96) -> str:
    """Evidence for the terminal, in the text's language: each sentence with what speaks against it, then for it, papers and sources apart."""
    say = _WORDS[evidence.language]
    out = fill(_sum(evidence.statements, say), width)
    for n, s in enumerate(evidence.statements, start=1):
        out += ["", *fill(f"{n}. “{plain(s.text)}”", width)]
        if s.unweighed:
            out.append(f"   {say[s.unweighed]}")
            continue
        for heading, bearings in ((say["against"], s.contradicts), (say["for"], s.supports)):
            for whose, some in parted(bearings):
                out.append(f"   {heading}, {say[whose]} ({len(some)}):")
                for b in some:
                    out += _bearing(b, width, evidence.language)
        if s.status == "silent":
            out.append(f"   {say['silence']}" + (f" {say['nearest']}" if s.near else ""))
        elif s.near:
            out.append(f"   {say['near']} ({len(s.near)}):")
        for b in s.near:
            out += _bearing(b, width, evidence.language, NEAR[evidence.language][how_near(b)])
    for notice in evidence.notices:
        out += ["", *fill(notice, width)]
    return "\n".join(out)


def parted(bearings: Sequence[Bearing]) -> list[tuple[str, list[Bearing]]]:
    """Papers (and digests that stand for them) and sources apart, each only where there are any."""
    papers = [b for b in bearings if b.citation.kind != "source"]
    sources = [b for b in bearings if b.citation.kind == "source"]
    return [(name, some) for name, some in (("papers", papers), ("sources", sources)) if some]


def counts(statements: Sequence[Weighed]) -> dict[str, int]:
    """How many sentences are of each status, and how many state nothing."""
    counted = Counter(s.status for s in statements)
    return {**{status: counted[status] for status in STATUSES}, "no_statement": counted[None]}


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "sentence": "{} sentence",
        "sentences": "{} sentences",
        "count": "{} {}",
        "nothing": "nothing to weigh",
        **{f"is {status}": said for status, said in STATUSES.items()},
        "is no_statement": "without a statement",
        "question": "This is a question: it states nothing.",
        "no_statement": "This states nothing.",
        "against": "Against it",
        "for": "For it",
        "papers": "papers",
        "sources": "sources",
        "silence": "Silence: nothing speaks for it or against it.",
        "nearest": "What comes nearest:",
        "near": "Near it, and deciding nothing",
        "in part": "in part",
        "why": "why",
    },
    "ko": {
        "sentence": "문장 {}개",
        "sentences": "문장 {}개",
        "count": "{1} {0}",
        "nothing": "따질 내용이 없음",
        "is supported": "뒷받침됨",
        "is contradicted": "어긋남",
        "is for_and_against": "엇갈림",
        "is partial": "일부만 뒷받침됨",
        "is silent": "증거 없음",
        "is no_statement": "진술 아님",
        "question": "질문이라서 따질 내용이 없습니다.",
        "no_statement": "따질 내용이 없습니다.",
        "against": "어긋남",
        "for": "뒷받침",
        "papers": "논문",
        "sources": "출처",
        "silence": "증거 없음: 뒷받침하거나 어긋나는 대목이 없습니다.",
        "nearest": "가장 가까운 대목:",
        "near": "가까우나 판단의 근거가 아닌 대목",
        "in part": "일부",
        "why": "이유",
    },
}


def _sum(statements: Sequence[Weighed], say: dict[str, str]) -> str:
    sentences = say["sentence" if len(statements) == 1 else "sentences"].format(len(statements))
    found = ", ".join(say["count"].format(n, say[f"is {k}"]) for k, n in counts(statements).items() if n)
    return f"{sentences}: {found or say['nothing']}"


def how_near(b: Bearing) -> Support:
    """How a place that decides nothing is called: one that says part of a statement and differs in another part speaks of
    something else.
    """
    return "contradicted" if b.verdict.support == "partial" and b.differs else b.verdict.support


NEAR: dict[Language, dict[Support, str]] = {
    "en": {
        "supported": "",
        "partial": "says part of it",
        "contradicted": "speaks of something else",
        "unchecked": "undecided",
        "unsupported": "",
    },
    "ko": {
        "supported": "",
        "partial": "일부만 말함",
        "contradicted": "다른 것에 관한 내용",
        "unchecked": "판단하지 못함",
        "unsupported": "",
    },
}
"""What is said of a place that decides nothing."""


def _bearing(b: Bearing, width: int, language: Language, said: str | None = None) -> list[str]:
    """A place; `said` is how it stands to the sentence, where that is not told by what it stands under."""
    from assistant.stance.reasons import in_language  # here: a question loads no judge

    if said is None:
        said = _WORDS[language]["in part"] if b.verdict.support == "partial" else ""
    out = fill(
        f"[{b.citation.marker}] {place(b.citation, language)}{f' — {said}' if said else ''}", width, "   ", "       "
    )
    out += quoted(b.citation, width, "       ", "       ")
    if b.verdict.why and b.verdict.support != "unsupported":
        out += fill(f"{_WORDS[language]['why']}: {plain(in_language(b.verdict.why, language))}", width, "       ")
    return out
