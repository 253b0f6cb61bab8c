"""What an ingest did, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from assistant.render import plain
from assistant.types import FileReport, Hidden, IngestReport


def report_json(report: IngestReport) -> dict[str, Any]:
    return {
        "generation": report.generation,
        "documents": report.documents,
        "passages": report.passages,
        "changed": report.changed,
        "seconds": round(report.seconds, 2),
        "files": [file_json(f) for f in report.files],
    }


def file_json(f: FileReport) -> dict[str, Any]:
    return {
        "path": f.path,
        "document": f.document,
        "status": f.status,
        "reason": f.reason,
        "pages": f.pages,
        "passages": f.passages,
        "tables": f.tables,
        "notes": f.notes,
        "marks": f.marks,
        "loose_marks": f.loose_marks,
        "recognised_pages": f.recognised,
        "hidden": [{"why": h.why, "page_index": h.page, "characters": h.characters} for h in f.hidden],
        "warnings": list(f.warnings),
    }


def report_text(report: IngestReport) -> str:
    """What ingest did: a line a file that is new, changed or gone, then what could not be read, then the sum."""
    out = []
    rest = Counter(f.status for f in report.files)
    for f in report.files:
        if f.status in ("added", "changed", "removed"):
            what = f"{f.status:<9} {plain(f.path)}" + (f" → {plain(f.document)}" if f.document else "")
            out.append(what + (f": {file_counts(f)}" if f.status != "removed" else ""))
            out += [f"          hidden, and left out: {hidden_text(f.hidden)}"] if f.hidden else []
            out += [f"          warning: {plain(w)}" for w in f.warnings]
    if rest["unchanged"]:
        out.append(f"unchanged {rest['unchanged']} {'files' if rest['unchanged'] > 1 else 'file'} (--json says more)")
    out += [f"skipped   {plain(f.path)}: {plain(f.reason or '')}" for f in report.files if f.status == "skipped"]
    if left := Counter(PurePath(f.path).suffix.lower() or "no ending" for f in report.files if f.status == "left"):
        kinds = ", ".join(f"{kind} ({n})" for kind, n in left.most_common(12)) + (", …" if len(left) > 12 else "")
        pictures = "; a picture is read where it is named itself" if any(k in _PICTURES for k in left) else ""
        out.append(f"not read  {left.total()} files of other kinds: {plain(kinds)}{pictures}")
    for f in report.failed:
        held = f" (→ {plain(f.document)})" if f.document else ""
        out.append(f"FAILED    {plain(f.path)}{held}: {plain(f.reason or '')}")
    if report.failed:
        out.append(f"{len(report.failed)} of {len(report.files) - left.total()} files could not be read")
    done = "index is up to date" if not report.changed else "index built"
    out.append(
        f"{done}: {report.documents} documents, {report.passages} passages, "
        f"generation {report.generation}, {report.seconds:.1f} s"
    )
    return "\n".join(out)


_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")


def file_counts(f: FileReport) -> str:
    """'12 pages (3 by OCR), 40 passages, 2 tables, 54 notes (54 marks tied, 0 left over)'."""
    parts = []
    if f.pages:
        parts.append(f"{f.pages} pages" + (f" ({f.recognised} by OCR)" if f.recognised else ""))
    elif f.recognised:
        parts.append("read by OCR")
    parts.append(f"{f.passages} passages, {f.tables} tables")
    parts.append(f"{f.notes} notes ({f.marks} marks tied, {f.loose_marks} left over)")
    return ", ".join(parts)


def hidden_text(hidden: Sequence[Hidden]) -> str:
    """'white: 120 characters (pages 2, 5); comment: 14 characters'."""
    found: dict[str, tuple[int, list[int]]] = {}
    for h in hidden:
        n, pages = found.get(h.why, (0, []))
        found[h.why] = (n + h.characters, [*pages, *([h.page + 1] if h.page is not None else [])])
    said = []
    for why, (n, pages) in found.items():
        where = ", ".join(map(str, pages[:5])) + (", …" if len(pages) > 5 else "")
        place = f" (page{'s' if len(pages) > 1 else ''} {where})" if pages else ""
        said.append(f"{plain(why)}: {n:,} characters{place}")
    return "; ".join(said)
