"""Reply -> text, Markdown, JSON. The one door through which foreign words reach a terminal or page:
control characters are taken out here, and Markdown is escaped here.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any
from unicodedata import category

from assistant.types import (
    Abstention,
    Answer,
    Cell,
    Citation,
    Claim,
    Document,
    Hit,
    Hop,
    Note,
    Page,
    Provenance,
    Reply,
    SourceState,
    Support,
    WorkState,
)

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Control characters, direction and zero-width marks and tags, halves of characters, line separators."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Hangul letters that are drawn as nothing."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@=/^\"'])")


def plain(text: str) -> str:
    """Foreign text safe for a terminal: no control, direction or zero-width characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in "\t\n" or (category(c) not in _UNSEEN and c not in _FILLERS))


def markdown(text: str) -> str:
    """Foreign text as literal Markdown: nothing in it can become a link, an image or markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(plain(text).split()))


def marks(claim: Claim) -> str:
    return "".join(f"[{m}]" for m in claim.citations)


def answer_string(reply: Reply) -> str:
    """The claims in reading order with their marks, then the notices; when abstained, why."""
    body = reply.detail if isinstance(reply, Abstention) else " ".join(f"{c.text} {marks(c)}" for c in reply.claims)
    return "\n\n".join([body, *reply.notices])


def reply_json(reply: Reply) -> dict[str, Any]:
    """The reply as the contract gives it."""
    answered = isinstance(reply, Answer)
    return {
        "question": reply.question,
        "understood": reply.understood,
        "language": reply.language,
        "status": "answered" if answered else "abstained",
        "reason": None if isinstance(reply, Answer) else reply.reason,
        "answer": answer_string(reply),
        "claims": [claim_json(c) for c in reply.claims] if isinstance(reply, Answer) else [],
        "citations": [citation_json(c) for c in reply.citations] if isinstance(reply, Answer) else [],
        "nearest": [] if isinstance(reply, Answer) else [citation_json(c) for c in reply.nearest],
        "origin": reply.origin,
        "withheld": reply.withheld,
        "notices": list(reply.notices),
        "provenance": provenance_json(reply.provenance),
    }


def provenance_json(p: Provenance) -> dict[str, Any]:
    return {
        "index": p.index,
        "embedder": p.embedder,
        "model": p.model,
        "prompt": p.prompt,
        "settings": p.settings,
        "seconds": round(p.seconds, 4),
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    c = claim.computed
    return {
        "text": claim.text,
        "citations": list(claim.citations),
        "verdict": claim.verdict.support,
        "why": claim.verdict.why,
        "computed": {"expression": c.expression, "result": c.result, "unit": c.unit} if c else None,
    }


def citation_json(c: Citation) -> dict[str, Any]:
    cell = c.cell
    return {
        "marker": c.marker,
        "document": c.document,
        "title": c.title,
        "kind": c.kind,
        "published": c.published,
        "page_index": c.page_index,
        "page_label": c.page_label,
        "pages": list(c.pages),
        "section": list(c.section),
        "cell": {"table": cell.table, "row": cell.row, "column": cell.column, "unit": cell.unit} if cell else None,
        "headers": list(c.headers),
        "quote": c.quote,
        "start": c.span.start,
        "end": c.span.end,
        "passage": c.passage,
        "origin": c.origin,
        "notes": [
            {"number": n.number, "text": n.text, "works": [work_state_json(w) for w in n.works]} for n in c.notes
        ],
        "hop": hop_json(c.hop) if c.hop else None,
        "hops": [hop_json(h) for h in c.hops],
        "recognised": c.recognised,
        "score": c.score,
    }


def work_state_json(w: WorkState) -> dict[str, Any]:
    return {"id": w.id, "state": w.state, "title": w.title, "document": w.document, "why": w.why, "url": w.url}


def hop_json(hop: Hop) -> dict[str, Any]:
    """The second hop: the source's place and words, with how it bears the claim."""
    own = {k: v for k, v in citation_json(hop.citation).items() if k not in ("marker", "hop", "hops", "notes")}
    return {**own, "verdict": hop.verdict.support, "why": hop.verdict.why, "note": hop.note, "work": hop.work}


def place(c: Citation) -> str:
    """Where a citation stands, for people: title, page, section."""
    parts = [plain(c.title) + (f" ({c.published})" if c.published else "")]
    if c.kind == "digest":
        parts.append("digest, no pages")
    elif c.kind == "catalog":
        parts = ["Catalogue of the corpus"]
    elif c.page_index is not None:
        parts.append(page_name(c.page_index, c.page_label))
    if c.section:
        parts.append(plain(" › ".join(c.section)))
    if c.cell and c.cell.table:
        parts.append(plain(c.cell.table))
    if c.recognised is not None:
        parts.append(f"read from a picture by OCR, {c.recognised:.0%} sure")
    return plain(", ".join(parts))


def page_name(index: int, label: str | None) -> str:
    """`p. iii (page 3 of the file)`; the file's own count alone where nothing is printed."""
    if label is None:
        return f"page {index + 1} of the file"
    return f"p. {label}" if label == str(index + 1) else f"p. {label} (page {index + 1} of the file)"


def reply_text(reply: Reply, width: int = 96) -> str:
    """A reply for the terminal."""
    out: list[str] = []
    if reply.understood != reply.question:
        out += [f"Understood as: {plain(reply.understood)}", ""]
    if isinstance(reply, Answer):
        for claim in reply.claims:
            out.append(_fill(f"{plain(claim.text)} {marks(claim)}", width))
            if claim.computed:
                unit = f" {claim.computed.unit}" if claim.computed.unit else ""
                out.append(
                    _fill(f"Calculated: {claim.computed.expression} = {claim.computed.result}{unit}", width, "    ")
                )
            if claim.verdict.support != "supported":
                out.append(_fill(f"({claim.verdict.support}: {claim.verdict.why})", width, "    "))
        cited: Sequence[Citation] = reply.citations
    else:
        out.append(_fill(plain(reply.detail), width))
        cited = reply.nearest
    out += ["", *_citations(cited, width)] if cited else []
    for notice in reply.notices:
        out += ["", _fill(notice, width)]
    if reply.withheld:
        out += ["", f"Withheld after verification: {reply.withheld}"]
    return "\n".join(out)


def _citations(cited: Sequence[Citation], width: int) -> list[str]:
    out = []
    for c in cited:
        out.append(_fill(f"[{c.marker}] {place(c)}", width))
        out.append(_fill(f"\u201c{plain(c.quote)}\u201d".replace("\t", " | "), width, "    "))
        for note in c.notes:
            text = plain(note.text) if note.text else "named in the digest by its number only"
            out.append(_fill(f"note {note.number}: {text}", width, "      "))
            out += [_fill(f"\u2192 {state_text(w)}", width, "        ") for w in note.works]
        numbers = {n.number for n in c.notes}
        for hop in c.hops:
            out += _hop(hop, f"note {hop.note}" if hop.note in numbers else hop.note or "named here", width)
    return out


def _hop(hop: Hop, behind: str, width: int) -> list[str]:
    """What a source says, indented under the quote that rests on it."""
    said = HOP_SAYS[hop.verdict.support]
    why = f" ({hop.verdict.why})" if hop.verdict.why else ""
    out = [_fill(f"{plain(behind)}, the source: {said}{plain(why)}", width, "      ")]
    out.append(_fill(place(hop.citation), width, "        "))
    out.append(_fill(f"\u201c{plain(hop.citation.quote)}\u201d".replace("\t", " | "), width, "        "))
    return out


HOP_SAYS: dict[Support, str] = {
    "supported": "says so",
    "partial": "says part of it",
    "contradicted": "says otherwise",
    "unsupported": "not found in it; the nearest that it says",
    "unchecked": "could not be checked; the nearest that it says",
}
_STATES: dict[SourceState, str] = {
    "held": "held",
    "not_held": "not held",
    "dead": "not held, its address is dead",
    "moved": "not held, it has moved",
    "blocked": "not held, its site blocks programs",
    "ambiguous": "not clear",
    "not_retrievable": "not held, and not to be had by a program",
}


def state_text(w: WorkState) -> str:
    """'World Development Indicators (world-bank-wdi): not held \u2014 what can be done'."""
    named = plain(w.title or w.id) + (f" [{w.id}]" if w.id and w.title else "")
    return f"{named}: {_STATES[w.state]}" + (f" \u2014 {plain(w.why)}" if w.why else "")


def _fill(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(
        " ".join(plain(text).split()), width, initial_indent=indent, subsequent_indent=indent or "",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def hit_json(hit: Hit, document: Document) -> dict[str, Any]:
    """A ranked passage with its place."""
    p = hit.passage
    first = document.page_at(p.span.start)
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "retriever": hit.retriever,
        "id": p.id,
        "document": p.document,
        "title": document.work.title,
        "kind": document.work.kind,
        "passage_kind": p.kind,
        "published": document.work.issued,
        "page_index": first.index if first else None,
        "page_label": first.label if first else None,
        "pages": list(p.pages),
        "section": list(p.section),
        "text": p.text,
        "quote": p.text,
        "start": p.span.start,
        "end": p.span.end,
        "context": p.context or None,
    }


def hit_text(hit: Hit, document: Document, width: int = 96) -> str:
    p = hit.passage
    first = document.page_at(p.span.start)
    where = [plain(document.work.title)]
    if document.work.kind == "digest":
        where.append("digest")
    if first:
        where.append(page_name(first.index, first.label))
    where.extend([plain(" › ".join(p.section))] if p.section else [])
    head = _fill(f"{hit.rank}. {', '.join(where)}  ({p.kind}, {hit.score:.3f})", width)
    return f"{head}\n{_fill(plain(p.text), width, '   ')}"


def heading_levels(document: Document) -> dict[int, int]:
    """Where each heading begins -> how deep it stands, 1 the outermost."""
    return {s.span.start: len(s.path) for s in document.sections if s.path}


def document_json(document: Document, boxes: bool = False) -> dict[str, Any]:
    """The stored document as `assistant show --json` prints it; `boxes`: also where each line stands on its page."""
    work = document.work
    levels = heading_levels(document)
    return {
        "id": document.id,
        "title": work.title,
        "kind": work.kind,
        "authors": [str(a) for a in work.authors],
        "published": work.issued,
        "media_type": document.media_type,
        "text": document.text,
        "pages": [page_json(p, boxes) for p in document.pages],
        "sections": [{"path": list(s.path), "start": s.span.start, "end": s.span.end} for s in document.sections],
        "notes": [note_json(n) for n in document.notes],
        "tables": [
            {
                "number": t.number,
                "caption": t.caption,
                "unit": t.unit,
                "header": [c.text for c in t.header],
                "header_cells": [cell_json(c) for c in t.header],
                "rows": [[cell_json(c) for c in row] for row in t.rows],
                "notes": [{"text": n.slice(document.text), "start": n.start, "end": n.end} for n in t.notes],
                "start": t.span.start,
                "end": t.span.end,
            }
            for t in document.tables
        ],
        "blocks": [
            {
                "kind": b.kind,
                "level": levels.get(b.span.start) if b.kind == "heading" else None,
                "start": b.span.start,
                "end": b.span.end,
            }
            for b in document.blocks
        ],
        "hidden": [{"why": h.why, "characters": h.characters, "page_index": h.page} for h in document.hidden],
        "recognised": [
            {"start": r.span.start, "end": r.span.end, "confidence": round(r.confidence, 3)}
            for r in document.recognised
        ],
        "loose_marks": [{"text": s.slice(document.text), "start": s.start, "end": s.end} for s in document.loose_marks],
        "warnings": list(document.warnings),
    }


def held_json(held: Sequence[tuple[Document, int]]) -> dict[str, Any]:
    """The documents of an index, each with its number of passages."""
    return {
        "documents": [
            {
                "id": d.id,
                "title": d.work.title,
                "kind": d.work.kind,
                "authors": [str(a) for a in d.work.authors],
                "published": d.work.issued,
                "media_type": d.media_type,
                "pages": len(d.pages),
                "passages": passages,
            }
            for d, passages in held
        ]
    }


def held_text(held: Sequence[tuple[Document, int]]) -> str:
    """A line or two a document: id, what it is, title."""
    out = []
    for d, passages in held:
        pages = f"{len(d.pages)} page{'s' if len(d.pages) != 1 else ''}, " if d.pages else ""
        out.append(f"{d.id}  ({d.work.kind}, {pages}{passages} passage{'s' if passages != 1 else ''})")
        out.append(f"    {plain(d.work.title) or 'without a title'}")
    return "\n".join(out) or "no documents"


def page_json(page: Page, boxes: bool = False) -> dict[str, Any]:
    out: dict[str, Any] = {"index": page.index, "label": page.label, "spans": [[s.start, s.end] for s in page.spans]}
    if boxes:
        out["boxes"] = [
            {"start": s.start, "end": s.end, "box": [b.left, b.top, b.right, b.bottom]} for s, b in page.boxes
        ]
    return out


def cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "row": cell.row,
        "column": cell.column,
        "rows": cell.rows,
        "columns": cell.columns,
        "start": cell.span.start,
        "end": cell.span.end,
    }


def note_json(note: Note) -> dict[str, Any]:
    return {
        "number": note.number,
        "text": note.text,
        "start": note.span.start if note.span else None,
        "end": note.span.end if note.span else None,
        "marks": list(note.marks),
        "works": list(note.works),
    }
