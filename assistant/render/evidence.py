"""Evidence on a text: for the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.render import citation_json, place, plain, provenance_json
from assistant.render.lines import fill, quoted
from assistant.types import Bearing, Evidence, Status, Support, Weighed

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
    """Evidence for the terminal: each sentence with what speaks against it, then for it, papers and sources apart."""
    out = fill(_sum(evidence.statements), width)
    for n, s in enumerate(evidence.statements, start=1):
        out += ["", *fill(f"{n}. “{plain(s.text)}”", width)]
        if s.unweighed:
            said = {"question": "This is a question: it states nothing.", "no_statement": "This states nothing."}
            out.append(f"   {said[s.unweighed]}")
            continue
        for heading, bearings in (("Against it", s.contradicts), ("For it", s.supports)):
            for whose, some in parted(bearings):
                out.append(f"   {heading}, {whose} ({len(some)}):")
                for b in some:
                    out += _bearing(b, width)
        if s.status == "silent":
            out.append("   Silence: nothing speaks for it or against it." + (" What comes nearest:" if s.near else ""))
        elif s.near:
            out.append(f"   Near it, and deciding nothing ({len(s.near)}):")
        for b in s.near:
            out += _bearing(b, width, NEAR[how_near(b)])
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


def _sum(statements: Sequence[Weighed]) -> str:
    said: dict[str, str] = {**{str(k): v for k, v in STATUSES.items()}, "no_statement": "without a statement"}
    sentences = f"{len(statements)} sentence{'s' if len(statements) != 1 else ''}"
    found = ", ".join(f"{n} {said[status]}" for status, n in counts(statements).items() if n)
    return f"{sentences}: {found or 'nothing to weigh'}"


def how_near(b: Bearing) -> Support:
    """How a place that decides nothing is called: one that says part of a statement and differs in another part speaks of
    something else.
    """
    return "contradicted" if b.verdict.support == "partial" and b.differs else b.verdict.support


NEAR: dict[Support, str] = {
    "supported": "",
    "partial": "says part of it",
    "contradicted": "speaks of something else",
    "unchecked": "undecided",
    "unsupported": "",
}
"""What is said of a place that decides nothing."""


def _bearing(b: Bearing, width: int, said: str | None = None) -> list[str]:
    """A place; `said` is how it stands to the sentence, where that is not told by what it stands under."""
    if said is None:
        said = "in part" if b.verdict.support == "partial" else ""
    out = fill(f"[{b.citation.marker}] {place(b.citation)}{f' — {said}' if said else ''}", width, "   ", "       ")
    out += quoted(b.citation, width, "       ", "       ")
    if b.verdict.why and b.verdict.support != "unsupported":
        out += fill(f"why: {plain(b.verdict.why)}", width, "       ")
    return out
