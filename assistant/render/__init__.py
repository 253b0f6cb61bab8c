"""Reply -> text, Markdown, JSON. The one door through which foreign words reach a terminal or page:
control characters are taken out here, and Markdown is escaped here.
"""

from __future__ import annotations

import re
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
    Language,
    Note,
    Page,
    Provenance,
    Reply,
    WorkState,
)
from assistant.types.policy import Part

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


def led(claim: Claim) -> str:
    """The claim behind who says it, where several are heard."""
    return f"{claim.lead}: {claim.text}" if claim.lead else claim.text


def answer_string(reply: Reply) -> str:
    """The claims in reading order with their marks, then the notices; when abstained, why."""
    body = reply.detail if isinstance(reply, Abstention) else " ".join(f"{led(c)} {marks(c)}" for c in reply.claims)
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
        "confidence": None if reply.confidence is None else round(reply.confidence, 4),
        "answer": answer_string(reply),
        "claims": [claim_json(c) for c in reply.claims] if isinstance(reply, Answer) else [],
        "citations": [citation_json(c) for c in reply.citations] if isinstance(reply, Answer) else [],
        "nearest": [] if isinstance(reply, Answer) else [citation_json(c) for c in reply.nearest],
        "origin": reply.origin,
        "withheld": reply.withheld,
        "faults": list(reply.faults),
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
        "lead": claim.lead or None,
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
        "translation": c.translation,
        "basis": list(c.basis),
        "causality": c.causality,
        "stage": c.stage,
        "score": c.score,
    }


def part_json(part: Part | None) -> dict[str, Any] | None:
    """A field of a finding: its words, where they stand, and where they come from if not from the finding's sentence."""
    if part is None:
        return None
    return {
        "text": part.text,
        "start": part.span.start if part.span else None,
        "end": part.span.end if part.span else None,
        "why": part.why or None,
    }


def work_state_json(w: WorkState) -> dict[str, Any]:
    return {"id": w.id, "state": w.state, "title": w.title, "document": w.document, "why": w.why, "url": w.url}


def hop_json(hop: Hop) -> dict[str, Any]:
    """The second hop: the source's place and words, with how it bears the claim."""
    own = {k: v for k, v in citation_json(hop.citation).items() if k not in ("marker", "hop", "hops", "notes")}
    return {**own, "verdict": hop.verdict.support, "why": hop.verdict.why, "note": hop.note, "work": hop.work}


def place(c: Citation, language: Language = "en") -> str:
    """Where a citation stands, for people: title, page, section."""
    korean = language == "ko"
    parts = [plain(c.title) + (f" ({c.published})" if c.published else "")]
    if c.kind == "digest":
        parts.append("요약, 쪽수 없음" if korean else "digest, no pages")
    elif c.kind == "catalog":
        parts = ["자료 목록" if korean else "Catalogue of the corpus"]
    elif c.page_index is not None:
        parts.append(page_name(c.page_index, c.page_label, language))
    if c.section:
        parts.append(plain(" › ".join(c.section)))
    if c.cell and c.cell.table:
        parts.append(plain(c.cell.table))
    if c.recognised is not None:
        sure = f"{c.recognised:.0%}"
        parts.append(
            f"그림에서 문자 인식으로 읽음(확신도 {sure})" if korean else f"read from a picture by OCR, {sure} sure"
        )
    return plain(", ".join(parts))


def page_name(index: int, label: str | None, language: Language = "en") -> str:
    """`p. iii (page 3 of the file)`; the file's own count alone where nothing is printed.

    >>> page_name(2, "iii"), page_name(2, "iii", "ko")
    ('p. iii (page 3 of the file)', 'iii쪽 (파일의 3번째 쪽)')
    """
    of_file = f"파일의 {index + 1}번째 쪽" if language == "ko" else f"page {index + 1} of the file"
    if label is None:
        return of_file
    printed = f"{label}쪽" if language == "ko" else f"p. {label}"
    return printed if label == str(index + 1) else f"{printed} ({of_file})"


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
