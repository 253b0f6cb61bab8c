"""Where a note is called: the sentences that it hangs on and their pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.marks import sentence_of
from assistant.render import page_name, plain
from assistant.render.lines import fill
from assistant.types import Document, Note, Span

LONGEST = 400
"""Characters of a table or list that is shown where a note is called in it."""


def calls(document: Document, note: Note) -> Iterator[Span]:
    """The sentence at each mark of a note, in order and once; at a heading or in a table the block that it stands in."""
    seen: set[Span] = set()
    for mark in note.marks:
        span = sentence_of(document, mark)
        if span is None:
            block = next((b for b in document.blocks if b.span.start < mark <= b.span.end), None)
            span = block.span if block else None
        if span is not None and span not in seen:
            seen.add(span)
            yield span


def calls_json(document: Document, note: Note) -> list[dict[str, Any]]:
    out = []
    for span in calls(document, note):
        first = document.page_at(span.start)
        out.append(
            {
                "text": span.slice(document.text),
                "start": span.start,
                "end": span.end,
                "page_index": first.index if first else None,
                "page_label": first.label if first else None,
                "pages": [p.index for p in document.pages_of(span)],
                "section": list(document.section_at(span.start)),
            }
        )
    return out


def calls_text(document: Document, note: Note, width: int) -> str:
    """The sentences in lines, each with its pages; '' where no mark calls the note."""
    out: list[str] = []
    for span in calls(document, note):
        pages = [page_name(p.index, p.label) for p in document.pages_of(span)]
        where = ", ".join(filter(None, [" to ".join(dict.fromkeys([pages[0], pages[-1]])) if pages else "",
                                        " › ".join(document.section_at(span.start))]))  # fmt: skip
        words = span.slice(document.text).replace("\t", " | ")
        words = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
        out += fill(f"called at {where}: “{plain(words)}”" if where else f"called at “{plain(words)}”", width, "", "  ")
    return "\n".join(out)
