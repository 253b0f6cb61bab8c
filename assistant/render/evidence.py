"""Evidence on a text: for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.render import citation_json, place, plain, provenance_json
from assistant.render.lines import fill
from assistant.types import Bearing, Evidence, Weighed


def is_silent(evidence: Evidence) -> bool:
    """Whether the corpus says nothing for or against any sentence."""
    return not any(s.supports or s.contradicts for s in evidence.statements)


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "text": evidence.text,
        "language": evidence.language,
        "statements": [statement_json(s) for s in evidence.statements],
        "notices": list(evidence.notices),
        "provenance": provenance_json(evidence.provenance),
    }


def statement_json(s: Weighed) -> dict[str, Any]:
    return {
        "text": s.text,
        "start": s.span.start,
        "end": s.span.end,
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
        if not s.contradicts and not s.supports:
            out.append("   Silence: nothing speaks for it or against it." + (" What comes nearest:" if s.near else ""))
            for b in s.near:
                out += _bearing(b, width)
    for notice in evidence.notices:
        out += ["", *fill(notice, width)]
    return "\n".join(out)


def parted(bearings: Sequence[Bearing]) -> list[tuple[str, list[Bearing]]]:
    """Papers (and digests that stand for them) and sources apart, each only where there are any."""
    papers = [b for b in bearings if b.citation.kind != "source"]
    sources = [b for b in bearings if b.citation.kind == "source"]
    return [(name, some) for name, some in (("papers", papers), ("sources", sources)) if some]


def _sum(statements: Sequence[Weighed]) -> str:
    weighed = [s for s in statements if not s.unweighed]
    against = sum(bool(s.contradicts) for s in weighed)
    whole = sum(any(b.verdict.support == "supported" for b in s.supports) and not s.contradicts for s in weighed)
    partly = sum(bool(s.supports) and not s.contradicts for s in weighed) - whole
    silent = len(weighed) - against - whole - partly
    counts = [
        (against, "contradicted"),
        (whole, "supported"),
        (partly, "supported in part"),
        (silent, "without evidence"),
    ]
    counts.append((len(statements) - len(weighed), "without a statement"))
    sentences = f"{len(statements)} sentence{'s' if len(statements) != 1 else ''}"
    return f"{sentences}: " + (", ".join(f"{n} {said}" for n, said in counts if n) or "nothing to weigh")


def _bearing(b: Bearing, width: int) -> list[str]:
    partly = (
        " — in part" if b.verdict.support == "partial" else " — undecided" if b.verdict.support == "unchecked" else ""
    )
    out = fill(f"[{b.citation.marker}] {place(b.citation)}{partly}", width, "   ", "       ")
    out += fill(f"“{plain(b.citation.quote)}”".replace("\t", " | "), width, "       ")
    if b.verdict.why and b.verdict.support != "unsupported":
        out += fill(f"why: {plain(b.verdict.why)}", width, "       ")
    return out
