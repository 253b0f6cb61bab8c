"""What a PDF says of itself beside its text: metadata, outline, layers, attachments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from defusedxml import ElementTree

from assistant.backends.pdf.file import affine_of
from assistant.backends.pdf.labels import labels_of
from assistant.reading.assembly import Heading
from assistant.reading.chars import PageChars
from assistant.reading.roles import sane_authors
from assistant.types import Person

MAX_OUTLINE = 2_000
MAX_OUTLINE_DEPTH = 10
_MAX_XMP = 2_000_000
_MAX_FIELDS = 2_000
_TITLE_PAGES = 3
_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PRISM = re.compile(r"\{http://prismstandard\.org/namespaces/[^}]*\}(?:publicationDate|coverDate)")
_SAVED = re.compile(r"\{http://ns\.adobe\.com/xap/1\.0/\}(?:CreateDate|ModifyDate|MetadataDate)")
_DOI_TAG = re.compile(
    r"\{http://(?:prismstandard\.org/namespaces/[^}]*|ns\.adobe\.com/pdfx/1\.3/|crossref\.org/crossmark/1\.0/)\}doi"
)
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_DOI = re.compile(r"(?:(?:https?://(?:dx\.)?doi\.org/|doi:)\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DATE = re.compile(r"(?:1[5-9]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=$|T|\s)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Facts:
    """`issued` is never the day on which the file was saved."""

    title: str | None = None
    author: str | None = None
    authors: tuple[Person, ...] = ()
    issued: str | None = None
    language: str | None = None
    doi: str | None = None
    has_layers: bool = True
    """Parts of its pages can be switched off. True where that is not known."""
    unshown_fields: int = 0
    """Filled form fields of which no picture is stored: a page shows nothing of them."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """Index of a page -> what the file calls it."""


@dataclass(slots=True)
class _Xmp:
    """The parts of the metadata packet that speak of the content."""

    titles: list[str] = field(default_factory=list)
    creators: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)


def facts_of(pdf: pdfium.PdfDocument, data: bytes) -> Facts:
    """Metadata is a convenience: a broken entry must not lose the document."""
    info = _info(pdf)
    xmp, language, has_layers, unshown = _Xmp(), None, True, 0
    labels: dict[int, str] = {}
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        root = reader.root_object
        labels = labels_of(root, len(pdf))
        has_layers = "/OCProperties" in root
        language = _text(root.get("/Lang"))
        unshown = _unshown_fields(root)
        xmp = _xmp(root)
    except Exception:
        pass
    languages = [_tag(w) for w in (*xmp.languages, language or "") if _LANGUAGE.fullmatch(w) and w != "x-default"]
    authors = tuple(p for name in xmp.creators for p in sane_authors(name))
    return Facts(
        title=info.get("Title") or next(iter(xmp.titles), None),
        author=info.get("Author") or "; ".join(xmp.creators) or None,
        # A single creator is what `author` says too, and often the login name of whoever saved the file.
        authors=authors if 1 < len(xmp.creators) == len(authors) else (),
        issued=_issued(xmp),
        language=languages[0] if languages else None,
        doi=next((m[1] for i in xmp.identifiers if (m := _DOI.fullmatch(i.strip()))), None),
        has_layers=has_layers,
        unshown_fields=unshown,
        labels=labels,
    )


def is_printed(title: str | None, pages: Sequence[PageChars]) -> bool:
    """Whether the first pages hold most words of a title: a reader does not see what stands in the metadata alone,
    so it must not come to stand above an answer."""
    words = re.findall(r"\w{3,}", (title or "").casefold()) or re.findall(r"\w+", (title or "").casefold())
    first = sorted({page.index for page in pages})[:_TITLE_PAGES]
    chars = "".join(c.text for page in pages if page.index in first for c in page.chars)
    shown = "".join(chars.casefold().replace("-", "").split())
    return bool(words) and sum(word in shown for word in words) >= 0.7 * len(words)


def _tag(language: str) -> str:
    """A language tag as such tags are written: 'ko', 'en-US'."""
    first, *rest = language.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def attachments_of(pdf: pdfium.PdfDocument) -> int:
    """How many files are embedded."""
    return max(int(raw.FPDFDoc_GetAttachmentCount(pdf.raw)), 0)


def outline_of(pdf: pdfium.PdfDocument) -> tuple[Heading, ...]:
    """The outline (bookmarks) of the file, in order; an entry that comes back to itself is met once."""
    found: list[Heading] = []
    try:
        for entry in pdf.get_toc(max_depth=MAX_OUTLINE_DEPTH):
            if len(found) >= MAX_OUTLINE:
                break
            title = " ".join(entry.get_title().replace("\0", "").split())
            if not title or len(title) > 500:
                continue
            page, top = _place(pdf, entry.get_dest() or _target(pdf, entry))
            found.append(Heading(title, entry.level + 1, page, top))
    except Exception:  # a broken outline ends where it breaks
        return tuple(found)
    return tuple(found)


def _target(pdf: pdfium.PdfDocument, entry: Any) -> Any:
    """Where the action of an entry leads, if it leads to a place in the file itself."""
    action = raw.FPDFBookmark_GetAction(entry.raw)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_GOTO:
        return None
    target = raw.FPDFAction_GetDest(pdf.raw, action)
    return pdfium.PdfDest(target, pdf) if target else None


def _place(pdf: pdfium.PdfDocument, destination: Any) -> tuple[int | None, float | None]:
    index = destination.get_index() if destination is not None else None
    if index is None or not 0 <= index < len(pdf):
        return None, None
    mode, view = destination.get_view()
    x: float = 0.0
    y: float | None = None
    if mode == raw.PDFDEST_VIEW_XYZ and len(view) > 1:
        x, y = view[0] or 0.0, view[1]
    elif mode in (raw.PDFDEST_VIEW_FITH, raw.PDFDEST_VIEW_FITBH) and view:
        y = view[0]
    elif mode == raw.PDFDEST_VIEW_FITR and len(view) > 3:
        x, y = view[0], view[3]
    if y is None:
        return index, None
    page = pdf[index]
    try:
        width, height = page.get_size()
        _, b, _, d, _, f = affine_of(page, width, height)
    finally:
        page.close()
    top = b * x + d * y + f
    return index, min(max(round(top, 2), 0.0), height)


def _info(pdf: pdfium.PdfDocument) -> dict[str, str]:
    try:
        found = {k: " ".join(v.replace("\0", "").split()) for k, v in pdf.get_metadata_dict().items() if v}
    except Exception:
        return {}
    return {k: v for k, v in found.items() if v}


def _text(value: Any) -> str | None:
    return str(value).strip() if isinstance(value, str) else None


def _xmp(root: Any) -> _Xmp:
    found = _Xmp()
    stream = root.get("/Metadata")
    packet = stream.get_object().get_data() if stream is not None else b""
    if not packet or len(packet) > _MAX_XMP:
        return found
    # defusedxml refuses entities, which a packet has no use for.
    tree = ElementTree.fromstring(packet.strip().strip(b"\0"), forbid_dtd=True)
    for element in tree.iter():
        tag = str(element.tag)
        if tag == f"{_DC}title":
            found.titles += _items(element)
        elif tag == f"{_DC}creator":
            found.creators += _items(element)[:200]
        elif tag == f"{_DC}language":
            found.languages += _items(element)
        elif tag == f"{_DC}date":
            found.dates += _items(element)
        elif _PRISM.fullmatch(tag):
            found.printed += _items(element)
        elif tag == _IDENTIFIER or _DOI_TAG.fullmatch(tag):
            found.identifiers += _items(element)
        elif _SAVED.fullmatch(tag):
            found.saved += _items(element)
        for name, value in element.attrib.items():
            if _PRISM.fullmatch(name):
                found.printed.append(value.strip())
            elif _SAVED.fullmatch(name):
                found.saved.append(value.strip())
            elif _DOI_TAG.fullmatch(name):
                found.identifiers.append(value)
    return found


def _items(element: Any) -> list[str]:
    items = list(element.iter(f"{_RDF}li")) or [element]
    return [words for item in items if (words := " ".join("".join(item.itertext()).split()))]


def _issued(xmp: _Xmp) -> str | None:
    saved = {value[:10] for value in xmp.saved}
    # Some programs write the day of saving as the date of the content too.
    for value in (*xmp.printed, *(d for d in xmp.dates if d[:10] not in saved)):
        match = _DATE.match(value)
        if match:
            return match[0]
    return None


def _unshown_fields(root: Any) -> int:
    form = root.get("/AcroForm")
    if form is None:
        return 0
    return sum(1 for f in _fields(form.get_object().get("/Fields", ())) if _is_unshown(f))


def _fields(references: Sequence[Any]) -> Iterator[Any]:
    stack, count = [r.get_object() for r in references], 0
    while stack and count < _MAX_FIELDS:
        field_ = stack.pop()
        count += 1
        yield field_
        stack += [k.get_object() for k in field_.get("/Kids", ())][:_MAX_FIELDS]


def _is_unshown(field_: Any) -> bool:
    words = _text(field_.get("/V"))
    kids = [k.get_object() for k in field_.get("/Kids", ())]
    return (
        bool(words)
        and field_.get("/FT") in ("/Tx", "/Ch")
        and "/AP" not in field_
        and not any("/AP" in k for k in kids)
    )
