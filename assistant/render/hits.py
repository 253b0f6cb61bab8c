"""Ranked passages for the terminal and as JSON, with why they stand in that order where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant.questions import Question
from assistant.render import hit_json, plain
from assistant.render.lines import fill
from assistant.render.reply import hit_text
from assistant.types import Document, Explained, Hit, Ranked

Open = Callable[[str], Document]

_SAID = {
    "lexical": "words (BM25)",
    "dense": "passage vector (cosine)",
    "sentence": "best sentence (cosine)",
}
_TERMS = 12


def found_json(question: Question, hits: Sequence[Hit], document: Open, explain: bool) -> dict[str, Any]:
    """`hits` in order; with `explain` also `understood`, what the retrievers were asked."""
    found = [_hit_json(h, document(h.passage.document)) for h in hits]
    asked = {"understood": _understood(question)} if explain else {}
    return {"question": question.text, **asked, "hits": found}


def _understood(question: Question) -> dict[str, Any]:
    return {
        "wants": question.wants,
        "terms": {t: round(w, 3) for t, w in question.weighted_terms().items()},
        "embedded": question.gist,
    }


def _hit_json(hit: Hit, document: Document) -> dict[str, Any]:
    told: dict[str, Any] = {**hit_json(hit, document), "also": list(hit.also)}
    if e := hit.explained:
        told["explained"] = {
            "parts": [
                {"retriever": p.retriever, "rank": p.rank, "score": round(p.score, 4), "share": round(p.share, 4),
                 "weight": p.weight, "adds": round(adds(p), 4)}
                for p in e.parts
            ],
            "terms": [{"term": t.term, "weight": round(t.weight, 3), "gain": round(t.gain, 4)} for t in e.terms],
            "sentence": {"start": e.sentence.start, "end": e.sentence.end, "text": e.sentence.slice(document.text)}
            if e.sentence else None,
            "fused": round(e.fused, 4),
            "prior": e.prior,
            "reranked": None if e.reranked is None else round(e.reranked, 4),
            "before": e.before,
            "after": e.after,
        }  # fmt: skip
    return told


def adds(part: Ranked) -> float:
    """What a part adds to the sum."""
    return part.weight * max(0.0, part.share)


def found_text(question: Question, hits: Sequence[Hit], document: Open, explain: bool, width: int = 96) -> str:
    """The hits one below the other; with `explain` first what was asked, and under each how it got its place."""
    blocks = []
    if explain and hits:
        terms = ", ".join(f"{t} {w:.2g}" for t, w in question.weighted_terms().items())
        blocks.append("\n".join([*fill(f"words asked: {terms}", width, rest="  "),
                                 *fill(f"embedded: {question.gist}", width, rest="  "), *_legend(hits, width)]))  # fmt: skip
    for hit in hits:
        read = document(hit.passage.document)
        lines = [hit_text(hit, read, width)]
        if hit.also:
            lines += fill(f"the same words also in {', '.join(hit.also)}", width, "   ")
        if hit.explained:
            lines += _why(hit, hit.explained, read, width)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _legend(hits: Sequence[Hit], width: int) -> list[str]:
    judged = any(h.explained and h.explained.reranked is not None for h in hits)
    said = "sum = share of what the words of the question could add, and the two cosines, each by its weight; score ="
    said += " sum x prior / that of the best passage of all" + (", dealt out in the reranker's order" if judged else "")
    return fill(said, width, rest="  ")


def _why(hit: Hit, e: Explained, document: Document, width: int) -> Iterator[str]:
    for p in e.parts:
        rank = f"rank {p.rank}" if p.rank else "not among its first"
        share = f", share {p.share:.3f}" if p.retriever == "lexical" else ""
        yield from fill(f"{_SAID[p.retriever]}: {rank}, {p.score:.3f}{share}", width, "   | ", "   |   ")
    if e.terms:
        told = ", ".join(f"{t.term} +{t.gain:.2f}" for t in e.terms[:_TERMS])
        more = f", and {len(e.terms) - _TERMS} more" if len(e.terms) > _TERMS else ""
        yield from fill(f"words found: {told}{more}", width, "   | ", "   |   ")
    if e.sentence:
        yield from fill(f"best sentence: {plain(e.sentence.slice(document.text))}", width, "   | ", "   |   ")
    total = " + ".join(f"{p.weight:g} x {max(0.0, p.share):.3f}" for p in e.parts)
    prior = f", x {e.prior:g} since it is a {hit.passage.kind}" if e.prior != 1.0 else ""
    yield from fill(f"sum: {total} = {e.fused:.3f}{prior} -> score {hit.score:.3f}", width, "   | ", "   |   ")
    if e.reranked is not None:
        yield from fill(f"reranker: {e.reranked:.3f}", width, "   | ", "   |   ")
    beside = [f"{name} {id}" for name, id in (("before it", e.before), ("behind it", e.after)) if id]
    if beside:
        yield from fill(f"in its document: {', '.join(beside)}", width, "   | ", "   |   ")
